// A year of somebody's films, by the days on which they saw or rated them. Pure.

import { hasDay } from "../store/film.js";

const MONTHS = 12;

// The years in which films were seen, the last first.
export function yearsOf(films) {
  const years = new Set();
  for (const film of films.values()) {
    if (hasDay(film)) years.add(yearOf(film.on));
  }
  return [...years].sort((a, b) => b - a);
}

// { films, months, countries, newCountries, first, last, best, worst }: the films by day, how many
// of each month, maps of codes to numbers of films, and of the countries those of which none was
// seen before; first and last film, and best and worst by one's own rating, null where there is
// none or only one. A film that was seen nobody knows when counts as seen before.
export function summariseYear(films, year) {
  const seen = [...films.values()].filter((film) => film.seen);
  const ofYear = seen.filter((film) => hasDay(film) && yearOf(film.on) === year).sort((a, b) => a.on.localeCompare(b.on) || a.id - b.id);
  const before = new Set(seen.filter((film) => !hasDay(film) || yearOf(film.on) < year).flatMap(({ countries }) => countries));
  const countries = countByCountry(ofYear);
  const { best, worst } = extremes(ofYear);
  return {
    films: ofYear,
    months: Array.from({ length: MONTHS }, (_, month) => ofYear.filter(({ on }) => Number(on.slice(5, 7)) === month + 1).length),
    countries,
    newCountries: new Map([...countries].filter(([code]) => !before.has(code))),
    first: ofYear[0] ?? null,
    last: ofYear.length > 1 ? ofYear.at(-1) : null,
    best,
    worst,
  };
}

function yearOf(day) {
  return Number(day.slice(0, 4));
}

function countByCountry(films) {
  const numbers = new Map();
  for (const { countries } of films) {
    for (const code of countries) numbers.set(code, (numbers.get(code) ?? 0) + 1);
  }
  return numbers;
}

// Of several that are rated alike, those that everybody rates highest and lowest.
function extremes(films) {
  const rated = films
    .filter(({ rating }) => rating !== null)
    .sort((a, b) => b.rating - a.rating || (b.world ?? 0) - (a.world ?? 0));
  const isTold = rated.length > 1 && rated[0].rating > rated.at(-1).rating;
  return { best: rated[0] ?? null, worst: isTold ? rated.at(-1) : null };
}
