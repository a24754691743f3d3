// What somebody can do with all of their films at once: save them to a file, take the last change back,
// clear.

import { button, element, formatCount } from "../shell/content.js";
import { announce } from "../shell/navigation.js";
import { saveBackup, saveFile, saveForLetterboxd, saveWatchlistForLetterboxd } from "./files.js";

// What is chosen stays so while the page is open.
const days = { withRated: false };

// Above what restores a backup, which the page has itself.
export function saving(store) {
  const { films, isEmpty } = store;
  const has = (mark) => [...films.values()].some((film) => film[mark]);
  const buttons = [
    isEmpty ? null : button("Export a backup (JSON)", () => saveBackup(store)),
    has("seen") ? button("Films seen, for Letterboxd (CSV)", () => saveForLetterboxd(films, days)) : null,
    has("wanted") ? button("Films wanted, for Letterboxd (CSV)", () => saveWatchlistForLetterboxd(films)) : null,
    store.unreadable === null || store.trouble === "damaged" ? null : unreadableButton(store),
  ].filter(Boolean);
  return [actions(buttons), has("seen") ? element("p", {}, daysOfRating()) : null].filter(Boolean);
}

// Below it.
export function clearing(store) {
  const { isEmpty, undoable } = store;
  const buttons = [
    undoable ? button(`Undo: ${undoable}`, () => undo(store)) : null,
    isEmpty ? null : button("Clear my films", () => clear(store), { class: "danger" }),
  ].filter(Boolean);
  return [actions(buttons)].filter(Boolean);
}

function actions(buttons) {
  return buttons.length ? element("div", { class: "actions" }, ...buttons) : null;
}

// A diary's days are days of watching; of IMDb's ratings nothing is known but the day of rating.
function daysOfRating() {
  const box = element("input", { type: "checkbox", checked: days.withRated, autocomplete: "off", onchange: () => (days.withRated = box.checked) });
  return element("label", { class: "switch" }, box, " For Letterboxd’s diary the day of rating counts as the day of watching, too");
}

// The button goes, or is that of another change: the keyboard goes on before it.
function undo(store) {
  store.undo();
  document.getElementById("keeping")?.focus();
}

// Saves what this browser has and nothing here can read, for somebody who may be able to.
export function unreadableButton(store) {
  return button("Save what cannot be read", () => saveFile("unreadable-films.txt", new Blob([store.unreadable], { type: "text/plain" })));
}

async function clear(store) {
  const question = `This browser forgets your ${formatCount(store.films.size, "film")}. Nobody else has them: to see them here again you would have to add your files or a backup again.`;
  const { confirmInDialog } = await import("../shell/dialog.js");
  if (!(await confirmInDialog("Clear my films?", question, "Clear my films"))) return;
  store.clear();
  announce("Your films are cleared.");
  document.querySelector("#panel input[type=file]")?.focus();
}
