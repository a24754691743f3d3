// Counts a person's films by country. Pure, but for which countries count (counted.js).

import { isCounted } from "./counted.js";

export { isCounted };

// `countries` is the API's list; of former states there are the names of those with a seen film.
export function filmStatistics(films, countries) {
  const { seen, wanted, partly } = countByCountry(films);
  const counted = countries.filter((country) => isCounted(country));
  const all = [...films.values()];
  const isPartly = ({ code }) => partly.has(code) && !seen.has(code);
  return {
    seenFilms: all.filter((film) => film.seen).length,
    wantedFilms: all.filter((film) => film.wanted).length,
    seenCountries: counted.filter(({ code }) => seen.has(code)).length,
    allCountries: counted.length,
    partlyCountries: counted.filter(isPartly).length,
    // As the map's legend counts them.
    wantedCountries: counted.filter(({ code }) => wanted.has(code) && !seen.has(code) && !partly.has(code)).length,
    formerStates: countries.filter((one) => !one.is_current && seen.has(one.code)).map(({ name }) => name),
  };
}

// How many films of each country are seen, how many are wanted and not seen, and how many seen
// ones it only had a part in: maps by code.
export function countByCountry(films) {
  const counted = { seen: new Map(), wanted: new Map(), partly: new Map() };
  for (const film of films.values()) {
    countEach(film.seen ? counted.seen : counted.wanted, film.countries);
    if (film.seen) countEach(counted.partly, film.partners);
  }
  return counted;
}

function countEach(numbers, codes) {
  for (const code of codes) numbers.set(code, (numbers.get(code) ?? 0) + 1);
}
