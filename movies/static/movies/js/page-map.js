// The map as the other modules know it: there at once, whether the real one is drawn already,
// only after somebody has tried again, or never.

import { answerOf } from "./answers.js";
import { visit } from "./navigation.js";

// Loads and draws the map; it follows the pages and the pages follow it.
export function startMap(section) {
  const map = new PageMap(section);
  section.addEventListener("country", ({ detail }) => visit(`/countries/${detail.code}/`));
  tellCountries(map, section.dataset.countries);
  select(map);
  document.addEventListener("panel", () => select(map));
  draw(section);
  return map;
}

// Keeps what the map was told last, and tells it to the real one as soon as that is ready.
class PageMap {
  #told = new Map();
  #drawn = null;
  #ready;

  constructor(section) {
    this.#ready = new Promise((resolve) => {
      section.addEventListener("ready", ({ detail }) => {
        this.#drawn = detail.map;
        this.#told.forEach((values, name) => this.#drawn[name](...values));
        resolve();
      });
    });
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

  // Waits for the map to be drawn.
  async image(...values) {
    await this.#ready;
    return this.#drawn.image(...values);
  }

  #tell(name, values) {
    this.#told.set(name, values);
    this.#drawn?.[name](...values);
  }
}

// Apart from the rest, so that a map that cannot be loaded breaks nothing else.
async function draw(section) {
  try {
    const { worldMap } = await import("./map.js");
    await worldMap(section, { url: section.dataset.world });
  } catch (error) {
    console.warn(error);
  }
}

// Without an answer the map has its own names and one colour.
async function tellCountries(map, url) {
  try {
    const countries = await answerOf(url);
    map.names(new Map(countries.map(({ code, name }) => [code, name])));
    map.shade(new Map(countries.map(({ code, rated }) => [code, rated])));
  } catch (error) {
    console.warn(error);
  }
}

function select(map) {
  const codes = document.querySelector("#panel").dataset.countries ?? "";
  map.select(codes.split(" ").filter(Boolean), { follow: true });
}
