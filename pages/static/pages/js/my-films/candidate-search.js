// Looks for films that rows could be whose names are mistyped: by the site's search, a row at a
// time, of the rows that are asked for.

import { foldText } from "../shell/content.js";
import { apiSearchUrl } from "../shell/site.js";
import { filmFacts, rowKey } from "../store/film.js";

const LIMIT = 5;
// Between two questions: the site answers 600 of one address within a minute, of all pages.
const PAUSE = 150; // milliseconds
// One letter of so many may be wrong.
const LETTERS_FOR_A_MISTAKE = 5;
// Rows that have been looked for, while the page is open, by their keys.
const sought = new Set();

// Whether there is anything to look for.
export function isSeekable(row) {
  const hasReason = row.reason === "not_in_catalogue" || row.reason === "invalid_row";
  const isSought = sought.size > 0 && sought.has(rowKey(row));
  return hasReason && row.name !== "" && row.candidates.length === 0 && !isSought;
}

export class CandidateSearch {
  #store;
  #onAnswer;
  #waiting = new Set();
  #running = null;

  // `onAnswer` hears of each row that has been looked for, and the films that it could be.
  constructor(store, onAnswer) {
    this.#store = store;
    this.#onAnswer = onAnswer;
  }

  // How many rows are still to be looked for.
  get left() {
    return this.#waiting.size;
  }

  // Looks for these rows, after those that are waited for already; the promise is of the end of
  // all of them.
  seek(rows) {
    for (const row of rows) if (isSeekable(row)) this.#waiting.add(row);
    if (this.#running === null && this.#waiting.size) this.#running = this.#run();
    return this.#running ?? Promise.resolve();
  }

  forget(row) {
    this.#waiting.delete(row);
  }

  stop() {
    this.#waiting.clear();
  }

  async #run() {
    while (this.#waiting.size) {
      const [row] = this.#waiting;
      this.#waiting.delete(row);
      const films = await this.#ask(row);
      if (films === null) continue;
      if (films.length) this.#store.suggest(new Map([[row, films]]));
      this.#onAnswer(row, films);
      await pause(PAUSE);
    }
    this.#running = null;
  }

  // The films; null where there is no answer, and then nothing more is asked for.
  async #ask(row) {
    const url = `${apiSearchUrl(row.name, LIMIT)}${row.year ? `&year=${row.year}` : ""}`;
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      if (!response.ok && response.status !== 400) throw new Error(`${response.status}`);
      sought.add(rowKey(row));
      const { results = [] } = await response.json();
      return results.filter((film) => isLike(row, film)).map(filmFacts);
    } catch {
      this.stop();
      return null;
    }
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

// --- whether a film may be meant by a name that is mistyped

// Whether the row's name is a film's but for some letters, and its year but for one more or less.
function isLike(row, { name, original_name: originalName, year }) {
  if (row.year && year && Math.abs(row.year - year) > 1) return false;
  return [name, originalName].some((title) => title && isMistyped(letters(row.name), letters(title)));
}

function letters(text) {
  return foldText(text).replace(/[^\p{L}\p{N}]/gu, "");
}

function isMistyped(typed, title) {
  const longest = Math.max(typed.length, title.length);
  const allowed = Math.floor(longest / LETTERS_FOR_A_MISTAKE);
  return Math.abs(typed.length - title.length) <= allowed && distance(typed, title) <= allowed;
}

// Levenshtein's, row by row.
function distance(a, b) {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    before = row;
  }
  return before[b.length];
}
