// A continent of the journey: its countries are put into the page when it is opened.

import { element } from "../shell/dom.js";
import { formatCount, formatNumber } from "../shell/format.js";
import { CountryEntry } from "./country-entry.js";

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

  // The continent as it is shown, as picks.js has it.
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
