// What the map shows: a person's films once there are any, or everybody's again.

import { countByCountry } from "./statistics.js";

export class MyFilmsMap {
  #map;
  #store;
  #showsMine = true;

  constructor(map, store) {
    this.#map = map;
    this.#store = store;
    store.addEventListener("change", () => this.#mark());
    this.#mark();
  }

  get showsMine() {
    return this.#showsMine;
  }

  set showsMine(mine) {
    this.#showsMine = mine;
    this.#mark();
  }

  select(codes) {
    this.#map.select(codes, { follow: true });
  }

  // A PNG of the map with the person's films, whatever it shows, and with these words: `title` is
  // a line, `lines` are more of them. Waits for the map; rejects when it cannot be drawn.
  async image(words) {
    await this.#map.ready;
    // Between these the browser paints nothing, and nobody can choose anything else.
    this.#mark({ isMine: true });
    const image = this.#map.image(words);
    this.#mark();
    return image;
  }

  #mark({ isMine = this.#showsMine } = {}) {
    this.#map.mark(isMine && !this.#store.isEmpty ? countByCountry(this.#store.films) : null);
  }
}
