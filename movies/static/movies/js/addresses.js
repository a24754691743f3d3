// Where things are: the site's pages and its API, as urls.py and api/urls.py have them.

export const MY_FILMS = "/my-films/";
export const NEXT = "/next/";
export const API_BEST = "/api/v1/best/?limit=3&by=origin";
// As the map asks, so that the answer is there already; by origin, unless asked otherwise.
export const API_COUNTRIES = "/api/v1/countries/";
export const API_WATCHED = "/api/v1/watched/?by=origin";

const POSTERS = "https://image.tmdb.org/t/p/";

export function countryPage(code) {
  return `/countries/${encodeURIComponent(code)}/`;
}

export function filmPage(id) {
  return `/films/${encodeURIComponent(id)}/`;
}

// A poster's file name, which is what is worth keeping of its address; empty for none.
export function posterName(url) {
  return url ? url.slice(url.lastIndexOf("/") + 1) : "";
}

// `width` is one of TMDB's: 92, 154, 342.
export function posterAddress(name, width) {
  return `${POSTERS}w${width}/${encodeURIComponent(name)}`;
}
