// A person's films, country by country: what is seen and what is wanted. A country's films are put
// into the page when it is opened.

import { element } from "../shell/dom.js";
import { compareNames, formatCount, formatNumber } from "../shell/format.js";
import { countryUrl } from "../shell/urls.js";
import { filmsTable } from "./films-table.js";

const ORDERS = {
  "most films first": (a, b) => b.films.length - a.films.length || compareNames(a.name, b.name),
  "by name": (a, b) => compareNames(a.name, b.name),
};
// Which countries stay open when the list is made anew: their codes.
const open = new Set();
let order = "most films first";

export function filmsByCountry(films, countries) {
  const groups = grouped(films, countries);
  const lists = element("div");
  const arrange = () => lists.replaceChildren(...sections(groups));
  arrange();
  return element(
    "section",
    { "aria-labelledby": "by-country" },
    element("div", { class: "heading" }, element("h2", { id: "by-country" }, "By country"), orderChoice(arrange)),
    lists,
  );
}

function orderChoice(arrange) {
  const options = Object.keys(ORDERS).map((words) => element("option", { selected: words === order }, words));
  const select = element("select", { onchange: () => ((order = select.value), arrange()) }, ...options);
  return element("label", {}, "Order ", select);
}

// Each country that a film is of: { code, name, isCurrent, seen, wanted, films }, `films` those
// that it is listed for: the seen ones, or where there are none the wanted ones.
function grouped(films, countries) {
  const known = new Map(countries.map((country) => [country.code, country]));
  const groups = new Map();
  for (const film of films.values()) {
    for (const code of film.countries.length ? film.countries : [""]) {
      if (!groups.has(code)) groups.set(code, group(code, known.get(code)));
      groups.get(code)[film.seen ? "seen" : "wanted"].push(film);
    }
  }
  for (const one of groups.values()) one.films = one.seen.length ? one.seen : one.wanted;
  return [...groups.values()];
}

function group(code, country) {
  const name = country?.name ?? (code || "Country not known");
  return { code, name, isCurrent: country?.is_current ?? false, seen: [], wanted: [] };
}

function sections(groups) {
  const isSeen = ({ seen }) => seen.length > 0;
  return [
    section("", groups.filter((one) => one.isCurrent && isSeen(one))),
    section("Former states", groups.filter((one) => one.code && !one.isCurrent && isSeen(one))),
    section("Only wanted", groups.filter((one) => one.code && !isSeen(one))),
    section("Elsewhere", groups.filter((one) => !one.code)),
  ].flat();
}

function section(heading, groups) {
  if (groups.length === 0) return [];
  const entries = groups.toSorted(ORDERS[order]).map(entry);
  const list = element("ul", { class: "by-country", role: "list" }, ...entries);
  return heading ? [element("h3", {}, heading), list] : [list];
}

function entry(group) {
  const numbers = [
    group.seen.length ? `${formatCount(group.seen.length, "film")} seen` : "",
    group.wanted.length ? `${formatNumber(group.wanted.length)} wanted` : "",
  ];
  const details = element(
    "details",
    { open: open.has(group.code), ontoggle: () => fill(details, group) },
    element(
      "summary",
      {},
      element("span", {}, group.name),
      " ",
      element("span", { class: "quiet" }, numbers.filter(Boolean).join(", ")),
    ),
  );
  if (details.open) fill(details, group);
  return element("li", {}, details);
}

function fill(details, group) {
  open[details.open ? "add" : "delete"](group.code);
  if (!details.open || details.childElementCount > 1) return;
  details.append(...["seen", "wanted"].filter((kind) => group[kind].length).map((kind) => filmsTable(group.code, kind, group[kind])));
  if (group.code) {
    details.append(element("p", {}, element("a", { href: countryUrl(group.code) }, `The best films of ${group.name}`)));
  }
}
