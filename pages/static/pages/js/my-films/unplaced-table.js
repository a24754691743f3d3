// The table of the rows that no film was found for: why, what they could be, and where they stand.

import { button, element } from "../shell/dom.js";
import { formatNumber } from "../shell/format.js";
import { filmUrl, imdbUrl } from "../shell/urls.js";
import { fullReason } from "./reasons.js";
import { settleRow } from "./settle-dialog.js";

const HEADS = ["Film", "Why not", "Where"];
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
  const title = element("button", { type: "button", onclick: (event) => keepingPlace(event, () => settleRow(store, unplaced)), ...words }, named);
  return element(
    "tr",
    { tabindex: "-1" },
    element("th", { scope: "row" }, title, year ? ` (${year})` : null, imdbId ? imdbLink(imdbId) : null),
    element("td", {}, ...whyNot(unplaced, store)),
    element("td", {}, `${file}, row ${formatNumber(row)}`),
  );
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
