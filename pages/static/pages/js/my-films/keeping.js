// What somebody can do with all of their films at once: save them to a file, bring them back, take
// the last change back, clear.

import { confirmInDialog } from "../shell/dialog.js";
import { button, element } from "../shell/dom.js";
import { formatCount } from "../shell/format.js";
import { announce } from "../shell/panel.js";
import { saveBackup, saveForLetterboxd, saveWatchlistForLetterboxd } from "./backup.js";
import { saveFile } from "./csv.js";

// What is chosen stays so while the page is open.
const days = { withRated: false };

export function keeping(store, uploader) {
  const { films, isEmpty, undoable } = store;
  const has = (mark) => [...films.values()].some((film) => film[mark]);
  return element(
    "section",
    { "aria-labelledby": "keeping" },
    element("h2", { id: "keeping", tabindex: -1 }, "Save and restore"),
    element("p", { class: "quiet" }, "Only this browser has your films. A backup is a file with all of them, from which they can be restored here or in another browser. The tables are for Letterboxd’s importer: a day of watching is one that a diary or you have said."),
    element(
      "div",
      { class: "actions" },
      isEmpty ? null : button("Export a backup (JSON)", () => saveBackup(store)),
      has("seen") ? button("Films seen, for Letterboxd (CSV)", () => saveForLetterboxd(films, days)) : null,
      has("wanted") ? button("Films wanted, for Letterboxd (CSV)", () => saveWatchlistForLetterboxd(films)) : null,
      button("Restore a backup", () => chooseBackup(uploader)),
      store.unreadable === null || store.trouble === "damaged" ? null : unreadableButton(store),
    ),
    has("seen") ? element("p", {}, daysOfRating()) : null,
    element(
      "div",
      { class: "actions" },
      undoable ? button(`Undo: ${undoable}`, () => undo(store)) : null,
      isEmpty ? null : button("Clear my films", () => clear(store), { class: "danger" }),
    ),
  );
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

function chooseBackup(uploader) {
  const input = element("input", { type: "file", accept: ".json,application/json" });
  input.addEventListener("change", () => uploader.add([...input.files]));
  input.click();
}

async function clear(store) {
  const question = `This browser forgets your ${formatCount(store.films.size, "film")}. Nobody else has them: to see them here again you would have to add your files or a backup again.`;
  if (!(await confirmInDialog("Clear my films?", question, "Clear my films"))) return;
  store.clear();
  announce("Your films are cleared.");
  document.querySelector("#panel input[type=file]")?.focus();
}
