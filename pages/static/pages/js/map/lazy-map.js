// The map, loaded lazily, as the other modules know it: there at once, whether the real one is
// drawn already, only after somebody has tried again, or never.

import { navigate } from "../shell/navigation.js";
import { API_COUNTRIES, countryUrl, fetchJson } from "../shell/site.js";

// Loads and draws the map; it follows the pages and the pages follow it.
export function startMap(section) {
  const map = new LazyMap(section);
  section.addEventListener("country", ({ detail }) => navigate(countryUrl(detail.code) + map.query));
  section.addEventListener("tapped", (event) => {
    event.preventDefault();
    startSheet(map, event.detail);
  });
  section.addEventListener("pointed", ({ detail }) => fillCard(map, detail));
  nameCountries(map);
  select(map);
  document.addEventListener("panel", () => select(map));
  return map;
}

// Keeps the last arguments of each call, and replays them on the real map as soon as it is drawn.
// It dispatches "marks" when what a person has seen is others, and "countries" when they are known.
class LazyMap extends EventTarget {
  // The countries as the API has them, by code; empty until it has answered.
  countries = new Map();
  // What a person has seen and wants, as `mark` was told last; null for nothing.
  marks = null;
  // The end of the address that a country is opened by.
  query = "";
  // The decades whose films are shown, {since, until} by their first years; null for all.
  time = null;
  #section;
  #state = new Map();
  #drawn = null;
  #drawing;

  constructor(section) {
    super();
    this.#section = section;
    this.#draw();
  }

  // Settles when the map is drawn; rejects when it cannot be.
  get ready() {
    return this.#drawing;
  }

  names(...values) {
    this.#set("names", values);
  }

  shade(...values) {
    this.#set("shade", values);
  }

  mark(marks) {
    this.marks = marks;
    this.#set("mark", [marks]);
    this.dispatchEvent(new Event("marks"));
  }

  show(...values) {
    this.#set("show", values);
  }

  select(...values) {
    this.#set("select", values);
  }

  frame(codes) {
    this.#drawn?.frame(codes);
  }

  light(codes) {
    this.#drawn?.light(codes);
  }

  uncover(...values) {
    this.#drawn?.uncover(...values);
  }

  focus(code) {
    this.#drawn?.focus(code);
  }

  // Of the map as it is now; there has to be one.
  image(...values) {
    return this.#drawn.image(...values);
  }

  #draw() {
    this.#drawing = this.#load();
    this.#drawing.catch((error) => console.warn(error));
  }

  // Apart from the rest, so that a map that cannot be loaded breaks nothing else.
  async #load() {
    const { worldMap } = await import("./world-map.js");
    this.#drawn = await worldMap(this.#section, { again: () => this.#draw() });
    this.#state.forEach((values, name) => this.#drawn[name](...values));
  }

  #set(name, values) {
    this.#state.set(name, values);
    this.#drawn?.[name](...values);
  }
}

// Without an answer the map has its own names and one colour.
async function nameCountries(map) {
  try {
    const countries = await fetchJson(API_COUNTRIES);
    map.countries = new Map(countries.map((country) => [country.code, country]));
    map.names(new Map(countries.map(({ code, name }) => [code, name])));
    map.shade(new Map(countries.map(({ code, rated }) => [code, rated])));
    map.dispatchEvent(new Event("countries"));
  } catch (error) {
    console.warn(error);
  }
}

async function startSheet(map, { code, others }) {
  try {
    const { showSheet } = await import("./sheet.js");
    showSheet(map, code, others);
  } catch {
    navigate(countryUrl(code));
  }
}

// What the tip says is enough where this cannot be loaded.
async function fillCard(map, { code, tip }) {
  try {
    const { addToCard } = await import("./card.js");
    await addToCard(map, code, tip);
  } catch (error) {
    console.warn(error);
  }
}

function select(map) {
  const { shownCountries = "", shownContinent } = document.querySelector("#panel").dataset;
  const codes = shownCountries.split(" ").filter(Boolean);
  map.select(codes, { follow: true, isContinent: shownContinent !== undefined });
}
