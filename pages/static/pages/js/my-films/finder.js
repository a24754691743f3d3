// The field on My films in which films are found by their names while one types, to be marked one after
// the other: who has no file needs none.

import { bestFilm, filmCard } from "../marks/controls.js";
import { element } from "../shell/content.js";
import { apiSearchUrl, fetchText, messageOf } from "../shell/site.js";

const FIELD = "#find-film";
const LIMIT = 5;
const PAUSE = 250; // milliseconds without a key until it is searched

// To be called once; it sees to the field whenever that is shown.
export function startFinder() {
  let timer = 0;
  document.addEventListener("input", ({ target }) => {
    if (!target.matches(FIELD)) return;
    clearTimeout(timer);
    timer = setTimeout(() => find(target), PAUSE);
  });
  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector(FIELD);
    if (!field) return;
    event.preventDefault(); // or the page of results is gone to
    find(field);
  }, { capture: true });
  // What was typed before this module was there.
  const field = document.querySelector(FIELD);
  if (field?.value) find(field);
}

async function find(field) {
  const name = field.value.trim();
  const films = name ? await results(name) : [];
  if (name !== field.value.trim()) return; // more has been typed by now
  document.querySelector(".found-films")?.replaceChildren(...films);
}

async function results(name) {
  try {
    const { ok, text } = await fetchText(apiSearchUrl(name, LIMIT), { accept: "application/json" });
    const films = ok ? JSON.parse(text).results : [];
    if (films.length === 0) return [element("p", { class: "quiet" }, "No film is known by this name.")];
    return [element("ul", { role: "list" }, ...films.map((film) => element("li", {}, filmCard(bestFilm(film)))))];
  } catch (error) {
    return [element("p", { class: "problem" }, messageOf(error))];
  }
}
