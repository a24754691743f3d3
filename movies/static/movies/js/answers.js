// What the API answers to the pages' own questions; asked once, then kept while the page is open.

import { ask } from "./asking.js";

const kept = new Map();

// The answer's JSON. What it rejects with, reason() of asking.js has the words for.
export function answerOf(url) {
  if (!kept.has(url)) {
    const answer = ask(url, { accept: "application/json" }).then((response) => response.json());
    kept.set(url, answer);
    answer.catch(() => kept.delete(url)); // the next one asks again
  }
  return kept.get(url);
}
