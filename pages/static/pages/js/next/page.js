// /next/: the best films of the countries that are still to be seen, and a surprise among them.

import { button, element, partsOf } from "../shell/dom.js";
import { messageOf } from "../shell/fetch.js";
import { formatCount, formatNumber } from "../shell/format.js";
import { fetchJson } from "../shell/json.js";
import { announce } from "../shell/panel.js";
import { API_BEST, API_COUNTRIES, MY_FILMS, countryUrl } from "../shell/urls.js";
import { filmCard } from "./film-card.js";
import { pickFilms } from "./picks.js";

// Returns the function that brings the page up to date.
export function createNextPage(root, { store, map }) {
  const part = partsOf(root);
  return async function update() {
    if (!part.continents.hasChildNodes()) part.state.replaceChildren(element("p", {}, "Looking for films…"));
    try {
      const [countries, best] = await Promise.all([fetchJson(API_COUNTRIES), fetchJson(API_BEST)]);
      const continents = pickFilms(store.films, countries, best);
      part.state.replaceChildren(...introduction(store, continents));
      part.surprise.replaceChildren(...surprise(continents, map));
      part.continents.replaceChildren(...continentList(continents));
    } catch (error) {
      part.state.replaceChildren(...failure(error, update));
      for (const name of ["surprise", "continents"]) part[name].replaceChildren();
    }
  };
}

function failure(error, again) {
  const words = `There are no films to suggest yet. ${messageOf(error)}`;
  return [element("p", { class: "problem", role: "alert" }, words), button("Try again", again)];
}

function introduction(store, continents) {
  const left = unseen(continents).length;
  const all = continents.reduce((sum, continent) => sum + continent.all, 0);
  if (all === 0) return [element("p", {}, "No film in the catalogue has been rated yet.")];
  if (left === 0) return [element("h2", {}, "You have seen every country!"), element("p", {}, `All ${formatNumber(all)} of them.`)];
  if (!store.isEmpty) return [element("p", {}, `${formatNumber(left)} of ${formatCount(all, "country")} are still to be seen. Films on your list come first.`)];
  const link = element("a", { href: MY_FILMS }, "Add your films");
  return [element("p", {}, `All ${formatCount(all, "country")} are here, as this browser knows none of your films. `, link, " to leave out what you have seen.")];
}

function unseen(continents) {
  return continents.flatMap(({ countries }) => countries);
}

function surprise(continents, map) {
  const choices = surprises(unseen(continents).filter(({ films }) => films.length));
  if (choices.length === 0) return [];
  const place = element("div", { class: "surprise" });
  let last = null;
  const draw = () => {
    last = randomChoice(choices, last);
    show(place, last);
    map.select([last.code]);
  };
  return [button("Surprise me", draw, { class: "primary" }), place];
}

// The countries whose first film enough people have rated, if there are any.
function surprises(choices) {
  const rated = choices.filter(({ films: [film] }) => !film.hasFewVotes);
  return rated.length ? rated : choices;
}

// One of them, and not the same twice in a row.
function randomChoice(choices, last) {
  const others = choices.length > 1 ? choices.filter((one) => one !== last) : choices;
  return others[Math.floor(Math.random() * others.length)];
}

function show(place, { code, name, films: [film] }) {
  const heading = element("h2", { tabindex: "-1" }, element("a", { href: countryUrl(code) }, name));
  place.replaceChildren(heading, filmCard(film, { isLarge: true }));
  heading.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
  announce(`${name}: ${film.name}${film.year ? `, ${film.year}` : ""}.`);
}

function continentList(continents) {
  const left = continents.filter(({ countries }) => countries.length);
  return left.map((continent, index) => continentEntry(continent, index === 0));
}

function continentEntry({ name, all, countries }, isFirst) {
  const fill = () => {
    if (details.open && details.childElementCount === 1) details.append(...countries.map(countryEntry));
  };
  const details = element(
    "details",
    { class: "continent", ontoggle: fill, open: isFirst },
    element(
      "summary",
      {},
      element("h2", {}, name),
      " ",
      element("span", { class: "quiet" }, `${formatNumber(countries.length)} of ${formatCount(all, "country")} to see`),
    ),
  );
  return details;
}

function countryEntry({ code, name, films }) {
  return element(
    "section",
    { class: "to-see" },
    element("h3", {}, element("a", { href: countryUrl(code) }, name)),
    films.length
      ? element("ol", { role: "list" }, ...films.map((film) => element("li", {}, filmCard(film))))
      : element("p", { class: "quiet" }, "Only short films so far."),
  );
}
