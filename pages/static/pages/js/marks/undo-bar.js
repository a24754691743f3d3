// Says at the lower edge of the page what has just been done, and takes it back.

import { button, element } from "../shell/content.js";
import { announce } from "../shell/navigation.js";
import { API_COUNTRIES, fetchJson } from "../shell/site.js";

const SHOWN_FOR = 8_000; // milliseconds; undone it can be for longer, by Ctrl+Z and on My films
const LIST = new Intl.ListFormat("en-GB", { type: "conjunction" });
const FIELDS = "input:not([type=checkbox], [type=radio], [type=file]), textarea, [contenteditable]";

export function startUndoBar(store) {
  const words = element("p");
  const more = element("span", { class: "quiet" });
  const undo = button("Undo", () => store.undo());
  const close = button("×", () => hide(), { "aria-label": "Close", class: "quiet-button" });
  const bar = element("section", { class: "undo-bar", "aria-label": "What you have just done", hidden: true }, words, undo, close);
  document.body.append(bar);
  let timer;
  const hide = () => {
    const hadFocus = bar.contains(document.activeElement);
    bar.hidden = true;
    if (hadFocus) document.querySelector("#panel").focus({ preventScroll: true });
  };
  const hideLater = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (bar.matches(":hover, :focus-within") ? hideLater() : hide()), SHOWN_FOR);
  };
  const show = ({ detail }) => {
    if (!detail.words) return;
    words.replaceChildren(`${detail.words}.`, " ", more);
    more.textContent = "";
    tellNew(more, detail.newCountries);
    undo.hidden = !detail.isUndoable;
    bar.hidden = false;
    // Where the button that was pressed has gone, the keyboard goes on at the next one.
    if (undo.hidden && document.activeElement === undo) close.focus();
    announce(`${detail.words}. ${detail.isUndoable ? undoWords() : ""}`);
    hideLater();
  };
  store.addEventListener("change", show);
  document.addEventListener("panel", hide); // it is about the page before
  document.addEventListener("keydown", (event) => onKeydown(event, store));
}

async function tellNew(place, codes) {
  if (codes.length === 0) return;
  const names = new Map((await fetchJson(API_COUNTRIES).catch(() => [])).map(({ code, name }) => [code, name]));
  place.textContent = `New on your map: ${LIST.format(codes.map((code) => names.get(code) ?? code))}.`;
}

// Who has no keyboard is told where the button is.
function undoWords() {
  return matchMedia("(pointer: coarse)").matches ? "Undo is at the end of the page." : "Control and Z undo it.";
}

function onKeydown(event, store) {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
  if (!isUndo || event.target.closest?.(FIELDS) || !store.undoable) return;
  event.preventDefault();
  store.undo();
}
