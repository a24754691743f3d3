// The URLs of the site's pages and its API, as pages/urls.py and api/urls.py have them, and what
// is linked to elsewhere.

// What the site is below on its host, by the setting SITE_PATH: empty, or as "/films".
const SITE = document.documentElement.dataset.site ?? "";

export const HOME = `${SITE}/`;
export const MY_FILMS = `${SITE}/my-films/`;
export const NEXT = `${SITE}/next/`;
export const API_BEST = apiBestUrl(null);
// As base.html has it loaded before it is asked for; by home, as everything here.
export const API_COUNTRIES = `${SITE}/api/v1/countries/`;
export const API_WATCHED = `${SITE}/api/v1/watched/`;

const PAGES = /^\/(?:$|about\/|continents\/|countries\/|films\/|people\/|search\/|my-films\/|next\/)/;
// Where TMDB's pictures are, by the setting TMDB_IMAGE_URL.
const IMAGES = document.documentElement.dataset.images;

// Whether it is the path of a page with the map beside it.
export function isPagePath(path) {
  return path.startsWith(SITE) && PAGES.test(path.slice(SITE.length));
}

export function countryUrl(code) {
  return `${SITE}/countries/${encodeURIComponent(code)}/`;
}

// Of one's own films of a year.
export function yearUrl(year) {
  return `${MY_FILMS}${encodeURIComponent(year)}/`;
}

export function filmUrl(id) {
  return `${SITE}/films/${encodeURIComponent(id)}/`;
}

export function personUrl(id) {
  return `${SITE}/people/${encodeURIComponent(id)}/`;
}

// Of the page with all that is found.
export function searchUrl(name) {
  return `${SITE}/search/?${new URLSearchParams({ name })}`;
}

export function imdbUrl(id) {
  return `https://www.imdb.com/title/${encodeURIComponent(id)}/`;
}

// The films that the journey chooses from, by what its form asks for.
export function journeyUrl(query) {
  return `${NEXT}films/?${query}`;
}

// The three best films of every country, of these decades where there are any.
export function apiBestUrl(time) {
  const years = time ? { from: time.since, to: time.until + 9 } : {};
  return `${SITE}/api/v1/best/?${new URLSearchParams({ limit: 3, ...years })}`;
}

// Of at most so many films; `more` has other parameters.
export function apiSearchUrl(name, limit, more = {}) {
  return `${SITE}/api/v1/search/?${new URLSearchParams({ name, limit, ...more })}`;
}

// A poster's file name, which is what is worth keeping of its address; empty for none.
export function posterName(url) {
  return url ? url.slice(url.lastIndexOf("/") + 1) : "";
}

// `width` is one of TMDB's: 92, 154, 342.
export function posterUrl(name, width) {
  return imageUrl(`/${encodeURIComponent(name)}`, width);
}

// Of a picture by TMDB's path, which begins with a slash.
export function imageUrl(path, width) {
  return `${IMAGES}/w${width}${path}`;
}
