// The rows whose film is not sure, with what speaks for it: to be looked at by somebody who knows,
// and confirmed or refused one by one.

import { element, formatCount, formatNumber } from "../shell/content.js";
import { filmUrl } from "../shell/site.js";

const REASONS = {
  neighbouring_year: ({ year, rowYear }) => `your file says ${rowYear}, the film is of ${year}`,
  no_year: () => "your file has no year, and no other film this name",
  best_known: () => "several films have this name and year, and this is by far the best known",
  no_imdb_id: () => "no film has your file’s IMDb id; this one has its name and year, and no id",
};

// The list stays open when it is made anew.
let isOpen = false;

// Nothing where all rows are sure.
export function guessedRows(store) {
  const guesses = store.files.flatMap((file) => file.guessed.map((guess) => [guess, file]));
  if (guesses.length === 0) {
    isOpen = false;
    return [];
  }
  const heading = element("h2", { id: "guessed", tabindex: -1 }, "Films that may be others");
  const summary = element("summary", {}, `${formatCount(guesses.length, "row")} may be about another film`);
  const list = element("ul", { class: "guessed-rows" });
  const fill = () => list.hasChildNodes() || list.append(...guesses.map((guess) => entry(store, ...guess)));
  const details = element("details", { open: isOpen, ontoggle: () => ((isOpen = details.open), fill()) }, summary, list);
  if (isOpen) fill();
  return [element("section", { "aria-labelledby": "guessed" }, heading, details)];
}

function entry(store, guess, file) {
  const { row, id, name, year, matchedName, rowYear, why } = guess;
  const link = element("a", { href: filmUrl(id) }, element("bdi", {}, name));
  const other = matchedName && matchedName !== name ? [" by the name ", element("bdi", {}, matchedName)] : [];
  const reason = (REASONS[why] ?? (() => why))({ year, rowYear });
  const where = element("span", { class: "quiet" }, `${file.name}, row ${formatNumber(row)}`);
  const told = year ? ` (${year})` : "";
  return element("li", {}, link, told, ...other, `: ${reason}. `, where,
    answer("That is it", `${name}${told}: that is it`, () => store.confirm(guess, file)),
    answer("Another film", `${name}${told}: it is another film`, () => store.refuse(guess, file)));
}

// The keyboard goes on at the guess that has come to the place of this one.
function answer(value, label, say) {
  const onclick = ({ target }) => {
    const place = [...target.closest("ul").children].indexOf(target.closest("li"));
    say();
    const entries = document.querySelectorAll("[data-part=guessed] li");
    const next = entries[Math.min(place, entries.length - 1)]?.querySelector("input");
    (next ?? document.querySelector("#guessed") ?? document.querySelector("#unplaced"))?.focus();
  };
  return element("input", { type: "button", class: "small-button", value, "aria-label": label, onclick });
}
