// What somebody has said of rows: which film they are about, that they are left out; taken back
// here, however long ago it was.

import { button, element } from "../shell/dom.js";
import { formatCount } from "../shell/format.js";
import { filmUrl } from "../shell/urls.js";
import { FILM, LEFT_OUT } from "../store/decisions.js";

// Nothing where nothing was said.
export function settledRows(store) {
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
