// The files that somebody's films came with, and the button that forgets all of it.

import { confirmInDialog } from "../shell/dialog.js";
import { button, element } from "../shell/dom.js";
import { formatCount, formatNumber } from "../shell/format.js";
import { announce } from "../shell/panel.js";

const DATES = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const HEADS = ["File", "Rows", "Films", "Not placed", "Twice"];
const SOURCES = {
  imdb_ratings: "IMDb ratings",
  imdb_list: "IMDb list",
  letterboxd_ratings: "Letterboxd ratings",
  letterboxd_watched: "Letterboxd films",
  letterboxd_watchlist: "Letterboxd watchlist",
  letterboxd_list: "Letterboxd list",
};

export function addedFiles(store) {
  const duplicates = store.files.reduce((sum, file) => sum + file.duplicates, 0);
  return element(
    "section",
    { "aria-labelledby": "added-files" },
    element("h2", { id: "added-files" }, "Added files"),
    table(store.files),
    duplicates ? element("p", { class: "quiet" }, twice(duplicates)) : null,
    button("Clear my films", () => clear(store), { class: "danger" }),
  );
}

function twice(duplicates) {
  const is = duplicates === 1 ? "row names a film that another row names" : "rows name films that other rows name";
  return `${formatNumber(duplicates)} ${is} already: each film counts once.`;
}

function table(files) {
  return element(
    "table",
    { class: "files-table" },
    element("caption", {}, "Rows of each file, and what became of them"),
    element("thead", {}, element("tr", {}, ...HEADS.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...files.map(row)),
  );
}

function row({ name, source, addedAt, rows, films, duplicates }) {
  const what = `${SOURCES[source] ?? source}, added ${DATES.format(new Date(addedAt))}`;
  const numbers = [rows, films, rows - films - duplicates, duplicates];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name, element("span", { class: "quiet" }, what)),
    ...numbers.map((value) => element("td", {}, formatNumber(value))),
  );
}

async function clear(store) {
  const question = `This browser forgets your ${formatCount(store.films.size, "film")}. Nobody else has them: to see them here again you would have to add your files again.`;
  if (!(await confirmInDialog("Clear my films?", question, "Clear my films"))) return;
  store.clear();
  announce("Your films are cleared.");
  document.querySelector("#panel input[type=file]")?.focus();
}
