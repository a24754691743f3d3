// What a tap raises from the lower edge: the country that was meant, those that may have been, and
// three of its films. A second tap on it opens it.

import { button, element, formatCount } from "../shell/content.js";
import { announce, navigate } from "../shell/navigation.js";
import { openOverlay } from "../shell/overlay.js";
import { countryUrl, filmUrl } from "../shell/site.js";
import { bestOf, factsOf, filmFacts, poster } from "./card.js";

let sheet = null;
let making = null; // the sheet that is to come

// Raises it for this country, or opens the country where it is raised already. `others` are those
// that a finger may have meant.
export async function showSheet(map, code, others = []) {
  if (sheet?.dataset.code === code) {
    open(map, code);
    return;
  }
  making ??= sheet ?? createSheet(map);
  sheet = await making;
  making = null;
  fill(map, code, others);
}

async function createSheet(map) {
  const made = element("section", { class: "map-sheet", tabindex: "-1" });
  const observer = new ResizeObserver(() => map.uncover(made.dataset.code, made.getBoundingClientRect()));
  const close = await openOverlay(() => {
    const hadFocus = made.contains(document.activeElement);
    observer.disconnect();
    made.remove();
    sheet = null;
    map.light([]);
    map.uncover();
    if (hadFocus) map.focus(made.dataset.code);
  });
  made.addEventListener("close", close);
  document.body.append(made);
  observer.observe(made);
  return made;
}

function fill(map, code, others = []) {
  const shown = sheet;
  const country = map.countries.get(code);
  const name = country?.name ?? code;
  const heading = element("h2", { tabindex: "-1" }, name);
  const films = element("ol", { class: "map-sheet-films", role: "list" });
  const facts = factsOf(map, code).join(" · ") || "No film of its own";
  shown.dataset.code = code;
  shown.setAttribute("aria-label", name);
  shown.replaceChildren(
    element(
      "header",
      {},
      heading,
      button("Open", () => open(map, code), { class: "primary", "aria-label": `Open ${name}` }),
      button("×", () => shown.dispatchEvent(new Event("close")), { class: "plain", "aria-label": "Close" }),
      element("p", { class: "quiet" }, facts),
    ),
    ...[otherChoice(map, country, others)].filter(Boolean),
    films,
  );
  shown.scrollTop = 0;
  map.light([code]);
  map.uncover(code, shown.getBoundingClientRect());
  heading.focus({ preventScroll: true });
  announce(`${name}: ${facts}`);
  fillFilms(films, map, code);
}

async function fillFilms(list, map, code) {
  const { total, films } = await bestOf(code, map.time);
  list.replaceChildren(...films.map(filmEntry));
  const words = missingWords(map, code, total);
  if (words) list.after(element("p", { class: "quiet" }, words));
}

// Why there are fewer films here than it has: shorts and those that nobody has voted for are in no
// list of the best.
function missingWords(map, code, listed) {
  const country = map.countries.get(code);
  if (!country || map.time || listed === null) return "";
  const shorts = country.rated - listed;
  const unrated = country.movies - country.rated;
  const parts = [shorts > 0 && formatCount(shorts, "short film"), unrated > 0 && `${formatCount(unrated, "film")} not rated yet`];
  const words = parts.filter(Boolean).join(" and ");
  return words && listed > 0 ? `Besides: ${words}.` : words && `Only ${words}.`;
}

function filmEntry(film) {
  return element(
    "li",
    {},
    poster(film),
    element("a", { href: filmUrl(film.id), dir: "auto" }, film.name),
    element("span", { class: "quiet" }, filmFacts(film)),
  );
}

// The countries that a finger may have meant, and the neighbours, one of which it may have been, in
// one line; null where there are none.
function otherChoice(map, country, others) {
  const neighbours = (country?.neighbours ?? []).filter((code) => !others.includes(code));
  const choices = [...choicesOf(map, "Did you mean:", others), ...choicesOf(map, "Or next door:", neighbours)];
  return choices.length ? element("p", { class: "map-sheet-near" }, ...choices) : null;
}

function choicesOf(map, words, codes) {
  const known = codes.filter((code) => map.countries.has(code));
  if (known.length === 0) return [];
  const buttons = known.map((code) => button(map.countries.get(code).name, () => fill(map, code)));
  return [element("span", { class: "quiet" }, words), ...buttons];
}

function open(map, code) {
  navigate(countryUrl(code) + map.query);
}
