// Fetches pages and JSON from the server, with a timeout, and says in words a person can use why
// there is no answer.

import { formatCount } from "./format.js";

const TIMEOUT = 20_000; // milliseconds
// A page of its own says what these mean.
const SHOWN_STATUSES = [400, 404, 410];
const jsonByUrl = new Map();

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
