// Keeps a person's films in this browser and nowhere else, and tells the pages when they change,
// in another tab too. Where the browser keeps nothing they are there until the page is closed.
//
// It dispatches "change" with detail { words, isUndoable, newCountries }: what somebody has just done
// here, "" where it is nothing that was done in this tab, and the codes of the countries of which the
// film that was marked is the first one seen.

import {
  addBackup, addUpload, confirmGuess, differences, emptyCollection, isEmpty, leaveOut, markFilm,
  refuseGuess, seenAnew, settleRow, settleRows, suggestFilms, takeBack, takeIn,
} from "./collection.js";
import { NewerVersion, parse, serialise } from "./format.js";

const KEY = "world-in-movies/my-films";
// What could not be read, before something else takes its place.
const UNREADABLE_KEY = "world-in-movies/my-films-unreadable";
const MAX_UNDONE = 50;
// How it is kept: as a whole, and where there is no room with less and less.
const WAYS = [
  { how: {}, trouble: "" },
  { how: { withPosters: false }, trouble: "" },
  { how: { withPosters: false, withUnplaced: false }, trouble: "no room for rows" },
];

export class Store extends EventTarget {
  // The files of what was added last that could not be read, with the reason; they are not kept.
  unread = [];
  // Those of a site's own archive that had nothing to add.
  notNeeded = [];
  // What is wrong with keeping: "", "damaged", "newer", "forbidden", "full", "no room for rows".
  trouble = "";
  #collection = emptyCollection();
  #text = null; // what is kept, as it was read or written last
  #isUnwritten = false; // whether something was marked since
  #done = []; // what can be taken back: { words, difference }, the last one at the end

