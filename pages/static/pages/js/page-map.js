// The map as the other modules know it: there at once, whether the real one is drawn already,
// only after somebody has tried again, or never.

import { API_COUNTRIES, countryPage } from "./addresses.js";
import { answerOf } from "./answers.js";
import { visit } from "./navigation.js";

// Loads and draws the map; it follows the pages and the pages follow it.
export function startMap(section) {
  const map = new PageMap(section);
  section.addEventListener("country", ({ detail }) => visit(countryPage(detail.code)));
  tellCountries(map);
  select(map);
  document.addEventListener("panel", () => select(map));
  return map;
}

// Keeps what the map was told last, and tells it to the real one as soon as that is drawn.
class PageMap {
  #section;
  #told = new Map();
  #drawn = null;
  #drawing;

  constructor(section) {
    this.#section = section;
    this.#draw();
  }

  // Settles when the map is drawn; rejects when it cannot be.
  get ready() {
    return this.#drawing;
  }

  names(...values) {
    this.#tell("names", values);
  }

  shade(...values) {
    this.#tell("shade", values);
  }

  mark(...values) {
    this.#tell("mark", values);
  }

  select(...values) {
    this.#tell("select", values);
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
    const { worldMap } = await import("./map.js");
    this.#drawn = await worldMap(this.#section, { again: () => this.#draw() });
    this.#told.forEach((values, name) => this.#drawn[name](...values));
  }

  #tell(name, values) {
    this.#told.set(name, values);
    this.#drawn?.[name](...values);
  }
}

// Without an answer the map has its own names and one colour.
async function tellCountries(map) {
  try {
    const countries = await answerOf(API_COUNTRIES);
    map.names(new Map(countries.map(({ code, name }) => [code, name])));
    map.shade(new Map(countries.map(({ code, rated }) => [code, rated])));
  } catch (error) {
    console.warn(error);
  }
}

function select(map) {
  const codes = document.querySelector("#panel").dataset.shownCountries ?? "";
  map.select(codes.split(" ").filter(Boolean), { follow: true });
}
