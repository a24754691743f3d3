// Starts what the pages do beyond what the server sends. Each part works without the others, and
// every page without any of them. What only some pages or some readers need is loaded when it is.

import { startMap } from "./map/lazy-map.js";
import { navigate, startNavigation } from "./shell/navigation.js";

const PICTURES = ".cover img, .portrait img, .backdrop img, .offers img";
// Of a page, by what it has; each is called once, and sees to every page from then on.
const PARTS = {
  "[data-home]": async () => (await import("./home/page.js")).startHome(map),
  "[name=watch_region]": async () => (await import("./watch/own-region.js")).startWatchFields(),
  "[data-watch]": async () => (await import("./watch/own-region.js")).startWatching(),
};
// The same, for whoever has films.
const OWN_PARTS = {
  "[data-own-progress]": async () => (await import("./home/own-progress.js")).startOwnProgress(map),
};
// Of a link that changes a list on its page instead of leading to another page.
const LINKS = {
  "a[data-appends]": async (link) => (await import("./shell/pagination.js")).appendPage(link),
  "a[data-replaces]": async (link) => (await import("./home/shelf.js")).showOthers(link),
};
// Of the field that has the focus, or had it before this was here.
const FIELDS = {
  "#search": async () => {
    const form = document.querySelector(".search");
    form.querySelector(".suggestions-words")?.remove();
    try {
      const { startSearchBox } = await import("./search/search-box.js");
      startSearchBox(form);
    } catch (error) {
      sayNoSuggestions(form);
      throw error;
    }
  },
  "#theme": async () => (await import("./shell/theme.js")).startTheme(document.querySelector("#theme")),
  "#find-film": async () => (await import("./my-films/finder.js")).startFinder(),
  "#country-filter": async () => (await import("./search/country-filter.js")).startCountryFilter(),
};
const started = new Set();

startNavigation();
removeBrokenPictures();
const map = startMap(document.querySelector("#map"));
startParts();
document.addEventListener("panel", startParts);
map.addEventListener("marks", startParts);
// Before navigation sees the click.
document.addEventListener("click", changeList, { capture: true });
for (const event of ["focusin", "input"]) document.addEventListener(event, ({ target }) => startField(target));
// It becomes one that is of use as soon as it has the focus.
document.querySelector("#search").setAttribute("role", "combobox");
document.querySelector("#search").setAttribute("aria-expanded", "false");
startField(document.activeElement);
for (const field of document.querySelectorAll(Object.keys(FIELDS))) if (isChanged(field)) startField(field);

// Apart, so that the page comes first, and stands without them.
try {
  const { hasFilms, startMyFilms } = await import("./my-films/start.js");
  startMyFilms({ map });
  // What is there offline is for whoever has films to be shown there, has installed the site, or
  // goes about in it.
  const isKept = Boolean(navigator.serviceWorker?.controller);
  if (isKept || hasFilms() || matchMedia("(display-mode: standalone)").matches) keepOffline();
  else for (const [sign, of] of [["appinstalled", window], ["panel", document]]) of.addEventListener(sign, keepOffline, { once: true });
} catch (error) {
  console.warn(error);
}

// Until the next key, which tries again; Enter asks for the page of results all the same.
function sayNoSuggestions(form) {
  const words = document.createElement("p");
  words.className = "suggestions-words";
  words.setAttribute("role", "status");
  words.textContent = navigator.onLine ? "Nothing can be suggested: the site cannot be reached." : "Nothing can be suggested: you seem to be offline.";
  form.append(words);
}

async function keepOffline() {
  try {
    await (await import("./offline/register.js")).registerWorker();
  } catch (error) {
    console.warn(error);
  }
}

// Before this was here; the choice of light or dark, some other time.
function isChanged({ id, value, defaultValue = "" }) {
  return value !== defaultValue || (id === "theme" && Boolean(document.documentElement.dataset.theme));
}

function startParts() {
  const parts = map.marks ? { ...PARTS, ...OWN_PARTS } : PARTS;
  for (const [selector, start] of Object.entries(parts)) {
    if (document.querySelector(selector)) startOnce(selector, start);
  }
}

function startField(target) {
  for (const [selector, start] of Object.entries(FIELDS)) {
    if (target.matches?.(selector)) startOnce(selector, start);
  }
}

async function changeList(event) {
  const { target, button, ctrlKey, metaKey, shiftKey } = event;
  const link = target.closest?.(Object.keys(LINKS));
  if (!link || button !== 0 || ctrlKey || metaKey || shiftKey) return;
  event.preventDefault();
  const change = Object.entries(LINKS).find(([selector]) => link.matches(selector))[1];
  try {
    await change(link);
  } catch (error) {
    console.warn(error);
    navigate(link.href);
  }
}

async function startOnce(name, start) {
  if (started.has(name)) return;
  started.add(name);
  try {
    await start();
  } catch (error) {
    started.delete(name); // the next page tries again
    console.warn(error);
  }
}

// Pictures that fail to load go, so that what stands in for them shows.
function removeBrokenPictures() {
  // An image's error does not bubble.
  document.addEventListener("error", ({ target }) => target.matches?.(PICTURES) && removePicture(target), { capture: true });
  for (const image of document.querySelectorAll(PICTURES)) {
    if (image.complete && image.naturalWidth === 0) removePicture(image);
  }
}

function removePicture(image) {
  // Nothing stands in for a backdrop.
  (image.closest(".backdrop") ?? image).remove();
}