  constructor() {
    super();
    this.#read();
    addEventListener("storage", ({ key }) => {
      if (key === KEY || key === null) this.#readAgain();
    });
    // A page that comes back from the browser's history has not heard of what happened since.
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) this.#readAgain();
    });
    addEventListener("pagehide", () => this.#writeMarked());
    document.addEventListener("visibilitychange", () => this.#writeMarked());
  }

  get films() {
    return this.#collection.films;
  }

  get files() {
    return this.#collection.files;
  }

  get unplaced() {
    return this.#collection.unplaced;
  }

  // What was said of rows, by their keys.
  get settled() {
    return this.#collection.settled;
  }

  get isEmpty() {
    return isEmpty(this.#collection);
  }

  // What `undo` would take back, in words; "" for nothing.
  get undoable() {
    return this.#done.at(-1)?.words ?? "";
  }

  // As a file to keep, which `bringBack` takes.
  get backup() {
    return serialise(this.#collection);
  }

  // The text that could not be read; null where there is none.
  get unreadable() {
    return readKey(UNREADABLE_KEY).text ?? (this.trouble === "damaged" ? this.#text : null);
  }

  // `marks` are those that change, of { seen, wanted, rating, on }.
  mark(facts, marks, words) {
    this.#change(words, (films) => markFilm(films, facts, marks, today()), { of: facts, isWrittenLater: true });
  }

  // The answer of POST /api/v1/watched/.
  add(answer) {
    this.unread = answer.unread ?? [];
    this.notNeeded = answer.not_needed ?? [];
    const words = `Added ${answer.files.map(({ file }) => file).join(", ")}`;
    this.#change(words, (films) => addUpload(films, answer, new Date().toISOString()), { isSaid: true });
  }

  // `marks` are those that the reader gives it beside what the row says.
  settle(row, facts, marks = {}) {
    this.#change(`“${row.name}” is ${facts.name}`, (films) => settleRow(films, row, facts, marks, today()));
  }

  // `pairs` are of a row and its film each.
  settleAll(pairs, words) {
    this.#change(words, (films) => settleRows(films, pairs));
  }

  leaveOut(row) {
    this.#change(`Left out “${row.name}”`, (films) => leaveOut(films, row));
  }

  // What was said of the rows with this key no longer holds.
  takeIn(key, name) {
    this.#change(`“${name}” is to be placed again`, (films) => takeIn(films, key));
  }

  // The film that was taken for a row of the file is the one, or is not.
  confirm(guess, file) {
    this.#change(`“${guess.matchedName || guess.name}” is ${guess.name}`, (films) => confirmGuess(films, guess, file));
  }

  refuse(guess, file) {
    const words = `“${guess.matchedName || guess.name}” is not ${guess.name} (${guess.year ?? "year not known"})`;
    this.#change(words, (films) => refuseGuess(films, guess, file));
  }

  // Films that rows could be, by row: nobody has done anything, and no page is made anew until
  // `showSuggested` asks for it.
  suggest(found) {
    this.#catchUp();
    this.#collection = suggestFilms(this.#collection, found);
    this.trouble = this.#write();
  }

  showSuggested() {
    this.#tell("");
  }

  // What `backup` was. Throws where it is no such text.
  bringBack(text) {
    const backup = parse(text);
    this.#change("Brought your films back", (films) => addBackup(films, backup), { isSaid: true });
    return backup.films.size;
  }

  clear() {
    this.unread = [];
    this.notNeeded = [];
    removeKey(UNREADABLE_KEY);
    this.#change("Cleared your films", emptyCollection);
  }

  undo() {
    if (this.#done.length === 0) return;
    const { words, difference } = this.#done.pop();
    this.#catchUp();
    this.#collection = takeBack(this.#collection, difference);
    this.trouble = this.#write();
    this.#tell(`Undone: ${words}`);
  }

  // `isSaid` where whoever asked for it says so.
  #change(words, change, { isSaid = false, of = null, isWrittenLater = false } = {}) {
    this.#catchUp();
    const before = this.#collection;
    this.#collection = change(before);
    this.#done.push({ words, difference: differences(before, this.#collection) });
    if (this.#done.length > MAX_UNDONE) this.#done.shift();
    if (isWrittenLater && !this.isEmpty) this.#writeLater();
    else this.trouble = this.#write();
    const newCountries = of ? seenAnew(of, before, this.#collection) : [];
    this.#tell(isSaid ? "" : words, { isUndoable: true, newCountries });
  }

  // Behind the frame that shows it: with ten thousand films it takes longer than all else.
  #writeLater() {
    this.#isUnwritten = true;
    requestAnimationFrame(() => setTimeout(() => this.#writeMarked()));
  }

  #writeMarked() {
    if (!this.#isUnwritten) return;
    const before = this.trouble;
    this.trouble = this.#write();
    if (this.trouble !== before) this.#tell("");
  }

  // What another tab has just written, and this one has not heard of yet.
  #catchUp() {
    this.#writeMarked();
    const { text, isForbidden } = readKey(KEY);
    if (!isForbidden && text !== this.#text) this.#read();
  }

  #readAgain() {
    this.#writeMarked();
    this.#read();
    this.#tell("");
  }

  #read() {
    const { text, isForbidden } = readKey(KEY);
    this.#text = text;
    const { collection, trouble } = isForbidden ? { collection: null, trouble: "forbidden" } : parsed(text);
    this.#collection = collection ?? emptyCollection();
    this.trouble = trouble;
  }

  // The trouble with it. What a later release has written is not written over.
  #write() {
    this.#isUnwritten = false;
    if (this.trouble === "newer") return "newer";
    if (this.trouble === "damaged") this.#putAside();
    if (this.isEmpty) {
      this.#text = null;
      return removeKey(KEY) ? "" : "forbidden";
    }
    for (const { how, trouble } of WAYS) {
      const text = serialise(this.#collection, how);
      try {
        localStorage.setItem(KEY, text);
        this.#text = text;
        return trouble;
      } catch (error) {
        if (error.name !== "QuotaExceededError") return "forbidden";
      }
    }
    return "full";
  }

  #putAside() {
    try {
      localStorage.setItem(UNREADABLE_KEY, this.#text);
    } catch {
      // Then there is only what the page shows of it until something else is kept.
    }
  }

  #tell(words, { isUndoable = false, newCountries = [] } = {}) {
    this.dispatchEvent(new CustomEvent("change", { detail: { words, isUndoable, newCountries } }));
  }
}

function readKey(key) {
  try {
    return { text: localStorage.getItem(key), isForbidden: false };
  } catch {
    return { text: null, isForbidden: true };
  }
}

// Whether that was allowed.
function removeKey(key) {
  try {
    localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

function parsed(text) {
  if (text === null) return { collection: emptyCollection(), trouble: "" };
  try {
    return { collection: parse(text), trouble: "" };
  } catch (error) {
    return { collection: null, trouble: error instanceof NewerVersion ? "newer" : "damaged" };
  }
}

// As the person's clock has it.
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
