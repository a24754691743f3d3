// The files that somebody's films came with.

import { element, formatCount, formatNumber } from "../shell/content.js";

const DATES = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const HEADS = ["File", "Rows", "Films", "Not placed", "Repeated"];
const SOURCES = {
  imdb_ratings: "IMDb ratings",
  imdb_list: "IMDb list",
  letterboxd_ratings: "Letterboxd ratings",
  letterboxd_watched: "Letterboxd films",
  letterboxd_watchlist: "Letterboxd watchlist",
  letterboxd_list: "Letterboxd list",
  letterboxd_import: "films for Letterboxd",
  tmdb_ratings: "TMDB ratings",
  tmdb_watchlist: "TMDB watchlist",
  trakt_ratings: "Trakt ratings",
  trakt_watched: "Trakt films",
  trakt_watchlist: "Trakt watchlist",
  trakt_list: "Trakt list",
  movary_ratings: "Movary ratings",
  movary_watched: "Movary history",
  movary_watchlist: "Movary watchlist",
  yamtrack_list: "Yamtrack",
  table_ratings: "table of ratings",
  table_watched: "table of films",
  table_watchlist: "watchlist",
  table_list: "list",
};

export function addedFiles(store) {
  const sum = (name) => store.files.reduce((total, file) => total + file[name], 0);
  const notes = [twice(sum("duplicates") - sum("repeated")), repeated(sum("repeated")), leftOut(sum("leftOut")), blank(sum("blank")), odd(sum("odd"))];
  return element(
    "section",
    { "aria-labelledby": "added-files" },
    element("h2", { id: "added-files" }, "Added files"),
    unreadFiles(store.unread),
    table(store),
    ...notes.filter(Boolean).map((words) => element("p", { class: "quiet" }, words)),
    notNeeded(store.notNeeded),
  );
}

// Of what was added last.
function unreadFiles(unread) {
  if (unread.length === 0) return null;
  const words = `${formatCount(unread.length, "file")} could not be read:`;
  const entries = unread.map(({ file, reason }) => element("li", {}, element("b", {}, element("bdi", {}, file)), `: ${reason}`));
  return element("div", { class: "unread-files" }, element("p", {}, words), element("ul", {}, ...entries));
}

// What a site's own archive has besides.
function notNeeded(files) {
  if (files.length === 0) return null;
  const entries = files.map(({ file, reason }) => element("li", {}, element("bdi", {}, file), `: ${reason}`));
  const summary = element("summary", {}, `${formatCount(files.length, "file")} of the zip had nothing to add`);
  return element("details", { class: "unread-files" }, summary, element("ul", {}, ...entries));
}

function twice(duplicates) {
  if (duplicates === 0) return "";
  const is = duplicates === 1 ? "row names a film that another row names" : "rows name films that other rows name";
  return `${formatNumber(duplicates)} ${is} already: each film counts once.`;
}

function repeated(rows) {
  if (rows === 0) return "";
  return `${formatNumber(rows)} ${rows === 1 ? "row repeats a row" : "rows repeat rows"} without a film.`;
}

function leftOut(rows) {
  return rows ? `${formatCount(rows, "row")} ${rows === 1 ? "is" : "are"} not counted here: you have said so above.` : "";
}

function blank(rows) {
  return rows ? `${formatCount(rows, "row")} of nothing but commas ${rows === 1 ? "is" : "are"} passed over.` : "";
}

function odd(values) {
  return values ? `${formatNumber(values)} ${values === 1 ? "rating or day" : "ratings or days"} could not be read: the films are there without.` : "";
}

function table({ files, unplaced }) {
  return element(
    "table",
    { class: "files-table" },
    element("caption", {}, "Rows of each file, and what became of them"),
    element("thead", {}, element("tr", {}, ...HEADS.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...files.map((file) => row(file, unplaced))),
  );
}

function row({ name, source, addedAt, rows, films, duplicates, isForgotten }, unplaced) {
  const what = `${kindOf(name, source)}, added ${DATES.format(new Date(addedAt))}`;
  const left = unplaced.filter((one) => one.file === name && one.source === source).length;
  const numbers = [rows, films, isForgotten ? rows - films - duplicates : left, duplicates];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name, element("span", { class: "quiet" }, what)),
    ...numbers.map((value) => element("td", {}, formatNumber(value))),
  );
}

// A diary has ratings as well.
function kindOf(name, source) {
  return source === "letterboxd_ratings" && /(^|\/)diary\b/i.test(name) ? "Letterboxd diary" : (SOURCES[source] ?? source);
}
