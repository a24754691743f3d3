// What a tap raises from the lower edge: the country that was meant, its neighbours, one of which
// may have been, and three of its films. A second tap on it opens it.

import { button, element } from "../shell/dom.js";
import { navigate } from "../shell/navigation.js";
import { announce } from "../shell/panel.js";
import { countryUrl, filmUrl } from "../shell/urls.js";
import { bestFilms, factsOf, filmFacts, poster } from "./card.js";

let sheet = null;

// Raises it for this country, or opens the country where it is raised already.
export function showSheet(map, code) {
  if (sheet?.dataset.code === code) {
    open(map, code);
    return;
  }
  sheet ??= createSheet(map);
  fill(map, code);
}

function createSheet(map) {
  const made = element("section", { class: "map-sheet", tabindex: "-1" });
  document.body.append(made);
  const leave = new AbortController();
  const { signal } = leave;
  const close = () => {
    leave.abort();
    made.remove();
    sheet = null;
    map.light([]);
  };
  document.addEventListener("panel", close, { signal });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && close(), { signal });
  made.addEventListener("close", close, { signal });
  return made;
}

function fill(map, code) {
  const shown = sheet;
  const country = map.countries.get(code);
  const name = country?.name ?? code;
  const films = element("ol", { class: "map-sheet-films", role: "list" });
  shown.dataset.code = code;
  shown.setAttribute("aria-label", name);
  shown.replaceChildren(
    element(
      "header",
      {},
      element("h2", {}, name),
      button("Open", () => open(map, code), { class: "primary", "aria-label": `Open ${name}` }),
      button("×", () => shown.dispatchEvent(new Event("close")), { class: "plain", "aria-label": "Close" }),
    ),
    element("p", { class: "quiet" }, factsOf(map, code).join(" · ") || "No film of its own"),
    films,
    neighbourChoice(map, country),
  );
  map.light([code]);
  announce(name);
  fillFilms(films, code);
}

async function fillFilms(list, code) {
  const films = await bestFilms(code);
  list.replaceChildren(...films.map(filmEntry));
}

function filmEntry(film) {
  return element(
    "li",
    {},
    element("a", { href: filmUrl(film.id) }, poster(film), element("span", { dir: "auto" }, film.name)),
    element("span", { class: "quiet" }, filmFacts(film)),
  );
}

function neighbourChoice(map, country) {
  const near = (country?.neighbours ?? []).filter((code) => map.countries.has(code));
  if (near.length === 0) return null;
  const choices = near.map((code) => button(map.countries.get(code).name, () => fill(map, code)));
  return element("p", { class: "map-sheet-near" }, element("span", { class: "quiet" }, "Or next door:"), " ", ...choices);
}

function open(map, code) {
  navigate(countryUrl(code) + map.query);
}
