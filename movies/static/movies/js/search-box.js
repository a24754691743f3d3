// The search box of the header: films are shown below it as their names are typed, and chosen
// with the mouse or the keyboard. It is the combobox of the ARIA Authoring Practices, with a
// list that the focus never enters: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

import { ask, reason } from "./asking.js";
import { filmPage } from "./addresses.js";
import { visit } from "./navigation.js";
import { announce } from "./panel.js";
import { Suggestions } from "./suggestions.js";

const PAUSE = 150; // milliseconds without a key until the server is asked
const MOST = 8; // films

export function startSearch(form) {
  const box = new SearchBox(form);
  form.addEventListener("submit", () => box.close());
  document.addEventListener("panel", () => box.leave());
}

class SearchBox {
  #form;
  #input;
  #list;
  #timer = 0;
  #asking = new AbortController();
  #asked = null; // the name for which an answer is under way

  constructor(form) {
    this.#form = form;
    this.#input = form.querySelector("input");
    this.#list = new Suggestions(form, this.#input, (id) => this.#open(id));
    this.#input.addEventListener("input", () => this.#wait());
    this.#input.addEventListener("keydown", (event) => this.#press(event));
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
    else this.#timer = setTimeout(() => this.#suggest(), PAUSE);
  }

  async #suggest() {
    // Of two answers the later one would take away what has been chosen in the first.
    if (this.#asked === this.#name) return;
    this.#forget();
    this.#asked = this.#name;
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const url = new URL(this.#form.dataset.suggestions, location.href);
    url.search = new URLSearchParams({ name: this.#name, limit: MOST });
    try {
      const response = await ask(url, { accept: "application/json", signal });
      const answer = await response.json();
      if (!signal.aborted) this.#show(response.ok ? answer.results : []);
    } catch (error) {
      if (!signal.aborted) this.#list.say(reason(error));
    }
    if (!signal.aborted) this.#asked = null;
  }

  // What is waiting or under way.
  #forget() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asked = null;
  }

  #show(films) {
    if (films.length === 0) {
      this.#list.say("No film is known by this name.");
      return;
    }
    this.#list.show(films);
    announce(films.length === 1 ? "1 film" : `${films.length} films`);
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

  #move(step, isAlone) {
    if (!this.#list.isShown) {
      if (this.#name !== "") this.#suggest();
    } else if (isAlone && step < 0) {
      this.close();
    } else {
      this.#list.move(step);
    }
  }

  #open(id) {
    this.close();
    visit(filmPage(id));
  }

  get #name() {
    return this.#input.value.trim();
  }
}
