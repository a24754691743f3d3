// The site as its pages ask for it: the URLs of pages and API, as pages/urls.py and api/urls.py have
// them, and of what is linked to elsewhere; answers, with a timeout, and in words a person can use why
// there is none.

import { formatCount } from "./content.js";

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
const TIMEOUT = 20_000; // milliseconds
// A page of its own says what these mean.
const SHOWN_STATUSES = [400, 404, 410];
const jsonByUrl = new Map();

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

// --- what it answers

// The message is one or two sentences to be shown as they are.
export class FetchError extends Error {}

// The answer, { ok, status, url, text }, if it is one that can be shown; an aborted `signal`
// rejects with AbortError.
export async function fetchText(url, { accept = "text/html", signal } = {}) {
  const answer = await fetchWithTimeout(url, accept, signal);
  if (answer.ok || SHOWN_STATUSES.includes(answer.status)) return answer;
  throw new FetchError(statusMessage(answer));
}

// The answer's JSON, of the API and the map's geometry: asked for once, then it is kept while the
// page is open. What it rejects with, messageOf() has the words for.
export function fetchJson(url) {
  if (!jsonByUrl.has(url)) {
    const answer = requestJson(url);
    jsonByUrl.set(url, answer);
    answer.catch(() => jsonByUrl.delete(url)); // the next one asks again
  }
  return jsonByUrl.get(url);
}

// The words for whatever went wrong in fetching.
export function messageOf(error) {
  return error instanceof FetchError ? error.message : "The site’s answer could not be read.";
}

async function requestJson(url) {
  const { ok, status, text } = await fetchText(url, { accept: "application/json" });
  if (!ok) throw new Error(`${url} was answered with ${status}.`);
  return JSON.parse(text);
}

async function fetchWithTimeout(url, accept, signal) {
  const deadline = new AbortController();
  const abort = () => deadline.abort();
  const timer = setTimeout(abort, TIMEOUT);
  signal?.addEventListener("abort", abort);
  try {
    const response = await fetch(url, { headers: { Accept: accept }, signal: deadline.signal });
    const { ok, status, headers } = response;
    // All of it: an answer can also stop half-way.
    return { ok, status, headers, url: response.url, text: await response.text() };
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new FetchError(networkMessage(deadline.signal.aborted));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function networkMessage(isLate) {
  if (isLate) return `The site has not answered within ${TIMEOUT / 1000} seconds.`;
  if (!navigator.onLine) return "You seem to be offline.";
  return "The site cannot be reached.";
}

function statusMessage({ status, headers }) {
  if (status === 429) return `Too many requests came from your address. ${retryMessage(headers.get("Retry-After"))}`;
  if (status >= 500) return `Something is wrong with the site (error ${status}).`;
  return `The site refused to answer (error ${status}).`;
}

// The words for a Retry-After, or for none.
export function retryMessage(retryAfter) {
  const seconds = Number.parseInt(retryAfter, 10);
  return seconds > 0 ? `Try again in ${formatCount(seconds, "second")}.` : "Try again in a while.";
}
