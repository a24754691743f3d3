// Goes from page to page without leaving the map: a page of the site is fetched, and its panel
// takes the place of the one that is shown. Addresses, titles, back and forward are what they
// would be without this.

import { fetchText, messageOf } from "./fetch.js";
import { errorPanel, parsePanel, restorePanel, setBusy, showPanel } from "./panel.js";
import { isPagePath } from "./urls.js";

const MAX_KEPT = 30;

// The entry of the history that is shown, and what others held when they were left.
let shown;
const kept = new Map();
let loading = new AbortController();

export function startNavigation() {
  shown = { key: newKey(), address: withoutHash(location) };
  history.replaceState({ key: shown.key }, "");
  document.addEventListener("click", followLink);
  document.addEventListener("submit", submitForm);
  document.addEventListener("change", ({ target }) => {
    if (target.form?.matches("[data-submits-itself]")) target.form.requestSubmit();
  });
  addEventListener("popstate", ({ state }) => traverse(state?.key));
  setScrollRestoration("manual");
  // It is the browser's matter where the browser loads the page.
  addEventListener("pagehide", () => setScrollRestoration("auto"));
  addEventListener("pageshow", () => setScrollRestoration("manual"));
}

// Shows the page of an address, or why it cannot be shown, as a new entry of the history.
export async function navigate(address) {
  const page = await loadPage(new URL(address, location.href));
  if (!page) return;
  await leaveOverlays();
  const isNew = page.address !== location.href;
  // Where the address is not new, the entry may be one that "back" has come to and whose page has
  // not: it keeps its own key.
  const key = isNew ? newKey() : (history.state?.key ?? shown.key);
  history[isNew ? "pushState" : "replaceState"]({ key }, "", page.address);
  enterPage(key, showPanel(page));
}

// The page that is shown is the same, but now says so by this address.
export function replaceAddress(address) {
  history.replaceState({ ...history.state, key: shown.key }, "", address);
  shown.address = withoutHash(location);
}

// As replaceAddress(), but as an entry of its own, which Back leads from: the page then has to show
// what its address says, on "popstate". `state` is what else is known of the entry.
export function pushAddress(address, state) {
  history.pushState({ ...state, key: shown.key }, "", address);
  shown.address = withoutHash(location);
}

// Back over the entries of what lies above the page (overlay.js), all of them or so many: they are no
// place to come back to. Settles when that is done.
export function leaveOverlays(entries = history.state?.overlays) {
  if (!history.state?.overlays) return Promise.resolve();
  return new Promise((resolve) => {
    addEventListener("popstate", resolve, { once: true });
    history.go(-entries);
  });
}

// Back or forward has been pressed: the address is the entry's already.
async function traverse(key) {
  loading.abort();
  if (!key) {
    // A link to a place in the page that is shown has made an entry of its own.
    history.replaceState({ key: shown.key }, "");
    return;
  }
  if (key === shown.key) {
    shown.address = withoutHash(location);
    return;
  }
  if (kept.has(key)) {
    enterPage(key, restorePanel(kept.get(key)));
    return;
  }
  const page = await loadPage(new URL(location.href));
  if (page) enterPage(key, showPanel(page));
}

function enterPage(key, before) {
  kept.delete(shown.key);
  if (before.isKept && key !== shown.key) kept.set(shown.key, before);
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value);
  shown = { key, address: withoutHash(location) };
}

// The page of this address, or one that says why there is none; null when another was asked for
// in the meantime, or when it is no page of ours and the browser goes there itself.
async function loadPage(url) {
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  const done = setBusy();
  try {
    const answer = await fetchText(url, { signal });
    if (signal.aborted) return null;
    const page = parsePanel(answer.text);
    if (page) return { ...page, address: withoutHash(new URL(answer.url)) + url.hash };
    location.assign(url);
    return null;
  } catch (error) {
    return signal.aborted ? null : { ...errorPanel(messageOf(error), url.href), address: url.href };
  } finally {
    done();
  }
}

function followLink(event) {
  const link = event.target.closest?.("a[href]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || event.defaultPrevented || event.button !== 0 || !isPlain) return;
  if (link.target || link.hasAttribute("download") || !isOurs(link)) return;
  // A place in the page that is shown. It is not there when the page could not be loaded.
  const isHere = link.hash && withoutHash(link) === shown.address;
  if (isHere && document.getElementById(link.hash.slice(1))) return;
  event.preventDefault();
  navigate(link.href);
}

function submitForm(event) {
  const form = event.target;
  const url = new URL(form.action);
  if (event.defaultPrevented || form.method !== "get" || !isOurs(url)) return;
  event.preventDefault();
  const fields = [...new FormData(form, event.submitter)].filter(([, value]) => value !== "");
  url.search = new URLSearchParams(fields);
  navigate(url);
}

function isOurs({ origin, pathname }) {
  return origin === location.origin && isPagePath(pathname);
}

function withoutHash({ origin, pathname, search }) {
  return origin + pathname + search;
}

// `randomUUID` is missing where the site is not served over https.
function newKey() {
  return Math.random().toString(36).slice(2);
}

function setScrollRestoration(how) {
  history.scrollRestoration = how;
}
