// The rows that no film was found for: filtered, downloaded, settled one by one or all that agree,
// looked for under mistyped names, and what was said of others.

import { button, element, formatCount, formatNumber } from "../shell/content.js";
import { announce } from "../shell/navigation.js";
import { filmUrl } from "../shell/site.js";
import { FILM, LEFT_OUT } from "../store/decisions.js";
import { REFUSED } from "../store/film.js";
import { CandidateSearch, isSeekable } from "./candidate-search.js";
import { downloadCsv } from "./files.js";
import {
  COLUMNS, agreeingFilm, cellsOf, isNamed, reasonOf, showCandidates, unplacedTable, unplacedTableRow,
} from "./unplaced-table.js";

const PAGE_SIZE = 200; // rows of the table
const HAS_CANDIDATES = "has candidates";

// What was looked for stays so when the table is made anew.
let sought = { text: "", reason: "" };
// What looks for the rows of the table that was made last.
let searching = null;

export function unplacedRows(store) {
  searching?.stop();
  const rows = likelyFirst(store.unplaced, store.films);
  const forgotten = store.files.filter(({ isForgotten }) => isForgotten);
  const heading = element("h2", { id: "unplaced", tabindex: "-1" }, "Rows that were not placed");
  return element(
    "section",
    { "aria-labelledby": "unplaced" },
    heading,
    ...forgotten.map(({ name }) => element("p", {}, `Those of ${name} are not kept any more: add it again to see them.`)),
    ...(rows.length ? filteredTable(rows, store) : [element("p", {}, forgotten.length ? "" : "None: every row is one of your films.")]),
    ...settledRows(store),
  );
}

// Those first of which there is little to ask, then others that could be a film; else as they come.
function likelyFirst(rows, films) {
  const rank = (row) => (isHopeless(row) ? 2 : plainFilm(row, films) ? 0 : 1);
  const ranks = new Map(rows.map((row) => [row, rank(row)]));
  return rows.toSorted((a, b) => ranks.get(a) - ranks.get(b));
}

function isHopeless({ candidates }) {
  return candidates.length === 0;
}

