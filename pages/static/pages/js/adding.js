// Adds files to a person's films, and shows how far that is at the lower edge of whatever page is
// looked at: being sent, being matched, added, or why not.

import { MY_FILMS } from "./addresses.js";
import { acceptDrops } from "./drop.js";
import { button, element } from "./elements.js";
import { announce } from "./panel.js";
import { UploadFailed, upload } from "./upload.js";
import { count, number } from "./words.js";

export class Adding {
  #store;
  #bar = element("section", { class: "adding", "aria-label": "Adding films", hidden: true });
  #waiting = []; // files that came while others are being sent
  #failed = []; // why files that came with these were not added: { words, again }, the files to try again
  #isBusy = false;

  constructor(store) {
    this.#store = store;
    document.body.append(this.#bar);
    // What has been read when somebody goes on to another page.
    document.addEventListener("panel", () => {
      if (this.#bar.dataset.state === "done") this.#hide();
    });
    acceptDrops({
      onFiles: (files) => this.add(files),
      onFolder: () => this.#refuse(new UploadFailed("A folder cannot be read: drop the files that are in it."), []),
    });
  }

  async add(files) {
    if (files.length === 0) return;
    this.#waiting.push(...files);
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#failed = [];
    try {
      while (this.#waiting.length) await this.#send(this.#waiting.splice(0));
    } finally {
      this.#isBusy = false;
    }
  }

  async #send(files) {
    const cancelling = new AbortController();
    const progress = this.#showProgress(namesOf(files), () => cancelling.abort());
    try {
      const answer = await upload(files, { onSent: progress, signal: cancelling.signal });
      const before = this.#store.films.size;
      this.#store.add(answer);
      this.#showAdded(answer.summary, this.#store.films.size - before);
    } catch (error) {
      // What is still waiting may be good, and is sent all the same.
      if (error instanceof UploadFailed) return this.#refuse(error, files);
      this.#waiting.length = 0;
      if (!cancelling.signal.aborted) throw error;
      this.#cancelled();
    }
  }

  #showProgress(names, cancel) {
    const words = element("p", {}, `Sending ${names}…`);
    const bar = element("progress", { max: 1, value: 0, "aria-label": "Sent" });
    this.#show("under-way", ...this.#whyNot(), words, bar, button("Cancel", cancel));
    announce(`Sending ${names}.`);
    return (share) => {
      bar.value = share;
      if (share < 1 || !bar.hasAttribute("value")) return;
      bar.removeAttribute("value"); // nobody knows how long matching takes
      words.textContent = `Matching the films of ${names}…`;
    };
  }

  #showAdded({ rows, matched, unmatched }, added) {
    const before = matched - added;
    const known = before ? ` ${number(before)} ${before === 1 ? "was" : "were"} here already.` : "";
    const unplaced = unmatched ? ` ${count(unmatched, "row")} could not be placed.` : "";
    const words = `Added ${count(added, "film")} from ${count(rows, "row")}.${known}${unplaced}`;
    const link = isMyFilms() ? null : element("a", { href: MY_FILMS }, "See my films");
    const state = this.#failed.length ? "failed" : "done";
    this.#show(state, ...this.#whyNot(), element("p", {}, words), link, this.#again(), this.#close());
    announce(words);
  }

  #cancelled() {
    this.#hide();
    announce("Cancelled: nothing was added.");
  }

  #refuse(failure, files) {
    if (!this.#isBusy) this.#failed = [];
    this.#failed.push({ words: failure.message, again: failure.again ? files : [] });
    this.#show("failed", ...this.#whyNot(), this.#again(), this.#close());
    announce(failure.message);
  }

  #whyNot() {
    return this.#failed.map(({ words }) => element("p", {}, words));
  }

  #again() {
    const files = this.#failed.flatMap(({ again }) => again);
    return files.length ? button("Try again", () => this.add(files)) : null;
  }

  #close() {
    return button("Close", () => this.#hide());
  }

  #show(state, ...content) {
    const hadFocus = this.#bar.contains(document.activeElement);
    this.#bar.dataset.state = state;
    this.#bar.replaceChildren(...content.filter((part) => part !== null));
    this.#bar.hidden = false;
    // Where the button that was pressed has gone, the keyboard goes on at the next one.
    if (hadFocus) this.#bar.querySelector("button, a")?.focus();
  }

  #hide() {
    const hadFocus = this.#bar.contains(document.activeElement);
    this.#bar.hidden = true;
    if (hadFocus) document.querySelector("#film-files, #panel").focus({ preventScroll: true });
  }
}

function namesOf(files) {
  return files.length === 1 ? files[0].name : `${number(files.length)} files`;
}

function isMyFilms() {
  return location.pathname === MY_FILMS;
}
