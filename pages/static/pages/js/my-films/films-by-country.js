// A person's films, country by country: what is seen with the own rating beside the world's, and
// what is wanted. A country's films are put into the page when it is opened.

import { button, element } from "../shell/dom.js";
import { compareNames, formatCount, formatNumber, formatRating } from "../shell/format.js";
import { countryUrl, filmUrl } from "../shell/urls.js";

const PAGE_SIZE = 200; // rows of a table
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
    section("Only on your list", groups.filter((one) => one.code && !isSeen(one))),
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
  return element("li", {}, details);
}

function fill(details, group) {
  open[details.open ? "add" : "delete"](group.code);
  if (!details.open || details.childElementCount > 1) return;
  details.append(...["seen", "wanted"].filter((kind) => group[kind].length).map((kind) => table(group, kind)));
  if (group.code) {
    details.append(element("p", {}, element("a", { href: countryUrl(group.code) }, `The best films of ${group.name}`)));
  }
}

function table(group, kind) {
  const films = group[kind].toSorted(bestFirst);
  const body = element("tbody");
  const more = button("", () => showMore(body, films, more));
  showMore(body, films, more);
  const heads = ["Film", "Year", ...(kind === "seen" ? ["Yours"] : []), "World’s"];
  const made = element(
    "table",
    { class: `films-table ${kind}` },
    element("caption", {}, kind === "seen" ? "Seen, with your rating and the world’s" : "Wanted, with the world’s rating"),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    body,
  );
  return element("div", {}, made, more);
}

function bestFirst(a, b) {
  return (b.rating ?? 0) - (a.rating ?? 0) || (b.world ?? 0) - (a.world ?? 0) || compareNames(a.name, b.name);
}

function showMore(body, films, more) {
  const shown = body.childElementCount;
  const rows = films.slice(shown, shown + PAGE_SIZE).map(row);
  body.append(...rows);
  const left = films.length - body.childElementCount;
  if (shown) rows[0].querySelector("a").focus(); // the button may be about to go
  more.hidden = left === 0;
  more.textContent = `Show ${Math.min(left, PAGE_SIZE)} more of ${formatCount(left, "film")}`;
}

function row({ id, name, year, rating, world, seen }) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, element("a", { href: filmUrl(id), dir: "auto" }, name)),
    element("td", {}, String(year ?? "–")),
    seen ? element("td", {}, rating === null ? "–" : String(rating)) : null,
    element("td", {}, formatRating(world)),
  );
}
