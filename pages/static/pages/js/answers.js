// What the pages themselves ask for, the API and the map's geometry; asked once, then kept while
// the page is open.

import { ask } from "./asking.js";

const kept = new Map();

// The answer's JSON. What it rejects with, reason() of asking.js has the words for.
export function answerOf(url) {
  if (!kept.has(url)) {
    const answer = json(url);
    kept.set(url, answer);
    answer.catch(() => kept.delete(url)); // the next one asks again
  }
  return kept.get(url);
}

async function json(url) {
  const { ok, status, text } = await ask(url, { accept: "application/json" });
  if (!ok) throw new Error(`${url} was answered with ${status}.`);
  return JSON.parse(text);
}
