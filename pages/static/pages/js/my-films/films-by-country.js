// A person's films, country by country: what is seen and what is wanted. A country's films are put
// into the page when it is opened.

import { compareNames, element, formatCount, formatNumber } from "../shell/content.js";
import { countryUrl } from "../shell/site.js";
import { FilmsTable, keepFocus } from "./films-table.js";

const KINDS = ["seen", "wanted"];
const ORDERS = {
  "most films first": (a, b) => numberOf(b) - numberOf(a) || compareNames(a.name, b.name),
  "by name": (a, b) => compareNames(a.name, b.name),
};
// What stays so when the page is made anew: the order, and which countries are open, by their codes.
let order = "most films first";
const open = new Set();

export class FilmsByCountry {
  #groups = [];
  #entries = new Map(); // by code
  #arranged = ""; // how they are, in words
  #lists = element("div");
  element = element(
    "section",
    { "aria-labelledby": "by-country" },
    element("div", { class: "heading" }, element("h2", { id: "by-country" }, "By country"), this.#orderChoice()),
    this.#lists,
  );

  // Of countries whose films are as they were nothing is touched.
  update(films, countries) {
    this.#groups = grouped(films, countries);
    keepFocus(this.#lists, () => {
      for (const group of this.#groups) this.#entryOf(group).update(group);
      this.#arrange();
    });
  }

  #entryOf(group) {
    const { code } = group;
    if (!this.#entries.has(code)) this.#entries.set(code, new CountryEntry(group));
    return this.#entries.get(code);
  }

  #arrange() {
    const shown = sections(this.#groups).filter(([, groups]) => groups.length);
    const arranged = shown.map(([heading, groups]) => `${heading}: ${groups.map(({ code }) => code)}`).join("; ");
    if (arranged === this.#arranged) return;
    this.#arranged = arranged;
    this.#lists.replaceChildren(...shown.flatMap(([heading, groups]) => this.#section(heading, groups)));
  }

  #section(heading, groups) {
    const list = element("ul", { class: "by-country", role: "list" }, ...groups.map((group) => this.#entryOf(group).element));
    return heading ? [element("h3", {}, heading), list] : [list];
  }

  #orderChoice() {
    const options = Object.keys(ORDERS).map((words) => element("option", { selected: words === order }, words));
    const select = element("select", { onchange: () => ((order = select.value), this.#arrange()) }, ...options);
    return element("label", {}, "Order ", select);
  }
}

class CountryEntry {
  #group;
  #shownFor = null; // the group that the tables are of
  #tables = new Map(); // by kind
  #words = element("span", { class: "quiet" });
  #details;
  element;

  constructor({ code, name }) {
    const summary = element("summary", {}, element("span", {}, name), " ", this.#words);
    this.#details = element("details", { open: open.has(code), ontoggle: () => this.#onToggle() }, summary);
    this.element = element("li", {}, this.#details);
  }

  update(group) {
    if (this.#group && KINDS.every((kind) => areSame(group[kind], this.#group[kind]))) return;
    this.#group = group;
    const { seen, wanted } = group;
    const numbers = [seen.length ? `${formatCount(seen.length, "film")} seen` : "", wanted.length ? `${formatNumber(wanted.length)} wanted` : ""];
    this.#words.textContent = numbers.filter(Boolean).join(", ");
    if (this.#details.open) this.#fill();
  }

  #onToggle() {
    open[this.#details.open ? "add" : "delete"](this.#group.code);
    if (this.#details.open) this.#fill();
  }

  #fill() {
    if (this.#shownFor === this.#group) return;
    if (!this.#shownFor) this.#details.append(...this.#places());
    this.#shownFor = this.#group;
    for (const [kind, table] of this.#tables) {
      table.update(this.#group[kind]);
      table.element.hidden = this.#group[kind].length === 0;
    }
  }

  #places() {
    const { code, name } = this.#group;
    for (const kind of KINDS) this.#tables.set(kind, new FilmsTable(code, kind));
    const tables = [...this.#tables.values()].map((table) => table.element);
    return code ? [...tables, element("p", {}, element("a", { href: countryUrl(code) }, `The best films of ${name}`))] : tables;
  }
}

// Each country that a film is of: { code, name, isCurrent, seen, wanted }.
function grouped(films, countries) {
  const known = new Map(countries.map((country) => [country.code, country]));
  const groups = new Map();
  for (const film of films.values()) {
    for (const code of film.countries.length ? film.countries : [""]) {
      if (!groups.has(code)) groups.set(code, groupOf(code, known.get(code)));
      groups.get(code)[film.seen ? "seen" : "wanted"].push(film);
    }
  }
  return [...groups.values()];
}

function groupOf(code, country) {
  const name = country?.name ?? (code || "Country not known");
  return { code, name, isCurrent: country?.is_current ?? false, seen: [], wanted: [] };
}

// With their headings, in the order that is chosen.
function sections(groups) {
  const isSeen = ({ seen }) => seen.length > 0;
  const sorted = groups.toSorted(ORDERS[order]);
  return [
    ["", sorted.filter((one) => one.isCurrent && isSeen(one))],
    ["Former states", sorted.filter((one) => one.code && !one.isCurrent && isSeen(one))],
    ["Only wanted", sorted.filter((one) => one.code && !isSeen(one))],
    ["Elsewhere", sorted.filter((one) => !one.code)],
  ];
}

// Of the films that it is listed for: the seen ones, or where there are none the wanted ones.
function numberOf({ seen, wanted }) {
  return seen.length || wanted.length;
}

function areSame(some, others) {
  return some.length === others.length && some.every((film, at) => film === others[at]);
}
