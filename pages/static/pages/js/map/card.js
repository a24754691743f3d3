// What a country's tip and its sheet show beside its name: how many films, the decade with most of
// them, how its own are marked, and the posters of its three best.

import { element, formatCount, formatRating } from "../shell/content.js";
import { apiBestUrl, fetchJson, posterName, posterUrl } from "../shell/site.js";
import { filmsOfTime, shadeByMarks, timeName } from "./shading.js";

const FILMS = 3;

// Adds it to the tip of this country, unless that is another one's by then.
export async function addToCard(map, code, tip) {
  tip.dataset.code = code;
  // The tip itself says what its country's shade is for.
  const said = Array.from(tip.childNodes, (node) => node.textContent);
  const facts = factsOf(map, code).filter((fact) => !said.includes(fact));
  const place = element("span", { class: "map-tip-films" });
  if (facts.length) tip.append(element("span", { class: "map-tip-facts" }, facts.join(" · ")));
  const { films } = await bestOf(code, map.time);
  if (tip.dataset.code !== code || tip.hidden || films.length === 0) return;
  place.append(...films.map(poster));
  if (!tip.querySelector(".map-tip-films")) tip.append(place);
}

// {total, films}: how long the list of a country's best of this time is, and its first three; null
// and none where nobody answers.
export async function bestOf(code, time) {
  try {
    const { countries } = await fetchJson(apiBestUrl(time));
    const found = countries.find((country) => country.country_code === code);
    return found ? { total: found.total, films: found.movies.slice(0, FILMS) } : { total: 0, films: [] };
  } catch {
    return { total: null, films: [] };
  }
}

// In words: how many films it calls its own, of the time that is shown or in all, when most of them
// were made, what is seen of them.
export function factsOf(map, code) {
  const country = map.countries.get(code);
  if (!country) return [];
  const { time } = map;
  if (time) {
    const films = filmsOfTime(country.films_by_decade, time);
    return [`${films ? formatCount(films, "film") : "No film"} of the ${timeName(time)}`, mineOf(map, code)].filter(Boolean);
  }
  const decades = Object.entries(country.films_by_decade);
  const [decade] = decades.reduce((best, one) => (one[1] >= best[1] ? one : best), ["", 0]);
  return [
    country.movies ? formatCount(country.movies, "film") : "",
    decades.length > 1 ? `most in the ${decade}s` : "",
    mineOf(map, code),
  ].filter(Boolean);
}

// "3 seen, 1 wanted"; empty for nothing.
export function mineOf(map, code) {
  if (!map.marks) return "";
  const { shadeOf, textOf } = shadeByMarks(map.marks, new Map(), [...map.countries.keys()]);
  return ["neither", "0"].includes(shadeOf(code)) ? "" : textOf(code);
}

// Its name shows where there is no poster, or it does not come.
export function poster({ name, poster_url }) {
  const image = poster_url
    ? element("img", { src: posterUrl(posterName(poster_url), 92), alt: "", width: 92, height: 138, decoding: "async" })
    : null;
  return element("span", { class: "cover" }, element("span", { class: "stand-in" }, name), image);
}

// "1954 · 8.4"
export function filmFacts({ year, rating }) {
  return [year ?? "year not known", formatRating(rating)].join(" · ");
}
