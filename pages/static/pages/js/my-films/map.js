// What the map shows: what a page wants it to, a person's films once there are any, or everybody's.

import { API_COUNTRIES, fetchJson } from "../shell/site.js";
import { shadeOwn } from "./shades.js";

export class MyFilmsMap {
  #map;
  #store;
  #showsMine = true;
  #ofPage = null; // how the page that is shown has the map coloured, if it does

  constructor(map, store) {
    this.#map = map;
    this.#store = store;
    store.addEventListener("change", () => this.update());
    this.update();
  }

  get showsMine() {
    return this.#showsMine;
  }

  set showsMine(mine) {
    this.#showsMine = mine;
    this.update();
  }

  // In a page's own way, one of shades.js's, until another page comes; null for the usual one.
  show(shading) {
    if (this.#ofPage === shading) return;
    this.#ofPage = shading;
    this.update();
  }

  select(...values) {
    this.#map.select(...values);
  }

  update() {
    this.#map.mark(this.#painting());
  }

  // A PNG of the whole world with the person's films, whatever the map shows, and with these words:
  // `title` is a line, `lines` are more of them. Rejects when it cannot be drawn.
  async image(words) {
    const section = document.querySelector("#map");
    const [{ drawMap }, { drawImage }] = await Promise.all([import("../map/drawing.js"), import("../map/image.js")]);
    const [world, rated] = await Promise.all([fetchJson(section.dataset.world), ratedByCountry()]);
    const painting = shadeOwn(this.#store.films)(rated, Object.keys(world.countries));
    const whole = { bounds: { left: 0, top: 0, width: world.width, height: world.height } };
    return drawImage(section, drawMap(world), whole, { ...painting, classes: painting.shades }, words);
  }

  #painting() {
    const { films, isEmpty } = this.#store;
    if (this.#ofPage) return this.#ofPage;
    return this.#showsMine && !isEmpty ? shadeOwn(films) : null;
  }
}

// Empty where nobody says.
async function ratedByCountry() {
  try {
    return new Map((await fetchJson(API_COUNTRIES)).map(({ code, rated }) => [code, rated]));
  } catch {
    return new Map();
  }
}
