// What to see next: the countries without a seen film, and the best films of each. Pure.

import { countByCountry, isCounted } from "../my-films/statistics.js";
import { compareNames } from "../shell/format.js";
import { posterName } from "../shell/urls.js";

const FILMS_EACH = 3;

// By continent, in the order of their names: [{ name, all, countries: [{ code, name, films }] }],
// `all` the number of its countries with the seen ones. `best` is the answer of best/; a film is
// { id, name, year, world, poster, isWanted, hasFewVotes }. What is wanted comes first, and what has
// few votes last, as in `best`.
export function pickFilms(films, countries, best) {
  const { seen } = countByCountry(films);
  const bestOf = new Map(best.countries.map(({ country_code: code, movies }) => [code, movies]));
  const wantedOf = wantedByCountry(films);
  const continents = new Map();
  for (const country of countries.filter(isCounted)) {
    const continent = continentOf(continents, country);
    continent.all += 1;
    if (seen.has(country.code)) continue;
    const { code, name } = country;
    continent.countries.push({ code, name, films: filmsOf(wantedOf.get(code) ?? [], bestOf.get(code) ?? []) });
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

function filmsOf(wanted, best) {
  const bestWanted = wanted.toSorted((a, b) => (b.world ?? 0) - (a.world ?? 0)).slice(0, FILMS_EACH);
  const ids = new Set(bestWanted.map(({ id }) => id));
  return [
    ...bestWanted.map((film) => ({ ...film, isWanted: true })),
    ...best.filter(({ id }) => !ids.has(id)).map(bestFilm),
  ].slice(0, FILMS_EACH);
}

function bestFilm({ id, name, year, rating, poster_url: poster, few_votes: hasFewVotes }) {
  return { id, name, year, world: rating, poster: posterName(poster), isWanted: false, hasFewVotes };
}
