// Which countries count as the world, which is chosen once and kept in this browser and nowhere else,
// and how many of a person's films each has.

const KEY = "world-in-movies/counted";
// The codes of ISO 3166 that are no member of the United Nations.
const NOT_IN_UN = new Set(
  ("AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS " +
    "NC NF NU PF PM PN PR PS RE SH SJ SX TC TF TK TW UM VA VG VI WF YT").split(" "),
);
// Kosovo's code is in use, and none of ISO's.
const NOT_IN_ISO = new Set(["XK"]);
// What countByCountry() has said.
const countsOf = new WeakMap();

// By what is kept, each with its words, and whether a country of that code and so many rated films
// is one.
export const COUNTED = {
  films: {
    words: "all with a rated film here",
    note: "Countries of which this catalogue has a film of their own that somebody has rated; former states besides.",
    counts: (code, rated) => rated > 0,
  },
  un: {
    words: "the United Nations’ 193",
    note: "Its members: films of Hong Kong, Taiwan, Puerto Rico and others stay yours, and count for none.",
    counts: (code) => !NOT_IN_UN.has(code) && !NOT_IN_ISO.has(code),
  },
  iso: {
    words: "all of ISO 3166",
    note: "Every country and territory with a code that TMDB knows, uninhabited islands among them.",
    counts: (code) => !NOT_IN_ISO.has(code),
  },
};

export function readCounted() {
  try {
    const kept = localStorage.getItem(KEY);
    return Object.hasOwn(COUNTED, kept ?? "") ? kept : "films";
  } catch {
    return "films";
  }
}

export function keepCounted(kind) {
  try {
    localStorage.setItem(KEY, kind);
  } catch {
    // It is chosen for this page alone, and only until it is made anew.
  }
}

// Of the API's list of countries.
export function isCounted({ code, rated, is_current: isCurrent }) {
  return isCurrent && COUNTED[readCounted()].counts(code, rated);
}

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
// ones it only had a part in: maps by code. `films` is a map that nobody changes, and is counted once.
export function countByCountry(films) {
  if (!countsOf.has(films)) countsOf.set(films, countFilms(films));
  return countsOf.get(films);
}

function countFilms(films) {
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