function filteredTable(rows, store) {
  let found = rows;
  const text = element("input", { type: "search", autocomplete: "off", value: sought.text, oninput: () => filter() });
  const reason = element("select", { onchange: () => filter() }, ...reasonOptions(rows));
  const saving = button("", () => downloadCsv("rows-not-placed.csv", [COLUMNS, ...found.map(cellsOf)]));
  const none = element("p", { class: "quiet", hidden: true }, "No row is like that. ", button("Show all of them", () => showAll(), { class: "as-link" }));
  const body = element("tbody");
  const more = button("", () => showMore());
  const search = searchOf(store, rows);

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
    const added = found.slice(shown, shown + PAGE_SIZE).map((row) => search.watch(unplacedTableRow(row, store), row));
    body.append(...added);
    const left = found.length - body.childElementCount;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, PAGE_SIZE)} more of ${formatCount(left, "row")}`;
    if (shown) added[0].focus(); // the button may be about to go
  };
  reason.value = [...reason.options].some(({ value }) => value === sought.reason) ? sought.reason : "";
  filter();
  const controls = element("div", { class: "filters" }, labelled("Filter", text), labelled("Reason", reason), saving);
  const note = element("p", { class: "quiet" }, "The catalogue has films alone: no series, episodes or games. The table that you download can be corrected and added again.");
  return [note, takeAll(rows, store), search.control, controls, unplacedTable(body), none, more].filter(Boolean);
}

// Of rows that have one film of their very name and year, or whose only candidate has their name and
// is among the films already, there is little to ask.
function takeAll(rows, store) {
  const plain = rows.map((row) => [row, plainFilm(row, store.films)]).filter(([, film]) => film);
  if (plain.length < 2) return null;
  const words = `Take the only film of that name and year for ${formatCount(plain.length, "row")}`;
  const take = () => {
    store.settleAll(plain, `${formatCount(plain.length, "row")} taken for the films of their names`);
    document.querySelector("#unplaced")?.focus();
  };
  return element("p", {}, button(words, take));
}

function plainFilm(row, films) {
  if (row.reason === REFUSED) return null; // somebody has looked at it
  const [film, ...others] = row.candidates;
  const isThere = film && others.length === 0 && films.has(film.id) && isNamed(row, film);
  return isThere ? film : agreeingFilm(row);
}

// Looks for films of the rows that come into sight, and of all when that is asked for: { control,
// watch }, of which `watch` gives a row of the table back.
function searchOf(store, rows) {
  const rowOf = new WeakMap();
  const shown = new Map();
  const all = rows.filter(isSeekable);
  let isForAll = false;
  const candidates = new CandidateSearch(store, (row, films) => {
    const tr = shown.get(row);
    if (films.length && tr?.isConnected) showCandidates(tr, { ...row, candidates: films }, store);
    if (isForAll) control.textContent = `Stop looking: ${formatCount(candidates.left, "row")} to go`;
  });
  searching = candidates;
  const inSight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) candidates.seek([rowOf.get(target)]);
      else if (!isForAll) candidates.forget(rowOf.get(target));
    }
  });
  const control = button(lookForAll(all), async () => {
    if (isForAll) {
      candidates.stop();
      return;
    }
    isForAll = true;
    await candidates.seek(all);
    isForAll = false;
    announce("The rows have been looked for.");
    store.showSuggested(); // those that could be a film come first
  });
  control.hidden = all.length === 0;
  const watch = (tr, row) => {
    rowOf.set(tr, row);
    shown.set(row, tr);
    if (isSeekable(row)) inSight.observe(tr);
    return tr;
  };
  return { control, watch };
}

function lookForAll(rows) {
  return `Look for mistyped titles in ${rows.length === 1 ? "the row" : `all ${formatCount(rows.length, "row")}`} without a film`;
}

function labelled(words, control) {
  return element("label", {}, `${words} `, control);
}

function reasonOptions(rows) {
  const numbers = new Map();
  for (const row of rows) numbers.set(reasonOf(row), (numbers.get(reasonOf(row)) ?? 0) + 1);
  const options = [...numbers].map(([words, number]) => option(words, words, number));
  const hopeful = rows.filter((row) => !isHopeless(row)).length;
  if (hopeful) options.unshift(option(HAS_CANDIDATES, "could be a film here", hopeful));
  return [element("option", { value: "" }, "all"), ...options];
}

function option(value, words, count) {
  return element("option", { value }, `${words} (${formatNumber(count)})`);
}

function isFound(row, text, reason) {
  const words = text.trim().toLowerCase();
  const isOfReason = reason === HAS_CANDIDATES ? !isHopeless(row) : !reason || reasonOf(row) === reason;
  return isOfReason && (!words || cellsOf(row).join(" ").toLowerCase().includes(words));
}

// Nothing where nothing was said.
function settledRows(store) {
  const decisions = [...store.settled].filter(([, { kind, rows }]) => (kind === FILM || kind === LEFT_OUT) && rows.length);
  if (decisions.length === 0) return [];
  const number = (kind) => decisions.filter(([, decision]) => decision.kind === kind).length;
  const told = [number(FILM) ? `${formatCount(number(FILM), "row")} placed by you` : "", number(LEFT_OUT) ? `${formatCount(number(LEFT_OUT), "row")} left out` : ""];
  const list = element("ul", { class: "candidates", role: "list" });
  const fill = () => list.hasChildNodes() || list.append(...decisions.map(([key, decision]) => entry(store, key, decision)));
  const details = element("details", { ontoggle: fill }, element("summary", {}, told.filter(Boolean).join(", ")), list);
  const words = "What you have said of a row holds for the same row of every file that you add later.";
  return [element("p", { class: "quiet" }, words), details];
}

function entry(store, key, { kind, film, rows: [row] }) {
  const name = row.name || "No title";
  const what = kind === FILM
    ? [" is ", element("a", { href: filmUrl(film.id) }, element("bdi", {}, film.name)), film.year ? ` (${film.year})` : ""]
    : [" is left out"];
  const again = () => {
    store.takeIn(key, name);
    document.querySelector("#unplaced")?.focus();
  };
  const words = kind === FILM ? "Place it again" : "Place it after all";
  return element("li", {}, element("span", {}, "“", element("bdi", {}, name), "”", row.year ? ` (${row.year})` : "", ...what),
    button(words, again, { class: "small-button", "aria-label": `${words}: ${name}` }));
}
