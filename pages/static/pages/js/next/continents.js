// The continents of the journey: which of their countries are still to be seen and with which films, and
// how that is shown, of a continent when it is opened.

import { apiFilm, bestFilm, filmCard } from "../marks/controls.js";
import { countByCountry, isCounted } from "../my-films/countries.js";
import { button, compareNames, element, formatCount, formatNumber } from "../shell/content.js";
import { announce } from "../shell/navigation.js";
import { countryUrl } from "../shell/site.js";

const FILMS_EACH = 3;

// By continent, in the order of their names: [{ name, all, countries: [{ code, name, films, isSeen }] }],
// `all` the number of its countries with the seen ones. `best` is the answer of best/; a film is what
// filmCard() takes, with `isWanted`. What is wanted comes first, and what has few votes last, as in `best`. The countries of
// `staying` are there although a film of them is seen. With `isNarrowed` only the films of `best`
// are there, and the countries that have one.
export function pickFilms(films, countries, best, { staying = new Set(), isNarrowed = false } = {}) {
  const { seen } = countByCountry(films);
  const bestOf = new Map(best.countries.map(({ country_code: code, movies }) => [code, movies]));
  const wantedOf = isNarrowed ? new Map() : wantedByCountry(films);
  const continents = new Map();
  for (const country of countries.filter((one) => isCounted(one))) {
    const continent = continentOf(continents, country);
    continent.all += 1;
    const { code, name } = country;
    const isSeen = seen.has(code);
    if (isSeen && !staying.has(code)) continue;
    const choice = filmsOf(wantedOf.get(code) ?? [], bestOf.get(code) ?? [], isNarrowed ? Infinity : FILMS_EACH);
    if (choice.length || !isNarrowed) continent.countries.push({ code, name, films: choice, isSeen });
  }
  return [...continents.values()].sort((a, b) => compareNames(a.name, b.name));
}

function continentOf(continents, country) {
  const name = country.continent || "Elsewhere";
  if (!continents.has(name)) continents.set(name, { name, all: 0, countries: [] });
  return continents.get(name);
}

function wantedByCountry(films) {
  const wanted = new Map();
  for (const film of films.values()) {
    if (film.seen) continue;
    for (const code of film.countries) wanted.set(code, [...(wanted.get(code) ?? []), film]);
  }
  return wanted;
}

function filmsOf(wanted, best, most) {
  const bestWanted = wanted.toSorted((a, b) => (b.world ?? 0) - (a.world ?? 0)).slice(0, most);
  const ids = new Set(bestWanted.map(({ id }) => id));
  return [
    ...bestWanted.map((film) => ({ ...film, isWanted: true, facts: apiFilm(film) })),
    ...best.filter(({ id }) => !ids.has(id)).map(bestFilm),
  ].slice(0, most);
}

export class Continent {
  #continent;
  #kept;
  #onChange;
  #entries = new Map(); // by code, once they are shown
  #wasOpen;
  #words = element("span", { class: "quiet" });
  element;

  // `kept` are the ids of the films that somebody has chosen, by code; it is changed here.
  constructor(continent, kept, { isOpen, onChange }) {
    this.#continent = continent;
    this.#kept = kept;
    this.#onChange = onChange;
    const heading = element("summary", {}, element("h2", {}, continent.name), " ", this.#words);
    this.element = element("details", { class: "continent", ontoggle: () => this.#onToggle() }, heading);
    this.#showWords();
    this.element.open = isOpen;
    this.#wasOpen = isOpen;
    if (isOpen) this.#fill();
  }

  get name() {
    return this.#continent.name;
  }

  get codes() {
    return this.#continent.countries.map(({ code }) => code);
  }

  get isOpen() {
    return this.element.open;
  }

  // The continent as it is shown, as pickFilms() has it.
  get shown() {
    return this.#continent;
  }

  // [{ name, film }] of those that are still to be seen.
  get chosen() {
    return this.#continent.countries
      .filter(({ films, isSeen }) => films.length && !isSeen)
      .map(({ code, name, films }) => ({ name, film: this.#entries.get(code)?.film ?? keptFilm(films, this.#kept[code]) }));
  }

  // Whether it has the same countries.
  takes({ name, countries }) {
    return name === this.name && countries.map(({ code }) => code).join() === this.codes.join();
  }

  update(continent) {
    this.#continent = continent;
    this.#showWords();
    for (const country of continent.countries) this.#entries.get(country.code)?.update(country);
  }

  #showWords() {
    const left = this.#continent.countries.filter(({ isSeen }) => !isSeen).length;
    this.#words.textContent = `${formatNumber(left)} of ${formatCount(this.#continent.all, "country")} to see`;
  }

  #onToggle() {
    if (this.isOpen === this.#wasOpen) return; // it was made so
    this.#wasOpen = this.isOpen;
    if (this.isOpen) this.#fill();
    this.#onChange();
  }

  #fill() {
    if (this.#entries.size) return;
    const onSwap = (code, id) => {
      this.#kept[code] = id;
      this.#onChange();
    };
    for (const country of this.#continent.countries) {
      this.#entries.set(country.code, new CountryEntry(country, this.#kept[country.code], onSwap));
    }
    this.element.append(...[...this.#entries.values()].map((entry) => entry.element));
  }
}

function keptFilm(films, chosen) {
  return films.find(({ id }) => id === chosen) ?? films[0];
}

class CountryEntry {
  #country;
  #at;
  #onSwap;
  #list = element("ol", { role: "list" });
  #done = element("span", { class: "done-word" });
  #swap = button("Another film", () => this.#swapFilm(), { class: "swap" });
  element;

  // `chosen` is the id of the film that was left here, if any; `onSwap` hears of another.
  constructor(country, chosen, onSwap) {
    this.#onSwap = onSwap;
    this.#country = country;
    this.#at = Math.max(country.films.findIndex(({ id }) => id === chosen), 0);
    const name = element("a", { href: countryUrl(country.code) }, country.name);
    this.#swap.setAttribute("aria-label", `Another film from ${country.name}`);
    this.element = element(
      "section",
      { class: "to-see" },
      element("div", { class: "to-see-head" }, element("h3", {}, name), this.#done, this.#swap),
      this.#list,
    );
    this.#show();
  }

  // The film that is shown; undefined where there is none.
  get film() {
    return this.#country.films[this.#at];
  }

  // The same country after something has been marked. Its film stays while it is seen.
  update(country) {
    const shown = this.film;
    this.#country = country.isSeen ? { ...country, films: this.#country.films } : country;
    const at = this.#country.films.findIndex(({ id }) => id === shown?.id);
    this.#at = Math.max(at, 0);
    if (this.film?.id !== shown?.id) this.#show();
    else this.#showState();
  }

  #swapFilm() {
    this.#at = (this.#at + 1) % this.#country.films.length;
    this.#show();
    this.#onSwap(this.#country.code, this.film.id);
    announce(`${this.#country.name}: ${this.film.name}${this.film.year ? `, ${this.film.year}` : ""}.`);
  }

  #show() {
    const none = element("li", { class: "quiet" }, "Only short films so far.");
    this.#list.replaceChildren(this.film ? element("li", {}, filmCard(this.film)) : none);
    this.#showState();
  }

  #showState() {
    const { isSeen, films } = this.#country;
    this.element.classList.toggle("done", isSeen);
    this.#done.textContent = isSeen ? "✓ seen" : "";
    this.#swap.hidden = films.length < 2 || isSeen;
  }
}
