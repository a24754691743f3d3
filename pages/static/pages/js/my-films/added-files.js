// The files that somebody's films came with.

import { element } from "../shell/dom.js";
import { formatCount, formatNumber } from "../shell/format.js";

const DATES = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const HEADS = ["File", "Rows", "Films", "Not placed", "Twice"];
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
  const duplicates = store.files.reduce((sum, file) => sum + file.duplicates, 0);
  return element(
    "section",
    { "aria-labelledby": "added-files" },
    element("h2", { id: "added-files" }, "Added files"),
    unreadFiles(store.unread),
    table(store),
    duplicates ? element("p", { class: "quiet" }, twice(duplicates)) : null,
  );
}

// Of what was added last.
function unreadFiles(unread) {
  if (unread.length === 0) return null;
  const words = `${formatCount(unread.length, "file")} could not be read:`;
  const entries = unread.map(({ file, reason }) => element("li", {}, element("b", {}, element("bdi", {}, file)), `: ${reason}`));
  return element("div", { class: "unread-files" }, element("p", {}, words), element("ul", {}, ...entries));
}

function twice(duplicates) {
  const is = duplicates === 1 ? "row names a film that another row names" : "rows name films that other rows name";
  return `${formatNumber(duplicates)} ${is} already: each film counts once.`;
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
  const what = `${SOURCES[source] ?? source}, added ${DATES.format(new Date(addedAt))}`;
  const left = unplaced.filter((one) => one.file === name && one.source === source && !one.isLeftOut).length;
  const numbers = [rows, films, isForgotten ? rows - films - duplicates : left, duplicates];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name, element("span", { class: "quiet" }, what)),
    ...numbers.map((value) => element("td", {}, formatNumber(value))),
  );
}
