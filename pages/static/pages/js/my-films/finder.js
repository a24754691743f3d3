// A field on My films in which films are found by their names while one types, to be marked one after
// the other: who has no file needs none.

import { filmCard } from "../next/film-card.js";
import { bestFilm } from "../next/picks.js";
import { element } from "../shell/dom.js";
import { fetchText, messageOf } from "../shell/fetch.js";
import { apiSearchUrl } from "../shell/urls.js";

const LIMIT = 5;
const PAUSE = 250; // milliseconds without a key until it is searched

// `place` is where it stands; what has been typed there stays when it is called again.
export function startFinder(place) {
  if (place.hasChildNodes()) return;
  const found = element("div", { class: "found-films", role: "status" });
  let timer = 0;
  let asked = 0;
  const find = async () => {
    const number = (asked += 1);
    const name = field.value.trim();
    const shown = name ? await results(name) : [];
    if (number === asked) found.replaceChildren(...shown); // or more has been typed by now
  };
  const oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE);
  };
  const field = element("input", { id: "find-film", type: "search", maxlength: 200, autocomplete: "off", spellcheck: "false", placeholder: "Spirited Away", oninput });
  const label = element("label", { class: "wide", for: field.id }, "Type a film that you have seen");
  const onsubmit = (event) => {
    event.preventDefault();
    find();
  };
  place.append(element("form", { class: "finder", onsubmit }, label, field), found);
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
