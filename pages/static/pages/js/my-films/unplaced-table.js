// The table of the rows that no film was found for: why, what they could be, and where they stand.

import { element, button } from "../shell/dom.js";
import { formatNumber } from "../shell/format.js";
import { filmUrl, imdbUrl } from "../shell/urls.js";
import { settleRow } from "./settle-dialog.js";

const REASONS = {
  not_in_catalogue: "not in the catalogue",
  not_a_movie: "not a film",
  ambiguous: "several films have this name and year",
  invalid_row: "the row cannot be understood",
};
// Where there are films that it could be, more is known.
const REASONS_BESIDE_CANDIDATES = {
  invalid_row: "neither an id nor a year",
  not_in_catalogue: "no film has just this name and year",
};
const NO_SUCH_ID = "no film has this IMDb id";
const HEADS = ["Film", "Why not", "Where"];
const CAPTION =
  "Each row of your files without a film, by its number in the file, those first that could be one. Choose its title to say which film it is, or to leave it out.";

// By the reason alone, as rows are filtered.
export function reasonWords(reason) {
  return REASONS[reason] ?? reason;
}

export function why({ reason, type, candidates, imdbId }) {
  if (reason === "not_a_movie" && type) return `${reasonWords(reason)} (${kind(type)})`;
  if (candidates.length === 0) return reasonWords(reason);
  if (reason === "not_in_catalogue" && imdbId) return NO_SUCH_ID;
  return REASONS_BESIDE_CANDIDATES[reason] ?? reasonWords(reason);
}

// IMDb's "tvSeries" and "TV Series" are "TV series".
function kind(type) {
  return type.replace(/([a-z])(?=[A-Z])/g, "$1 ").toLowerCase().replace(/^tv\b/, "TV");
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
  const { file, row, name, year, imdbId, candidates } = unplaced;
  const keepingPlace = async (event, settle) => {
    const place = [...event.target.closest("tbody").rows].indexOf(event.target.closest("tr"));
    if (await settle()) focusRow(place);
  };
  const take = (film) => (event) => keepingPlace(event, () => (store.settle(unplaced, film), true));
  const named = element("bdi", {}, name || "No title");
  const words = { class: "as-link", "aria-haspopup": "dialog", title: "Say which film it is" };
  const title = element("button", { type: "button", onclick: (event) => keepingPlace(event, () => settleRow(store, unplaced)), ...words }, named);
  return element(
    "tr",
    { tabindex: "-1" },
    element("th", { scope: "row" }, title, year ? ` (${year})` : null, imdbId ? imdbLink(imdbId) : null),
    element("td", {}, why(unplaced), ...candidateList(candidates, take)),
    element("td", {}, `${file}, row ${formatNumber(row)}`),
  );
}

// The row that has come to the place of the one that has gone.
function focusRow(place) {
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
      button("This one", take(film), { class: "small-button", "aria-label": `This one: ${name}${year ? ` (${year})` : ""}` }),
    );
  };
  return [element("p", { class: "quiet" }, "It could be:"), element("ul", { class: "candidates", role: "list" }, ...candidates.map(entry))];
}

function imdbLink(id) {
  return element("a", { class: "imdb-id", href: imdbUrl(id), rel: "noreferrer" }, id);
}
