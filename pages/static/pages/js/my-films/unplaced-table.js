// The table of the rows that no film was found for: why, in words that agree with what is known of them,
// what they could be, and where they stand.

import { button, element, foldText, formatNumber } from "../shell/content.js";
import { filmUrl, imdbUrl } from "../shell/site.js";
import { REFUSED } from "../store/film.js";

const HEADS = ["Film", "Why not", "Where"];
const WORDS = {
  not_in_catalogue: "not in the catalogue",
  not_a_movie: "not a film",
  ambiguous: "several films have this name and year",
  invalid_row: "the row cannot be understood",
  [REFUSED]: "you have said that it is not the film that was taken",
};
const CAPTION =
  "Each row of your files without a film, by its number in the file, those first that could be one. Choose its title to say which film it is, or to leave it out.";
// Of the download: under names by which a table is read that is added.
export const COLUMNS = ["File", "Row", "Title", "Year", "IMDb", "Reason", "Your Rating", "Watched On", "Rated On", "Could Be"];

export function cellsOf(row) {
  const { file, row: number, name, year, imdbId, rating, on, isWatchDay, candidates: [film] } = row;
  const couldBe = film ? titleOf(film) : "";
  return [file, number, name, year ?? "", imdbId, fullReason(row), rating, isWatchDay ? on : "", isWatchDay ? "" : on, couldBe];
}

function titleOf({ name, year }) {
  return year ? `${name} (${year})` : name;
}

export function unplacedTable(body) {
  return element(
    "table",
    { class: "unplaced-table" },
    element("caption", {}, CAPTION),
    element("thead", {}, element("tr", {}, ...HEADS.map((head) => element("th", { scope: "col" }, head)))),
    body,
  );
}

export function unplacedTableRow(unplaced, store) {
  const { file, row, name, year, imdbId } = unplaced;
  const named = element("bdi", {}, name || "No title");
  const words = { class: "as-link", "aria-haspopup": "dialog", title: "Say which film it is" };
  const title = element("button", { type: "button", onclick: (event) => keepingPlace(event, () => settle(store, unplaced)), ...words }, named);
  return element(
    "tr",
    { tabindex: "-1" },
    element("th", { scope: "row" }, title, year ? ` (${year})` : null, imdbId ? imdbLink(imdbId) : null),
    element("td", {}, ...whyNot(unplaced, store)),
    element("td", {}, `${file}, row ${formatNumber(row)}`),
  );
}

async function settle(store, unplaced) {
  const { settleRow } = await import("./settle-dialog.js");
  return settleRow(store, unplaced);
}

// In a row that is shown already.
export function showCandidates(tr, unplaced, store) {
  tr.cells[1].replaceChildren(...whyNot(unplaced, store));
}

function whyNot(unplaced, store) {
  const take = (film) => (event) => keepingPlace(event, () => (store.settle(unplaced, film), true));
  return [fullReason(unplaced), ...candidateList(unplaced.candidates, take)];
}

// The keyboard goes on at the row that has come to the place of the one that has gone.
async function keepingPlace({ target }, settle) {
  const place = [...target.closest("tbody").rows].indexOf(target.closest("tr"));
  if (!(await settle())) return;
  const rows = document.querySelectorAll(".unplaced-table tbody tr");
  const next = rows[Math.min(place, rows.length - 1)]?.querySelector("button");
  (next ?? document.querySelector("#unplaced"))?.focus();
}

function candidateList(candidates, take) {
  if (candidates.length === 0) return [];
  const entry = (film) => {
    const { id, name, year } = film;
    const link = element("a", { href: filmUrl(id) }, element("bdi", {}, name));
    return element(
      "li",
      {},
      element("span", { class: "candidate" }, link, year ? ` (${year})` : null),
      button("This one", take(film), { class: "small-button", "aria-label": `This one: ${titleOf(film)}` }),
    );
  };
  return [element("p", { class: "quiet" }, "It could be:"), element("ul", { class: "candidates", role: "list" }, ...candidates.map(entry))];
}

function imdbLink(id) {
  return element("a", { class: "imdb-id", href: imdbUrl(id), rel: "noreferrer", title: "At IMDb" }, id);
}

// --- why a row has no film

export function reasonOf(row) {
  const { reason, imdbId, name, year, candidates } = row;
  if (reason === "invalid_row" && name && !year && !imdbId) return "no id and no year: which one is it?";
  if (reason !== "not_in_catalogue" || candidates.length === 0) return WORDS[reason] ?? reason;
  if (candidates.some((film) => agrees(row, film))) {
    return imdbId ? "no film has this IMDb id; one of this name and year has another" : "a film of this name and year is there";
  }
  if (!candidates.some((film) => isNamed(row, film))) return "not in the catalogue by this name";
  return year ? "no film of this name is of this year" : "no year: which one is it?";
}

// With the type of what is no film: "not a film (TV series)".
function fullReason(row) {
  return row.reason === "not_a_movie" && row.type ? `${reasonOf(row)} (${kind(row.type)})` : reasonOf(row);
}

// Whether the film has the row's name and year.
function agrees(row, film) {
  return row.year !== null && film.year === row.year && isNamed(row, film);
}

// The film that a row is about if it is about one that agrees with it; null where several do.
export function agreeingFilm(row) {
  const films = row.candidates.filter((film) => agrees(row, film));
  return films.length === 1 ? films[0] : null;
}

export function isNamed(row, film) {
  return foldText(film.name) === foldText(row.name.trim());
}

// IMDb's "tvSeries" and "TV Series" are "TV series".
function kind(type) {
  return type.replace(/([a-z])(?=[A-Z])/g, "$1 ").toLowerCase().replace(/^tv\b/, "TV");
}
