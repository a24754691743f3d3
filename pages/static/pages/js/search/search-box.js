// The search box of the header: countries, people and films are shown below it as their names are
// typed, and chosen with the mouse or the keyboard. It is the combobox of the ARIA Authoring Practices, with a
// list that the focus never enters: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

import { formatCount } from "../shell/content.js";
import { announce, navigate } from "../shell/navigation.js";
import { apiSearchUrl, fetchText, messageOf } from "../shell/site.js";
import { Suggestions } from "./suggestions.js";

const DEBOUNCE = 150; // milliseconds without a key until the server is asked
const LIMIT = 8; // films
const MOST_OF_OTHERS = 3; // countries, and people

export function startSearchBox(form) {
  const box = new SearchBox(form);
  form.addEventListener("submit", () => box.close());
  document.addEventListener("panel", () => box.leave());
}

class SearchBox {
  #input;
  #list;
  #timer = 0;
  #request = new AbortController();
  #requested = null; // the name for which an answer is under way
  #shown = null; // the name that the list was made for
  #steps = 0; // arrows that wait for a list: down counts up

  constructor(form) {
    this.#input = form.querySelector("input");
    this.#list = new Suggestions(form, this.#input, (address) => this.#open(address));
    this.#input.addEventListener("input", () => this.#onInput());
    this.#input.addEventListener("keydown", (event) => this.#onKeydown(event));
    // The list stays as it is under a pointer that is about to choose from it.
    form.addEventListener("pointerdown", ({ target }) => {
      if (target.closest("[role=listbox]")) this.#cancel();
    });
    form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!form.contains(relatedTarget)) this.close();
    });
    // What was typed before this was here.
    if (document.activeElement === this.#input) this.#onInput();
  }

  close() {
    this.#cancel();
    this.#list.hide();
  }

  // Another page has come, which may be while somebody is typing here already.
  leave() {
    if (document.activeElement !== this.#input) this.close();
  }

  #onInput() {
    // It was chosen for other words, and Enter is not to open it.
    this.#list.unchoose();
    this.#cancel();
    if (this.#name === "") this.#list.hide();
    else if (!this.#isCurrent) this.#timer = setTimeout(() => this.#suggest(), DEBOUNCE);
  }

  async #suggest() {
    const name = this.#name;
    if (this.#requested === name) return; // it is coming
    clearTimeout(this.#timer);
    this.#request.abort();
    this.#request = new AbortController();
    this.#requested = name;
    const { signal } = this.#request;
    try {
      const { ok, text } = await fetchText(apiSearchUrl(name, LIMIT, { hints: 1 }), { accept: "application/json", signal });
      if (!signal.aborted) this.#show(name, ok ? JSON.parse(text) : {});
    } catch (error) {
      if (!signal.aborted) this.#list.say(messageOf(error));
    }
    if (!signal.aborted) this.#cancel();
  }

  // What is waiting or under way.
  #cancel() {
    clearTimeout(this.#timer);
    this.#request.abort();
    this.#requested = null;
    this.#steps = 0;
  }

  #show(name, { countries = [], people = [], results: films = [], hints = {} }) {
    const nearest = hints.nearest ?? null;
    const called = (nearest?.countries ?? countries).slice(0, MOST_OF_OTHERS);
    const known = (nearest?.people ?? people).slice(0, MOST_OF_OTHERS);
    const place = hints.place ? { typed: name, ...hints.place } : null;
    if (films.length + called.length + known.length === 0 && !place) {
      this.#list.say("No film is known by this name.");
      return;
    }
    this.#list.show({ place, countries: called, people: known, films, isGuess: nearest !== null });
    this.#shown = name;
    const counts = [[called, "country"], [known, "person"], [films, "film"]].filter(([found]) => found.length);
    const words = counts.map(([found, noun]) => formatCount(found.length, noun)).join(", ");
    announce(nearest ? `Nothing is called “${name}”. The nearest: ${words}` : words);
    if (this.#steps) this.#list.move(this.#steps);
  }

  #onKeydown(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const { key, altKey } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      this.#move(key === "ArrowDown" ? 1 : -1, altKey);
    } else if (key === "Enter" && this.#list.chosen !== null) {
      event.preventDefault();
      this.#open(this.#list.chosen);
    } else if (key === "Escape" && this.#list.isShown) {
      // It would empty the field as well.
      event.preventDefault();
      this.close();
    }
  }

  // A list that is still that of other words is not chosen from: the arrow waits for the one that
  // is asked for. With Alt it opens the list or closes it, and chooses nothing.
  #move(step, isAlone) {
    const steps = isAlone ? 0 : step;
    if (isAlone && step < 0) this.close();
    else if (this.#isCurrent) this.#list.move(steps);
    else if (this.#name !== "") {
      this.#steps += steps;
      this.#suggest();
    }
  }

  #open(address) {
    this.close();
    navigate(address);
  }

  // Whether the list that is shown is that of the words in the box.
  get #isCurrent() {
    return this.#list.isShown && this.#shown === this.#name;
  }

  get #name() {
    return this.#input.value.trim();
  }
}
