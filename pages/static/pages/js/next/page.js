// /next/: a journey by film through the countries that are still to be seen, and a surprise among
// them.

import { filmCard } from "../marks/controls.js";
import { button, element, formatCount, formatNumber, partsOf } from "../shell/content.js";
import { announce } from "../shell/navigation.js";
import {
  API_BEST, API_COUNTRIES, MY_FILMS, countryUrl, fetchJson, filmUrl, imdbUrl, journeyUrl, messageOf,
} from "../shell/site.js";
import { Continent, pickFilms } from "./continents.js";

const KEY = "world-in-movies/journey";
const COLUMNS = ["Continent", "Country", "Film", "Year", "Page", "IMDb"];
// A page that "back" brings is as it was left: what keeps it up to date is, too.
const made = new WeakMap();

// Returns the function that brings the page up to date. Before anything keeps films it is called with a
// store without any, and again with that which does.
export function createPage(root, site) {
  const { state } = partsOf(root);
  if (!made.has(state)) made.set(state, new JourneyPage(root));
  const journey = made.get(state);
  return () => journey.update(site);
}

class JourneyPage {
  #part;
  #site; // { store, map }
  #films; // the address of the films to choose from
  #isNarrowed;
  #kept = readJourney();
  #continents = []; // as they are shown
  #shownFor = null; // the films that somebody had then
  #last = null; // the surprise that was drawn last

  constructor(root) {
    this.#part = partsOf(root);
    const query = filtersOf(root.querySelector("form"));
    this.#isNarrowed = query !== "";
    this.#films = this.#isNarrowed ? journeyUrl(query) : API_BEST;
  }

