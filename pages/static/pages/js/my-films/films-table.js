// The films of one country that somebody has seen, or wants to see: their own rating beside the
// world's, and for one of them at a time what it is marked as, to be changed.

import { apiFilm, markControls } from "../marks/controls.js";
import { button, element } from "../shell/dom.js";
import { compareNames, formatCount, formatRating } from "../shell/format.js";
import { filmUrl } from "../shell/urls.js";

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
let order = "Yours";
// What stays so when the tables are made anew: how many rows each shows, and whose marks, by the
// country and the film's id.
const lengths = new Map();
let marked = "";
// The rows of films that are as they were, by film and key: of thousands one is made anew.
const made = new WeakMap();

// `kind` is "seen" or "wanted".
export function filmsTable(code, kind, films) {
  const place = `${kind} ${code}`;
  const sorted = films.toSorted(ORDERS[order]);
  const body = element("tbody");
  const more = button("", () => showMore(PAGE_SIZE));
  let shown = 0;
  const showMore = (count) => {
    const rows = sorted.slice(shown, shown + count).flatMap((film) => rowsOf(film, `${code} ${film.id}`, KINDS[kind].own));
    body.append(...rows);
    if (shown) rows[0].querySelector("a").focus(); // the button may be about to go
    shown = Math.min(shown + count, sorted.length);
    lengths.set(place, shown);
    const left = sorted.length - shown;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, PAGE_SIZE)} more of ${formatCount(left, "film")}`;
  };
  showMore(Math.max(PAGE_SIZE, lengths.get(place) ?? 0));
  const head = (words) => {
    const direction = words === "Film" ? "ascending" : "descending";
    const sort = button(words, () => sortBy(words), { class: "as-link", "data-order": words, title: `Sort by ${words}` });
    return element("th", { scope: "col", "aria-sort": words === order ? direction : null }, sort);
  };
  const sortBy = (words) => {
    order = words;
    const anew = filmsTable(code, kind, films);
    both.replaceWith(anew);
    anew.querySelector(`[data-order="${words}"]`).focus();
  };
  const both = element(
    "div",
    {},
    element(
      "table",
      { class: `films-table ${kind}` },
      element("caption", {}, KINDS[kind].caption),
      element("thead", {}, element("tr", {}, ...HEADS.map(head))),
      body,
    ),
    more,
  );
  return both;
}

// Makes the tables in `root` anew by `remake`; the control that has the focus keeps it, and where
// its film has gone the one that has come to its place gets it.
export function keepFocus(root, remake) {
  const controls = () => [...root.querySelectorAll(".films-table .own, .films-table [data-mark]")];
  const before = controls();
  const held = before.indexOf(document.activeElement);
  const key = held < 0 ? "" : keyOf(before[held]);
  remake();
  if (!key) return;
  const after = controls();
  const same = after.find((one) => keyOf(one) === key);
  (same ?? after[Math.min(held, after.length - 1)] ?? root.querySelector("summary"))?.focus();
}

function keyOf(control) {
  return `${control.closest("tr").dataset.key} ${control.dataset.mark ?? ""}`;
}

// Without a collation, which takes long for thousands.
function byName(a, b) {
  return a.name < b.name ? -1 : 1;
}

// The film's row, and the one with its marks where they are shown.
function rowsOf(film, key, ownWords) {
  if (!made.has(film)) made.set(film, new Map());
  const rows = made.get(film);
  if (!rows.has(key)) rows.set(key, filmRow(film, key, ownWords));
  const row = rows.get(key);
  row.querySelector(".own").setAttribute("aria-expanded", String(key === marked));
  return key === marked ? [row, marksRow(film, key)] : [row];
}

function filmRow(film, key, ownWords) {
  const { id, name, year, world } = film;
  const words = ownWords(film);
  const own = button(words, () => toggleMarks(own, film), {
    class: "own as-link",
    "aria-label": `${words}: change your marks of ${name}`,
  });
  return element(
    "tr",
    { "data-key": key },
    element("th", { scope: "row" }, element("a", { href: filmUrl(id), dir: "auto" }, name)),
    element("td", {}, String(year ?? "–")),
    element("td", {}, own),
    element("td", {}, formatRating(world)),
  );
}

// Those of one film at a time.
function toggleMarks(own, film) {
  const row = own.closest("tr");
  const { key } = row.dataset;
  const isShown = key === marked;
  document.querySelector(".marks-row")?.remove();
  document.querySelector(".films-table .own[aria-expanded=true]")?.setAttribute("aria-expanded", "false");
  marked = isShown ? "" : key;
  if (isShown) return;
  row.after(marksRow(film, key));
  own.setAttribute("aria-expanded", "true");
}

function marksRow(film, key) {
  const cell = element("td", { colspan: HEADS.length }, markControls(apiFilm(film), { withDay: true }));
  return element("tr", { class: "marks-row", "data-key": key }, cell);
}
