// The rows that no film was found for, with why: a table that can be filtered and downloaded, and
// whose rows can be settled one by one.

import { button, element } from "../shell/dom.js";
import { formatCount, formatNumber } from "../shell/format.js";
import { announce } from "../shell/panel.js";
import { filmUrl, imdbUrl } from "../shell/urls.js";
import { downloadCsv } from "./csv.js";
import { settleRow } from "./settle-dialog.js";

const PAGE_SIZE = 200; // rows of the table
const REASONS = {
  not_in_catalogue: "not in the catalogue",
  not_a_movie: "not a film",
  ambiguous: "several films have this name and year",
  invalid_row: "the row cannot be understood",
};
const HEADS = ["Film", "Why not", "Where"];
const COLUMNS = ["File", "Row", "Title", "Year", "IMDb", "Reason"]; // of the download

// What was looked for stays so when the table is made anew.
let sought = { text: "", reason: "" };

export function unplacedRows(store) {
  const rows = store.unplaced;
  const forgotten = store.files.filter(({ isForgotten }) => isForgotten);
  const heading = element("h2", { id: "unplaced" }, "Rows that were not placed");
  return element(
    "section",
    { "aria-labelledby": "unplaced" },
    heading,
    ...forgotten.map(({ name }) => element("p", {}, `Those of ${name} are not kept any more: add it again to see them.`)),
    ...(rows.length ? filteredTable(rows, store) : [element("p", {}, forgotten.length ? "" : "None: every row is one of your films.")]),
  );
}

function filteredTable(rows, store) {
  let found = rows;
  const text = element("input", { type: "search", autocomplete: "off", value: sought.text, oninput: () => filter() });
  const reason = element("select", { onchange: () => filter() }, ...reasonOptions(rows));
  const saving = button("", () => downloadCsv("rows-not-placed.csv", tableOf(found)));
  const body = element("tbody");
  const more = button("", () => showMore());

  const filter = () => {
    sought = { text: text.value, reason: reason.value };
    found = rows.filter((row) => isFound(row, text.value, reason.value));
    body.replaceChildren();
    saving.textContent = `Download ${formatCount(found.length, "row")}`;
    saving.disabled = found.length === 0;
    showMore();
    if (found.length !== rows.length) announce(`${formatCount(found.length, "row")} found.`);
  };
  const showMore = () => {
    const shown = body.childElementCount;
    const added = found.slice(shown, shown + PAGE_SIZE).map((row) => tableRow(row, store));
    body.append(...added);
    const left = found.length - body.childElementCount;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, PAGE_SIZE)} more of ${formatCount(left, "row")}`;
    if (shown) added[0].focus(); // the button may be about to go
  };
  reason.value = [...reason.options].some(({ value }) => value === sought.reason) ? sought.reason : "";
  filter();
  const controls = element("div", { class: "filters" }, labelled("Filter", text), labelled("Reason", reason), saving);
  return [controls, table(body), more];
}

function labelled(words, control) {
  return element("label", {}, `${words} `, control);
}

function reasonOptions(rows) {
  const numbers = new Map();
  for (const { reason } of rows) numbers.set(reason, (numbers.get(reason) ?? 0) + 1);
  const options = [...numbers].map(([reason, rowsOfIt]) =>
    element("option", { value: reason }, `${REASONS[reason] ?? reason} (${formatNumber(rowsOfIt)})`),
  );
  return [element("option", { value: "" }, "all"), ...options];
}

function isFound(row, text, reason) {
  const words = text.trim().toLowerCase();
  return (!reason || row.reason === reason) && (!words || cellsOf(row).join(" ").toLowerCase().includes(words));
}

function tableOf(rows) {
  return [COLUMNS, ...rows.map(cellsOf)];
}

function cellsOf({ file, row, name, year, imdbId, type, reason }) {
  return [file, row, name, year ?? "", imdbId, why(reason, type)];
}

function why(reason, type) {
  const words = REASONS[reason] ?? reason;
  return reason === "not_a_movie" && type ? `${words} (${kind(type)})` : words;
}

// IMDb's "tvSeries" and "TV Series" are "TV series".
function kind(type) {
  return type.replace(/([a-z])(?=[A-Z])/g, "$1 ").toLowerCase().replace(/^tv\b/, "TV");
}

function table(body) {
  return element(
    "table",
    { class: "unplaced-table" },
    element("caption", {}, "Each row of your files without a film, by its number in the file. Choose its title to say which film it is, or to leave it out."),
    element("thead", {}, element("tr", {}, ...HEADS.map((head) => element("th", { scope: "col" }, head)))),
    body,
  );
}

function tableRow(unplaced, store) {
  const { file, row, name, year, imdbId, type, reason, candidates } = unplaced;
  const settle = async (event) => {
    const place = [...event.target.closest("tbody").rows].indexOf(event.target.closest("tr"));
    if (await settleRow(store, unplaced)) focusRow(place);
  };
  const named = element("bdi", {}, name || "No title");
  const words = { class: "as-link", "aria-haspopup": "dialog", title: "Say which film it is" };
  const title = element("button", { type: "button", onclick: settle, ...words }, named);
  return element(
    "tr",
    { tabindex: "-1" },
    element("th", { scope: "row" }, title, year ? ` (${year})` : null, imdbId ? imdbLink(imdbId) : null),
    element("td", {}, why(reason, type), ...candidateList(candidates)),
    element("td", {}, `${file}, row ${formatNumber(row)}`),
  );
}

// The row that has come to the place of the one that has gone.
function focusRow(place) {
  const rows = document.querySelectorAll(".unplaced-table tbody tr");
  const next = rows[Math.min(place, rows.length - 1)]?.querySelector("button");
  (next ?? document.querySelector("[data-part=unplaced]"))?.focus();
}

function candidateList(candidates) {
  if (candidates.length === 0) return [];
  const entry = ({ id, name, year }) => {
    const link = element("a", { href: filmUrl(id) }, element("bdi", {}, name));
    return element("li", {}, link, year ? ` (${year})` : null);
  };
  return [element("p", { class: "quiet" }, "It could be:"), element("ul", { class: "candidates" }, ...candidates.map(entry))];
}

function imdbLink(id) {
  return element("a", { class: "imdb-id", href: imdbUrl(id), rel: "noreferrer" }, id);
}
