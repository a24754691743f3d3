// What the map shows: a person's films once there are any, or everybody's again.

import { byCountry } from "./tally.js";

export class FilmsMap {
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

  // A PNG of the map with these words; `title` is a line, `lines` are more of them.
  image(words) {
    return this.#map.image(words);
  }

  #mark() {
    const isMine = this.#showsMine && !this.#store.isEmpty;
    this.#map.mark(isMine ? byCountry(this.#store.films) : null);
  }
}
