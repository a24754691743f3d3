// Uploads files to add their films to a person's, and shows the progress at the lower edge of
// whatever page is looked at: being sent, being matched, added, or why not.

import { button, element, formatCount, formatNumber } from "../shell/content.js";
import { announce } from "../shell/navigation.js";
import { MY_FILMS } from "../shell/site.js";
import { readBackup } from "./files.js";
import { UploadError, upload } from "./upload.js";

const MAX_NAMES = 3; // of files that could not be read

export class Uploader {
  #store;
  #bar = element("section", { class: "adding", "aria-label": "Adding films", hidden: true });
  #queue = []; // files that came while others are being sent
  #failed = []; // why files that came with these were not added: { words, again }, the files to try again
  #isBusy = false;
  #listsAreSeen = false; // whether the films of lists that are added are seen ones

  constructor(store) {
    this.#store = store;
    document.body.append(this.#bar);
    // What has been read when somebody goes on to another page.
    document.addEventListener("panel", () => {
      if (this.#bar.dataset.state === "done") this.#hide();
    });
  }

  refuseFolder() {
    this.#showFailure(new UploadError("A folder cannot be read: drop the files that are in it."), []);
  }

  async add(files, { listsAreSeen = this.#listsAreSeen } = {}) {
    this.#listsAreSeen = listsAreSeen;
    this.#queue.push(...files);
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#failed = [];
    try {
      while (this.#queue.length) await this.#take(this.#queue.splice(0));
    } finally {
      this.#isBusy = false;
    }
  }

  // What this site has exported is brought back here; the server is sent the others.
  async #take(files) {
    const others = [];
    for (const file of files) {
      const text = await readBackup(file);
      if (text === null) others.push(file);
      else this.#bringBack(file, text);
    }
    if (others.length) await this.#send(others);
  }

  #bringBack(file, text) {
    try {
      const words = `Brought back ${formatCount(this.#store.bringBack(text), "film")} from ${file.name}.`;
      this.#show("done", element("p", {}, words), this.#undoButton(), this.#closeButton());
    } catch {
      this.#showFailure(new UploadError(`${file.name} is a file of this site’s, but cannot be read any more.`), []);
    }
  }

  async #send(files) {
    const cancelling = new AbortController();
    const progress = this.#showProgress(namesOf(files), () => cancelling.abort());
    try {
      const answer = await upload(files, {
        listsAreSeen: this.#listsAreSeen,
        onSent: progress,
        signal: cancelling.signal,
      });
      const before = this.#store.films.size;
      this.#store.add(answer);
      this.#showAdded(addedWords(this.#store, answer, this.#store.films.size - before));
    } catch (error) {
      // What is still waiting may be good, and is sent all the same.
      if (error instanceof UploadError) return this.#showFailure(error, files);
      this.#queue.length = 0;
      if (!cancelling.signal.aborted) throw error;
      this.#showCancelled();
    }
  }

  #showProgress(names, cancel) {
    const words = element("p", {}, `Sending ${names}…`);
    const bar = element("progress", { max: 1, value: 0, "aria-label": "Sent" });
    this.#show("under-way", ...this.#failures(), words, bar, button("Cancel", cancel));
    announce(`Sending ${names}.`);
    return (share) => {
      bar.value = share;
      if (share < 1 || !bar.hasAttribute("value")) return;
      bar.removeAttribute("value"); // nobody knows how long matching takes
      words.textContent = `Matching the films of ${names}…`;
    };
  }

  #showAdded(words) {
    const link = isMyFilms() ? null : element("a", { href: MY_FILMS }, "See my films");
    const state = this.#failed.length ? "failed" : "done";
    this.#show(state, ...this.#failures(), element("p", {}, words), link, this.#retryButton(), this.#undoButton(), this.#closeButton());
    announce(words);
  }

  #undoButton() {
    return button("Undo", () => {
      this.#store.undo();
      this.#hide();
    });
  }

  #showCancelled() {
    this.#hide();
    announce("Cancelled: nothing was added.");
  }

  #showFailure(failure, files) {
    if (!this.#isBusy) this.#failed = [];
    this.#failed.push({ words: failure.message, again: failure.again ? files : [] });
    this.#show("failed", ...this.#failures(), this.#retryButton(), this.#closeButton());
    announce(failure.message);
  }

  #failures() {
    return this.#failed.map(({ words }) => element("p", {}, words));
  }

  #retryButton() {
    const files = this.#failed.flatMap(({ again }) => again);
    return files.length ? button("Try again", () => this.add(files)) : null;
  }

  #closeButton() {
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

// What has become of every row of the files.
function addedWords(store, answer, added) {
  const { files, summary: { rows }, unread = [] } = answer;
  const names = new Set(files.map(({ file }) => file));
  const these = store.files.filter(({ name, source }) => files.some((one) => one.file === name && one.source === source));
  const sum = (name) => these.reduce((total, file) => total + file[name], 0);
  const before = sum("films") - added;
  const unplaced = store.unplaced.filter(({ file }) => names.has(file)).length;
  const guessed = these.reduce((total, file) => total + file.guessed.length, 0);
  const is = (number) => (number === 1 ? "is" : "are");
  return [
    `Added ${formatCount(added, "film")} from ${formatCount(rows, "row")}.`,
    before > 0 ? `${formatNumber(before)} ${before === 1 ? "was" : "were"} here already.` : "",
    unplaced ? `${formatCount(unplaced, "row")} could not be placed.` : "",
    lookedUpWords(answer),
    sum("duplicates") ? `${formatCount(sum("duplicates"), "row")} ${sum("duplicates") === 1 ? "repeats another" : "repeat others"}.` : "",
    sum("leftOut") ? `${formatCount(sum("leftOut"), "row")} ${is(sum("leftOut"))} left out, as you have said.` : "",
    sum("blank") ? `${formatCount(sum("blank"), "row")} ${is(sum("blank"))} empty.` : "",
    guessed ? `${formatCount(guessed, "film")} may be another one: look at them on My films.` : "",
    unread.length ? `${formatCount(unread.length, "file")} could not be read: ${listed(unread)}.` : "",
  ].filter(Boolean).join(" ");
}

// Of so many rows that there was no time to look for films that all of them could be.
function lookedUpWords({ unmatched, candidates_looked_up: number = unmatched.length }) {
  const lacking = unmatched.filter(({ reason, name }) => name && (reason === "not_in_catalogue" || reason === "invalid_row"));
  if (lacking.length <= number) return "";
  return `Films that they could be were looked for in the first ${formatCount(number, "row")}; My films looks for more when you ask for it.`;
}

function namesOf(files) {
  return files.length === 1 ? files[0].name : `${formatNumber(files.length)} files`;
}

function listed(unread) {
  const names = unread.slice(0, MAX_NAMES).map(({ file }) => file);
  return unread.length > MAX_NAMES ? `${names.join(", ")}, …` : names.join(", ");
}

function isMyFilms() {
  return location.pathname === MY_FILMS;
}
