// Counts a person's films by country. Pure.

// `countries` is the API's list. The countries that count are the current ones with a rated film
// in the catalogue; of former states there are the names of those with a seen film.
export function filmStatistics(films, countries) {
  const { seen, wanted } = countByCountry(films);
  const counted = countries.filter(isCounted);
  const all = [...films.values()];
  const seenFilms = all.filter((film) => film.seen).length;
  return {
    seenFilms,
    wantedFilms: all.length - seenFilms,
    seenCountries: counted.filter(({ code }) => seen.has(code)).length,
    allCountries: counted.length,
    wantedCountries: counted.filter(({ code }) => wanted.has(code) && !seen.has(code)).length,
    formerStates: countries.filter((one) => !one.is_current && seen.has(one.code)).map(({ name }) => name),
  };
}

export function isCounted(country) {
  return country.is_current && country.rated > 0;
}

// How many films of each country are seen, and how many are wanted and not seen: maps by code.
export function countByCountry(films) {
  const seen = new Map();
  const wanted = new Map();
  for (const film of films.values()) {
    const numbers = film.seen ? seen : wanted;
    for (const code of film.countries) numbers.set(code, (numbers.get(code) ?? 0) + 1);
  }
  return { seen, wanted };
}
