// What to see next: the countries without a seen film, and the best films of each. Pure, but for
// which countries count (my-films/counted.js).

import { apiFilm } from "../marks/controls.js";
import { countByCountry, isCounted } from "../my-films/statistics.js";
import { compareNames } from "../shell/format.js";
import { posterName } from "../shell/urls.js";

const FILMS_EACH = 3;

// By continent, in the order of their names: [{ name, all, countries: [{ code, name, films, isSeen }] }],
// `all` the number of its countries with the seen ones. `best` is the answer of best/; a film is
// { id, name, year, runtime, world, poster, isWanted, hasFewVotes, facts }, `facts` as the API has
// it. What is wanted comes first, and what has few votes last, as in `best`. The countries of
// `staying` are there although a film of them is seen. With `isNarrowed` only the films of `best`
// are there, and the countries that have one.
export function pickFilms(films, countries, best, { staying = new Set(), isNarrowed = false } = {}) {
  const { seen } = countByCountry(films);
  const bestOf = new Map(best.countries.map(({ country_code: code, movies }) => [code, movies]));
  const wantedOf = isNarrowed ? new Map() : wantedByCountry(films);
  const continents = new Map();
  for (const country of countries.filter((one) => isCounted(one))) {
    const continent = continentOf(continents, country);
    continent.all += 1;
    const { code, name } = country;
    const isSeen = seen.has(code);
    if (isSeen && !staying.has(code)) continue;
    const choice = filmsOf(wantedOf.get(code) ?? [], bestOf.get(code) ?? [], isNarrowed ? Infinity : FILMS_EACH);
    if (choice.length || !isNarrowed) continent.countries.push({ code, name, films: choice, isSeen });
  }
  return [...continents.values()].sort((a, b) => compareNames(a.name, b.name));
}

function continentOf(continents, country) {
  const name = country.continent || "Elsewhere";
  if (!continents.has(name)) continents.set(name, { name, all: 0, countries: [] });
  return continents.get(name);
}

function wantedByCountry(films) {
  const wanted = new Map();
  for (const film of films.values()) {
    if (film.seen) continue;
    for (const code of film.countries) wanted.set(code, [...(wanted.get(code) ?? []), film]);
  }
  return wanted;
}

function filmsOf(wanted, best, most) {
  const bestWanted = wanted.toSorted((a, b) => (b.world ?? 0) - (a.world ?? 0)).slice(0, most);
  const ids = new Set(bestWanted.map(({ id }) => id));
  return [
    ...bestWanted.map((film) => ({ ...film, isWanted: true, facts: apiFilm(film) })),
    ...best.filter(({ id }) => !ids.has(id)).map(bestFilm),
  ].slice(0, most);
}

// Of a film of the API's.
export function bestFilm(film) {
  const { id, name, year, runtime, rating, poster_url: poster, few_votes: hasFewVotes } = film;
  return { id, name, year, runtime, world: rating, poster: posterName(poster), isWanted: false, hasFewVotes, facts: film };
}