  async update(site) {
    this.#site = site;
    const { films } = site.store;
    if (this.#shownFor === films) return;
    const part = this.#part;
    if (!part.continents.hasChildNodes()) part.state.replaceChildren(element("p", {}, "Looking for films…"));
    try {
      const [countries, best] = await Promise.all([fetchJson(API_COUNTRIES), fetchJson(this.#films)]);
      const staying = new Set(this.#continents.flatMap(({ codes }) => codes));
      this.#show(pickFilms(films, countries, best, { staying, isNarrowed: this.#isNarrowed }));
      this.#shownFor = films;
    } catch (error) {
      part.state.replaceChildren(...failure(error, () => this.update(this.#site)));
      this.#continents = [];
      for (const name of ["surprise", "continents"]) part[name].replaceChildren();
    }
  }

  #show(continents) {
    const left = continents.filter(({ countries }) => countries.length);
    const part = this.#part;
    part.state.replaceChildren(...this.#introduction(continents));
    const isSame = this.#continents.length === left.length && this.#continents.every((one, index) => one.takes(left[index]));
    if (isSame) {
      this.#continents.forEach((one, index) => one.update(left[index]));
      return;
    }
    const open = this.#kept.open ?? left.slice(0, 1).map(({ name }) => name);
    this.#continents = left.map((one) => new Continent(one, this.#kept.films, { isOpen: open.includes(one.name), onChange: () => this.#keep() }));
    part.continents.replaceChildren(...this.#continents.map((one) => one.element));
    if (!part.surprise.hasChildNodes() || unseen(continents).length === 0) part.surprise.replaceChildren(...this.#actions(continents));
  }

  #keep() {
    this.#kept = { films: this.#kept.films, open: this.#continents.filter(({ isOpen }) => isOpen).map(({ name }) => name) };
    keepJourney(this.#kept);
  }

  #introduction(continents) {
    const left = unseen(continents).length;
    const all = continents.reduce((sum, continent) => sum + continent.all, 0);
    if (all === 0) return [element("p", {}, "No film in the catalogue has been rated yet.")];
    if (this.#isNarrowed) return [element("p", { role: "status" }, narrowedWords(left, all))];
    if (left === 0) return [element("h2", {}, "You have seen every country!"), element("p", {}, `All ${formatNumber(all)} of them.`)];
    if (!this.#site.store.isEmpty) return [element("p", {}, `${formatNumber(left)} of ${formatCount(all, "country")} are still to be seen. Those that you want come first.`)];
    const link = element("a", { href: MY_FILMS }, "Add your films");
    return [element("p", {}, `All ${formatCount(all, "country")} are here, as this browser knows none of your films. `, link, " to leave out what you have seen, or mark it here.")];
  }

  async #save() {
    const { downloadCsv } = await import("../my-films/files.js");
    const address = (path) => new URL(path, location.href).href;
    const rows = this.#continents.flatMap((continent) =>
      continent.chosen.map(({ name, film }) => [continent.name, name, film.name, film.year, address(filmUrl(film.id)), imdbOf(film)]),
    );
    downloadCsv("films-of-the-world.csv", [COLUMNS, ...rows]);
  }

  // What can be done with all of it, and the place of a surprise.
  #actions(continents) {
    const shown = continents.some(({ countries }) => countries.length);
    const place = element("div", { class: "surprise" });
    const surprise = surprises(continents).length ? button("Surprise me", () => this.#draw(place), { class: "primary" }) : null;
    const save = shown ? button("Save this list (CSV)", () => this.#save()) : null;
    return surprise || save ? [element("div", { class: "actions" }, surprise, save), place] : [];
  }

  #draw(place) {
    const choices = surprises(this.#continents.map(({ shown }) => shown));
    if (choices.length === 0) return;
    this.#last = randomChoice(choices, this.#last);
    showSurprise(place, this.#last);
    this.#site.map.select([this.#last.code], { follow: true });
  }
}

// What the form asks for, as the end of an address; "" for nothing.
function filtersOf(form) {
  const asked = [...new FormData(form)].filter(([name, value]) => value !== "" && name !== "watch_region");
  const region = form.elements.watch_region?.value;
  if (region && asked.some(([name]) => name === "watch" || name === "providers")) asked.push(["watch_region", region]);
  return new URLSearchParams(asked).toString();
}

function failure(error, again) {
  const words = `There are no films to suggest yet. ${messageOf(error)}`;
  return [element("p", { class: "problem", role: "alert" }, words), button("Try again", again)];
}

function narrowedWords(left, all) {
  if (left === 0) return "No country that is still to be seen has such a film.";
  return `${formatCount(left, "country")} of the ${formatNumber(all)} have such a film and are still to be seen.`;
}

function imdbOf({ facts }) {
  return facts.imdb_id ? imdbUrl(facts.imdb_id) : null;
}

function unseen(continents) {
  return continents.flatMap(({ countries }) => countries).filter(({ isSeen }) => !isSeen);
}

// The countries that have one, with the film that surprises: none that is wanted already, if
// there are others, and one that enough people have rated, if there are any.
function surprises(continents) {
  const choices = unseen(continents)
    .filter(({ films }) => films.length)
    .map((country) => ({ ...country, film: country.films.find(({ isWanted }) => !isWanted) ?? country.films[0] }));
  const fresh = choices.filter(({ film }) => !film.isWanted);
  const rated = fresh.filter(({ film }) => !film.hasFewVotes);
  return [rated, fresh, choices].find(({ length }) => length) ?? [];
}

// One of them, and not the same twice in a row.
function randomChoice(choices, last) {
  const others = choices.length > 1 ? choices.filter(({ code }) => code !== last?.code) : choices;
  return others[Math.floor(Math.random() * others.length)];
}

function showSurprise(place, { code, name, film }) {
  const heading = element("h2", { tabindex: "-1" }, element("a", { href: countryUrl(code) }, name));
  place.replaceChildren(heading, filmCard(film, { isLarge: true }));
  heading.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
  announce(`${name}: ${film.name}${film.year ? `, ${film.year}` : ""}.`);
}

// --- what somebody has chosen on the journey, kept in this browser: which film of a country, and which
// continents are open

// { films: { code: id }, open: [names], or null where nobody has opened or closed any }.
function readJourney() {
  try {
    const { films, open } = JSON.parse(localStorage.getItem(KEY));
    return { films: { ...films }, open: Array.isArray(open) ? open : null };
  } catch {
    return { films: {}, open: null };
  }
}

function keepJourney(journey) {
  try {
    localStorage.setItem(KEY, JSON.stringify(journey));
  } catch {
    // It is there until the page is left.
  }
}
