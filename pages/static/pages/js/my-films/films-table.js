// The films of one country that somebody has seen, or wants to see: their own rating beside the
// world's, and for one of them at a time what it is marked as, to be changed.

import { apiFilm, markControls } from "../marks/controls.js";
import { button, compareNames, element, formatCount, formatRating } from "../shell/content.js";
import { filmUrl } from "../shell/site.js";

const PAGE_SIZE = 200; // rows of a table
const KINDS = {
  seen: { caption: "Seen, with your rating and the world’s", own: ({ rating }) => (rating === null ? "–" : String(rating)) },
  wanted: { caption: "Wanted, with the world’s rating", own: () => "Wanted" },
};
// By the heads of the columns.
const ORDERS = {
  Film: (a, b) => compareNames(a.name, b.name),
  Year: (a, b) => (b.year ?? 0) - (a.year ?? 0) || byName(a, b),
  Yours: (a, b) => (b.rating ?? 0) - (a.rating ?? 0) || ORDERS["World’s"](a, b),
  "World’s": (a, b) => (b.world ?? 0) - (a.world ?? 0) || byName(a, b),
};
const HEADS = Object.keys(ORDERS);
const CONTROLS = ".films-table :is(.own, [data-mark])";
// What stays so when the page is made anew: the order, how many rows each table shows, and whose marks,
// { key, row }.
let order = "Yours";
const lengths = new Map();
let marked = null;

export class FilmsTable {
  #code;
  #kind;
  #place;
  #films = [];
  #order = order;
  #rows = new Map(); // that are shown, by film
  #heads = new Map(HEADS.map((words) => [words, this.#head(words)]));
  #body = element("tbody");
  #more = button("", () => this.#showMore());
  element;

  // `kind` is "seen" or "wanted".
  constructor(code, kind) {
    this.#code = code;
    this.#kind = kind;
    this.#place = `${kind} ${code}`;
    const table = element(
      "table",
      { class: `films-table ${kind}` },
      element("caption", {}, KINDS[kind].caption),
      element("thead", {}, element("tr", {}, ...this.#heads.values())),
      this.#body,
    );
    this.element = element("div", {}, table, this.#more);
  }

  // What is as it was stays where it is: of thousands of films one is marked.
  update(films) {
    this.#films = films;
    const sorted = films.toSorted(ORDERS[this.#order]);
    const shown = sorted.slice(0, Math.max(PAGE_SIZE, lengths.get(this.#place) ?? 0));
    this.#rows = new Map(shown.map((film) => [film, this.#rows.get(film) ?? this.#row(film)]));
    putRows(this.#body, [...this.#rows.values()].flatMap(withMarks));
    for (const [words, head] of this.#heads) {
      if (words === this.#order) head.setAttribute("aria-sort", words === "Film" ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
    const left = films.length - shown.length;
    this.#more.hidden = left === 0;
    this.#more.textContent = `Show ${Math.min(left, PAGE_SIZE)} more of ${formatCount(left, "film")}`;
    lengths.set(this.#place, shown.length);
  }

  #showMore() {
    const shown = this.#rows.size;
    lengths.set(this.#place, shown + PAGE_SIZE);
    this.update(this.#films);
    [...this.#rows.values()][shown].querySelector("a").focus(); // the button may be about to go
  }

  #head(words) {
    const sort = button(words, () => this.#sortBy(words), { class: "as-link", title: `Sort by ${words}` });
    return element("th", { scope: "col" }, sort);
  }

  #sortBy(words) {
    order = words;
    this.#order = words;
    this.update(this.#films);
  }

  #row(film) {
    const { id, name, year, world } = film;
    const words = KINDS[this.#kind].own(film);
    const key = `${this.#code} ${id}`;
    const own = button(words, () => toggleMarks(row, film), {
      class: "own as-link",
      "aria-expanded": String(key === marked?.key),
      "aria-label": `${words}: change your marks of ${name}`,
    });
    const row = element(
      "tr",
      { "data-key": key },
      element("th", { scope: "row" }, element("a", { href: filmUrl(id), dir: "auto" }, name)),
      element("td", {}, String(year ?? "–")),
      element("td", {}, own),
      element("td", {}, formatRating(world)),
    );
    return row;
  }
}

// Updates the tables in `root` by `update`; the control that has the focus keeps it, and where its film
// has gone that of the one that has come to its place gets it.
export function keepFocus(root, update) {
  const held = document.activeElement;
  const row = root.contains(held) && held.matches(CONTROLS) ? held.closest("tr") : null;
  const body = row?.parentElement;
  const place = row?.matches(".marks-row") ? row.sectionRowIndex - 1 : row?.sectionRowIndex;
  update();
  if (!row || document.activeElement === held) return;
  const control = held.matches(".own") ? ".own" : `[data-mark=${held.dataset.mark}]`;
  const same = root.querySelector(`[data-key="${row.dataset.key}"] ${control}`);
  const next = body.rows[Math.min(place, body.rows.length - 1)]?.querySelector(".own");
  (same ?? next ?? root.querySelector("summary"))?.focus();
}

// Those that are there already stay where they are, as far as that goes, and keep the focus.
function putRows(body, rows) {
  const staying = new Set(rows);
  for (const row of [...body.rows]) if (!staying.has(row)) row.remove();
  let place = body.firstElementChild;
  for (const row of rows) {
    if (row === place) place = place.nextElementSibling;
    else body.insertBefore(row, place);
  }
}

// Without a collation, which takes long for thousands.
function byName(a, b) {
  return a.name < b.name ? -1 : 1;
}

// The film's row, and the one with its marks where they are shown.
function withMarks(row) {
  return row.dataset.key === marked?.key ? [row, marked.row] : [row];
}

// Those of one film at a time.
function toggleMarks(row, film) {
  const { key } = row.dataset;
  const isShown = key === marked?.key;
  marked?.row.remove();
  document.querySelector(".films-table .own[aria-expanded=true]")?.setAttribute("aria-expanded", "false");
  marked = isShown ? null : { key, row: marksRow(film, key) };
  if (isShown) return;
  row.after(marked.row);
  row.querySelector(".own").setAttribute("aria-expanded", "true");
}

function marksRow(film, key) {
  const cell = element("td", { colspan: HEADS.length }, markControls(apiFilm(film), { withDay: true }));
  return element("tr", { class: "marks-row", "data-key": key }, cell);
}
