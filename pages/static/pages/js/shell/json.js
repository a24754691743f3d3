// Fetches JSON, of the API and the map's geometry: once, then it is kept while the page is open.

import { fetchText } from "./fetch.js";

const cache = new Map();

// The answer's JSON. What it rejects with, messageOf() of fetch.js has the words for.
export function fetchJson(url) {
  if (!cache.has(url)) {
    const answer = requestJson(url);
    cache.set(url, answer);
    answer.catch(() => cache.delete(url)); // the next one asks again
  }
  return cache.get(url);
}

async function requestJson(url) {
  const { ok, status, text } = await fetchText(url, { accept: "application/json" });
  if (!ok) throw new Error(`${url} was answered with ${status}.`);
  return JSON.parse(text);
}
