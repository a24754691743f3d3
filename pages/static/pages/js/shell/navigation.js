// Goes from page to page without leaving the map: a page of the site is fetched, and its panel takes
// the place of the one that is shown. Addresses, titles, back and forward are what they would be
// without this.

import { element } from "./content.js";
import { fetchText, isPagePath, messageOf } from "./site.js";

const MAX_KEPT = 30;
const BUSY_DELAY = 150; // milliseconds until somebody is told that a page is being loaded
const panel = document.querySelector("#panel");
const announcements = document.querySelector("#announcements");
const search = document.querySelector("#search");

// The entry of the history that is shown, and what others held when they were left.
let shown;
const kept = new Map();
let loading = new AbortController();
// Of the search box: when the page that comes was asked for, and since.
let hadFocus = false;
let isEdited = false;

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

// --- panels: taken out of fetched documents and out of the page, and put in, with title, focus and
// scrolling

search.addEventListener("input", () => {
  isEdited = true;
});

// For those who do not see what has changed.
export function announce(words) {
  announcements.textContent = words;
}

// Says at the lower edge of the page that what this needs, by its name, has not come.
export function sayFailed(what) {
  const why = navigator.onLine ? "" : "You are offline. ";
  const words = `${why}What is needed could not be loaded: try again, or load the page again.`;
  document.querySelector(".not-loaded")?.remove();
  const how = { class: "adding not-loaded", "aria-label": what, "data-state": "failed" };
  document.body.append(element("section", how, element("p", {}, words)));
  announce(words);
}

// The panel of a page, by its HTML; null when the page has none.
function parsePanel(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const found = page.querySelector("#panel");
  if (!found) return null;
  return {
    title: page.title,
    searched: page.querySelector("#search")?.value ?? "",
    nodes: [...found.childNodes],
    attributes: attributesOf(found),
  };
}

// A panel that says why there is no other, with a link to try again.
function errorPanel(words, address) {
  const nodes = [
    element("h1", {}, "This page could not be loaded"),
    element("p", { role: "alert" }, words),
    element("p", {}, element("a", { href: address, class: "button" }, "Try again")),
  ];
  return { title: "Not loaded · World in Movies", searched: search.value, nodes, attributes: [] };
}

// Puts a page in and says what was there before. The focus stays on the control that was used to
// come here when the page has it as well, and goes to the heading when it has not. Who has begun
// to type in the search box in the meantime is left to it.
function showPanel(page) {
  const held = panel.contains(document.activeElement) ? document.activeElement.id : "";
  const isSearching = document.activeElement === search && (isEdited || !hadFocus);
  const before = replacePanel(page, { keepsSearch: isSearching || isEdited });
  const control = held === "" ? null : document.getElementById(held);
  if (control || isSearching) {
    control?.focus({ preventScroll: true });
    announce(document.title);
  } else {
    scrollToStart();
  }
  dispatchPanelEvent();
  return before;
}

// Puts back, as it was, what `put` or this said was there before.
function restorePanel(page) {
  const before = replacePanel(page);
  // To what the list was made for: a choice that led away from it is shown in them still.
  for (const form of panel.querySelectorAll("form[action]")) form.reset();
  if (panel.contains(page.focused)) page.focused.focus({ preventScroll: true });
  else focusHeading();
  scrollTo({ top: page.scroll, behavior: "instant" });
  announce(document.title);
  dispatchPanelEvent();
  return before;
}

// Shows, after a moment, that a page is being loaded; to be called when it is there.
function setBusy() {
  hadFocus = document.activeElement === search;
  isEdited = false;
  const timer = setTimeout(() => {
    panel.setAttribute("aria-busy", "true");
    announce("Loading…");
  }, BUSY_DELAY);
  return () => {
    clearTimeout(timer);
    panel.removeAttribute("aria-busy");
  };
}

function replacePanel({ title, searched, nodes, attributes }, { keepsSearch = false } = {}) {
  const before = {
    title: document.title,
    searched: search.defaultValue,
    nodes: [...panel.childNodes],
    attributes: attributesOf(panel),
    focused: document.activeElement,
    scroll: scrollY,
    isKept: panel.hasAttribute("data-keep"),
  };
  document.title = title;
  search.defaultValue = searched;
  if (!keepsSearch) search.value = searched;
  before.attributes.forEach(([name]) => panel.removeAttribute(name));
  attributes.forEach(([name, value]) => panel.setAttribute(name, value));
  panel.replaceChildren(...nodes);
  markCurrentPage();
  return before;
}

function attributesOf({ attributes }) {
  const names = [...attributes].filter(({ name }) => !["id", "tabindex"].includes(name));
  return names.map(({ name, value }) => [name, value]);
}

function markCurrentPage() {
  for (const link of document.querySelectorAll(".top nav a")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function scrollToStart() {
  const place = location.hash && document.getElementById(location.hash.slice(1));
  if (place) {
    place.scrollIntoView();
    return;
  }
  focusHeading();
  const { top } = panel.getBoundingClientRect();
  // Below a map on a narrow screen; at the top beside it on a wide one.
  if (top < 0 || top > 0.7 * innerHeight) panel.scrollIntoView();
}

function focusHeading() {
  const heading = panel.querySelector("h1") ?? panel;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

// To the modules that have something to add to a panel.
function dispatchPanelEvent() {
  document.dispatchEvent(new CustomEvent("panel", { detail: { url: location.href } }));
}
