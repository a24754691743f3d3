// Goes from page to page without leaving the map: a page of the site is fetched, and its panel
// takes the place of the one that is shown. Addresses, titles, back and forward are what they
// would be without this.

import { isPage } from "./addresses.js";
import { ask, reason } from "./asking.js";
import { problem, put, putBack, read, setBusy } from "./panel.js";

const MOST_KEPT = 30;

// The entry of the history that is shown, and what others held when they were left.
let shown;
const kept = new Map();
let loading = new AbortController();

export function startNavigation() {
  shown = { key: newKey(), address: withoutHash(location) };
  history.replaceState({ key: shown.key }, "");
  document.addEventListener("click", follow);
  document.addEventListener("submit", submit);
  document.addEventListener("change", ({ target }) => {
    if (target.form?.matches("[data-submits-itself]")) target.form.requestSubmit();
  });
  addEventListener("popstate", ({ state }) => goTo(state?.key));
  restoreScrolling("manual");
  // It is the browser's matter where the browser loads the page.
  addEventListener("pagehide", () => restoreScrolling("auto"));
  addEventListener("pageshow", () => restoreScrolling("manual"));
}

// Shows the page of an address, or why it cannot be shown, as a new entry of the history.
export async function visit(address) {
  const page = await load(new URL(address, location.href));
  if (!page) return;
  const isNew = page.address !== location.href;
  // Where the address is not new, the entry may be one that "back" has come to and whose page has
  // not: it keeps its own key.
  const key = isNew ? newKey() : (history.state?.key ?? shown.key);
  history[isNew ? "pushState" : "replaceState"]({ key }, "", page.address);
  enter(key, put(page));
}

// Back or forward has been pressed: the address is the entry's already.
async function goTo(key) {
  loading.abort();
  if (!key) {
    // A link to a place in the page that is shown has made an entry of its own.
    history.replaceState({ key: shown.key }, "");
    return;
  }
  if (key === shown.key) return;
  if (kept.has(key)) {
    enter(key, putBack(kept.get(key)));
    return;
  }
  const page = await load(new URL(location.href));
  if (page) enter(key, put(page));
}

function enter(key, before) {
  kept.delete(shown.key);
  if (before.isKept && key !== shown.key) kept.set(shown.key, before);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
  shown = { key, address: withoutHash(location) };
}

// The page of this address, or one that says why there is none; null when another was asked for
// in the meantime, or when it is no page of ours and the browser goes there itself.
async function load(url) {
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  const done = setBusy();
  try {
    const answer = await ask(url, { signal });
    if (signal.aborted) return null;
    const page = read(answer.text);
    if (page) return { ...page, address: withoutHash(new URL(answer.url)) + url.hash };
    location.assign(url);
    return null;
  } catch (error) {
    return signal.aborted ? null : { ...problem(reason(error), url.href), address: url.href };
  } finally {
    done();
  }
}

function follow(event) {
  const link = event.target.closest?.("a[href]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || event.defaultPrevented || event.button !== 0 || !isPlain) return;
  if (link.target || link.hasAttribute("download") || !isOurs(link)) return;
  // A place in the page that is shown. It is not there when the page could not be loaded.
  const isHere = link.hash && withoutHash(link) === shown.address;
  if (isHere && document.getElementById(link.hash.slice(1))) return;
  event.preventDefault();
  visit(link.href);
}

function submit(event) {
  const form = event.target;
  const url = new URL(form.action);
  if (event.defaultPrevented || form.method !== "get" || !isOurs(url)) return;
  event.preventDefault();
  const fields = [...new FormData(form, event.submitter)].filter(([, value]) => value !== "");
  url.search = new URLSearchParams(fields);
  visit(url);
}

function isOurs({ origin, pathname }) {
  return origin === location.origin && isPage(pathname);
}

function withoutHash({ origin, pathname, search }) {
  return origin + pathname + search;
}

// `randomUUID` is missing where the site is not served over https.
function newKey() {
  return Math.random().toString(36).slice(2);
}

function restoreScrolling(how) {
  history.scrollRestoration = how;
}
