// The search box of the header: films are shown below it as their names are typed, and chosen
// with the mouse or the keyboard. It is the combobox of the ARIA Authoring Practices, with a
// list that the focus never enters: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

import { apiSearch, filmPage } from "./addresses.js";
import { ask, reason } from "./asking.js";
import { visit } from "./navigation.js";
import { announce } from "./panel.js";
import { Suggestions } from "./suggestions.js";
import { count } from "./words.js";

const PAUSE = 150; // milliseconds without a key until the server is asked
const MOST = 8; // films

export function startSearch(form) {
  const box = new SearchBox(form);
  form.addEventListener("submit", () => box.close());
  document.addEventListener("panel", () => box.leave());
}

class SearchBox {
  #input;
  #list;
  #timer = 0;
  #asking = new AbortController();
  #asked = null; // the name for which an answer is under way
  #answered = null; // the name that the list was made for
  #steps = 0; // arrows that wait for a list: down counts up

  constructor(form) {
    this.#input = form.querySelector("input");
    this.#list = new Suggestions(form, this.#input, (id) => this.#open(id));
    this.#input.addEventListener("input", () => this.#wait());
    this.#input.addEventListener("keydown", (event) => this.#press(event));
    // The list stays as it is under a pointer that is about to choose from it.
    form.addEventListener("pointerdown", ({ target }) => {
      if (target.closest("[role=listbox]")) this.#forget();
    });
    form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!form.contains(relatedTarget)) this.close();
    });
  }

  close() {
    this.#forget();
    this.#list.hide();
  }

  // Another page has come, which may be while somebody is typing here already.
  leave() {
    if (document.activeElement !== this.#input) this.close();
  }

  #wait() {
    // It was chosen for other words, and Enter is not to open it.
    this.#list.unchoose();
    this.#forget();
    if (this.#name === "") this.#list.hide();
    else if (!this.#isAnswered) this.#timer = setTimeout(() => this.#suggest(), PAUSE);
  }

  async #suggest() {
    const name = this.#name;
    if (this.#asked === name) return; // it is coming
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#asked = name;
    const { signal } = this.#asking;
    try {
      const { ok, text } = await ask(apiSearch(name, MOST), { accept: "application/json", signal });
      if (!signal.aborted) this.#show(name, ok ? JSON.parse(text).results : []);
    } catch (error) {
      if (!signal.aborted) this.#list.say(reason(error));
    }
    if (!signal.aborted) this.#forget();
  }

  // What is waiting or under way.
  #forget() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asked = null;
    this.#steps = 0;
  }

  #show(name, films) {
    if (films.length === 0) {
      this.#list.say("No film is known by this name.");
      return;
    }
    this.#list.show(films);
    this.#answered = name;
    announce(count(films.length, "film"));
    if (this.#steps) this.#list.move(this.#steps);
  }

  #press(event) {
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
    else if (this.#isAnswered) this.#list.move(steps);
    else if (this.#name !== "") {
      this.#steps += steps;
      this.#suggest();
    }
  }

  #open(id) {
    this.close();
    visit(filmPage(id));
  }

  // Whether the list that is shown is that of the words in the box.
  get #isAnswered() {
    return this.#list.isShown && this.#answered === this.#name;
  }

  get #name() {
    return this.#input.value.trim();
  }
}
