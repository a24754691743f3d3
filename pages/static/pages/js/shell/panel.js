// The part of the page that changes from page to page: takes panels out of fetched documents and
// out of the page, puts them in, and sees to title, focus and scrolling.

import { element } from "./dom.js";

const BUSY_DELAY = 150; // milliseconds until somebody is told that a page is being loaded
const panel = document.querySelector("#panel");
const announcements = document.querySelector("#announcements");
const search = document.querySelector("#search");

// Of the search box: when the page that comes was asked for, and since.
let hadFocus = false;
let isEdited = false;
search.addEventListener("input", () => {
  isEdited = true;
});

// For those who do not see what has changed.
export function announce(words) {
  announcements.textContent = words;
}

// The panel of a page, by its HTML; null when the page has none.
export function parsePanel(html) {
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
export function errorPanel(words, address) {
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
export function showPanel(page) {
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
export function restorePanel(page) {
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
export function setBusy() {
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
