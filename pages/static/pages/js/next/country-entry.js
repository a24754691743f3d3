// A country of the journey with its film, which can be swapped for another and ticked off.

import { button, element } from "../shell/dom.js";
import { announce } from "../shell/panel.js";
import { countryUrl } from "../shell/urls.js";
import { filmCard } from "./film-card.js";

export class CountryEntry {
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
