// Marks of films on every page: whatever has a film's data-film and controls with data-mark, and
// whenever it gets into the page. One listener for all of them.

import { element } from "../shell/content.js";
import { filmFacts } from "../store/film.js";
import { showMarks } from "./controls.js";

const MARKS = ".marks[data-film]";
const WORDS = { seen: ["seen", "not seen"], wanted: ["wanted", "no longer wanted"] };

// Returns what is done when a control is used.
export function startMarks(store) {
  const show = (marks) => showMarks(marks, store.films.get(factsOf(marks).id));
  const showAll = (root) => root.querySelectorAll(MARKS).forEach(show);
  const use = (control) => {
    const facts = factsOf(control.closest(MARKS));
    const { marks, words } = changeOf(control);
    store.mark(facts, marks, `${facts.name}: ${words}`);
  };
  store.addEventListener("change", () => showAll(document));
  document.addEventListener("click", ({ target }) => {
    const control = target.closest?.("button[data-mark]");
    if (control) use(control);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches?.(":is(select, input)[data-mark]")) use(target);
  });
  new MutationObserver((records) => {
    const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
    for (const node of added.filter(({ nodeType }) => nodeType === Node.ELEMENT_NODE)) {
      if (node.matches(MARKS)) show(node);
      showAll(node);
    }
  }).observe(document.body, { childList: true, subtree: true });
  showAll(document);
  return use;
}

function factsOf(marks) {
  return filmFacts(JSON.parse(marks.dataset.film));
}

// What is said by using it: { marks, words }.
export function changeOf(control) {
  const { mark } = control.dataset;
  if (mark === "rating") {
    const rating = control.value ? Number(control.value) : null;
    return { marks: { rating }, words: rating === null ? "not rated" : `rated ${rating}` };
  }
  if (mark === "on") {
    const on = control.value || null;
    return { marks: { on }, words: on ? `seen on ${on}` : "seen, nobody knows when" };
  }
  const isOn = control.getAttribute("aria-pressed") !== "true";
  return { marks: { [mark]: isOn }, words: WORDS[mark][isOn ? 0 : 1] };
}

// Keeps it so for all that is in the panel, or gets there later.
export function startBadges(panel, store) {
  const mark = () => updateBadges(panel, store.films);
  store.addEventListener("change", mark);
  new MutationObserver(mark).observe(panel, { childList: true, subtree: true });
  mark();
}

function updateBadges(panel, films) {
  for (const entry of panel.querySelectorAll("[data-film-id]")) {
    const film = films.get(Number(entry.dataset.filmId));
    const words = film ? badgeText(film) : "";
    const there = entry.querySelector(".badge");
    if ((there?.textContent ?? "") === words) continue; // or the observer would see it for ever
    there?.remove();
    if (words) (entry.querySelector("[data-badges]") ?? entry).append(element("span", { class: "badge" }, words));
  }
}

function badgeText({ seen, rating }) {
  if (!seen) return "wanted";
  return rating === null ? "seen" : `seen, you gave it ${rating}`;
}
