// The rows that no film was found for: filtered, downloaded, settled, and those that were left out.

import { button, element } from "../shell/dom.js";
import { foldText, formatCount, formatNumber } from "../shell/format.js";
import { announce } from "../shell/panel.js";
import { letterboxdTable } from "./backup.js";
import { downloadCsv } from "./csv.js";
import { reasonWords, unplacedTable, unplacedTableRow, why } from "./unplaced-table.js";

const PAGE_SIZE = 200; // rows of the table
const COLUMNS = ["File", "Row", "Title", "Year", "IMDb", "Reason"]; // of the download
const HAS_CANDIDATES = "has candidates";

// What was looked for stays so when the table is made anew.
let sought = { text: "", reason: "" };

export function unplacedRows(store) {
  const rows = store.unplaced.filter(({ isLeftOut }) => !isLeftOut).sort((a, b) => isHopeless(a) - isHopeless(b));
  const leftOut = store.unplaced.filter(({ isLeftOut }) => isLeftOut);
  const forgotten = store.files.filter(({ isForgotten }) => isForgotten);
  const heading = element("h2", { id: "unplaced", tabindex: "-1" }, "Rows that were not placed");
  return element(
    "section",
    { "aria-labelledby": "unplaced" },
    heading,
    ...forgotten.map(({ name }) => element("p", {}, `Those of ${name} are not kept any more: add it again to see them.`)),
    ...(rows.length ? filteredTable(rows, store) : [element("p", {}, forgotten.length ? "" : "None: every row is one of your films.")]),
    leftOut.length ? leftOutRows(leftOut, store) : null,
  );
}

function isHopeless({ candidates }) {
  return candidates.length === 0;
}

function filteredTable(rows, store) {
  let found = rows;
  const text = element("input", { type: "search", autocomplete: "off", value: sought.text, oninput: () => filter() });
  const reason = element("select", { onchange: () => filter() }, ...reasonOptions(rows));
  const saving = button("", () => downloadCsv("rows-not-placed.csv", tableOf(found)));
  const none = element("p", { class: "quiet", hidden: true }, "No row is like that. ", button("Show all of them", () => showAll(), { class: "as-link" }));
  const body = element("tbody");
  const more = button("", () => showMore());

  const filter = () => {
    sought = { text: text.value, reason: reason.value };
    found = rows.filter((row) => isFound(row, text.value, reason.value));
    body.replaceChildren();
    saving.textContent = `Download ${formatCount(found.length, "row")}`;
    saving.disabled = found.length === 0;
    none.hidden = found.length > 0;
    showMore();
    if (found.length !== rows.length) announce(`${formatCount(found.length, "row")} found.`);
  };
  const showAll = () => {
    [text.value, reason.value] = ["", ""];
    filter();
    text.focus();
  };
  const showMore = () => {
    const shown = body.childElementCount;
    const added = found.slice(shown, shown + PAGE_SIZE).map((row) => unplacedTableRow(row, store));
    body.append(...added);
    const left = found.length - body.childElementCount;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, PAGE_SIZE)} more of ${formatCount(left, "row")}`;
    if (shown) added[0].focus(); // the button may be about to go
  };
  reason.value = [...reason.options].some(({ value }) => value === sought.reason) ? sought.reason : "";
  filter();
  const controls = element("div", { class: "filters" }, labelled("Filter", text), labelled("Reason", reason), saving);
  return [takeAll(rows, store), controls, unplacedTable(body), none, more, correcting(rows)].filter(Boolean);
}

// Of rows whose only candidate has their very name, and their year or is among the films already,
// there is little to ask.
function takeAll(rows, store) {
  const plain = rows.filter((row) => isPlain(row, store.films));
  if (plain.length < 2) return null;
  const words = `Take the only film of that name and year for ${formatCount(plain.length, "row")}`;
  const take = () => {
    const pairs = plain.map((row) => [row, row.candidates[0]]);
    store.settleAll(pairs, `${formatCount(pairs.length, "row")} taken for the films of their names`);
    document.querySelector("#unplaced")?.focus();
  };
  return element("p", {}, button(words, take));
}

function isPlain({ name, year, candidates }, films) {
  const [film] = candidates;
  return candidates.length === 1 && foldText(film.name) === foldText(name) && (film.year === year || films.has(film.id));
}

// As a table that can be added again, with what the rows say of films.
function correcting(rows) {
  const save = () => downloadCsv("rows-to-correct.csv", letterboxdTable(rows.map((row) => ({ ...row, id: null }))));
  return element(
    "p",
    { class: "quiet small" },
    "Or ", button("save them with their ratings and days", save, { class: "as-link" }), ", correct names and years, and add that table.",
  );
}

function leftOutRows(rows, store) {
  const entry = (row) =>
    element("li", {}, element("bdi", {}, row.name || "No title"), row.year ? ` (${row.year}) ` : " ", button("Place it after all", () => takeIn(row), { class: "small-button" }));
  const takeIn = (row) => {
    store.takeIn(row);
    document.querySelector("#unplaced")?.focus();
  };
  return element(
    "details",
    {},
    element("summary", {}, `${formatCount(rows.length, "row")} left out`),
    element("ul", { class: "candidates", role: "list" }, ...rows.map(entry)),
  );
}

function labelled(words, control) {
  return element("label", {}, `${words} `, control);
}

function reasonOptions(rows) {
  const numbers = new Map();
  for (const { reason } of rows) numbers.set(reason, (numbers.get(reason) ?? 0) + 1);
  const options = [...numbers].map(([reason, rowsOfIt]) => option(reason, reasonWords(reason), rowsOfIt));
  const hopeful = rows.filter((row) => !isHopeless(row)).length;
  if (hopeful) options.unshift(option(HAS_CANDIDATES, "could be a film here", hopeful));
  return [element("option", { value: "" }, "all"), ...options];
}

function option(value, words, count) {
  return element("option", { value }, `${words} (${formatNumber(count)})`);
}

function isFound(row, text, reason) {
  const words = text.trim().toLowerCase();
  const isOfReason = reason === HAS_CANDIDATES ? !isHopeless(row) : !reason || row.reason === reason;
  return isOfReason && (!words || cellsOf(row).join(" ").toLowerCase().includes(words));
}

function tableOf(rows) {
  return [COLUMNS, ...rows.map(cellsOf)];
}

function cellsOf(row) {
  return [row.file, row.row, row.name, row.year ?? "", row.imdbId, why(row)];
}
