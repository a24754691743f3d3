// Where films can be watched in the region in which the person watches them, which is kept in this
// browser and nowhere else: in forms that ask for films that can be watched, and on a film's page.

import { element, partsOf } from "../shell/content.js";
import { announce } from "../shell/navigation.js";
import { imageUrl } from "../shell/site.js";

const KEY = "world-in-movies/region";
const FIELDS = "select[name=watch_region]";
const LOGO_WIDTH = 92;

// To be called once. The region is filled in, and is no part of the address where it is not asked for.
export function startWatchFields() {
  const fill = () => document.querySelectorAll(FIELDS).forEach(fillIn);
  document.addEventListener("panel", fill);
  // Before navigation sends the form.
  document.addEventListener("change", onChange, { capture: true });
  fill();
}

function onChange({ target }) {
  if (target.matches(FIELDS) && target.value) keepRegion(target.value);
  const region = target.form?.querySelector(FIELDS);
  if (region && target.name === "watch") fillIn(region);
}

function fillIn(region) {
  const { watch, providers } = region.form.elements;
  const isAsked = watch.value !== "" || Boolean(providers?.value);
  region.disabled = !isAsked;
  region.closest(".watch-region").hidden = !isAsked;
  if (!isAsked || region.value) return;
  const own = readRegion();
  if ([...region.options].some(({ value }) => value === own)) region.value = own;
}

// To be called once. On a film's page its own region stands above the list of all of them.
export function startWatching() {
  document.addEventListener("panel", show);
  show();
}

function show() {
  const place = document.querySelector("[data-watch]");
  const { own } = place ? partsOf(place) : {};
  if (!own) return;
  const regions = new Map([...place.querySelectorAll("[data-region]")].map((one) => [one.dataset.region, one]));
  const offers = element("div", { class: "offers" });
  const choice = regionChoice(regions, (code) => {
    keepRegion(code);
    if (guessed) guessed.hidden = true;
    offers.replaceChildren(...offersOf(regions.get(code)));
    announce(offers.textContent);
  });
  const guessed = isRegionGuessed() ? element("span", { class: "quiet small" }, "by your browser’s language: choose yours once") : "";
  own.replaceChildren(element("p", {}, element("label", { for: choice.id }, "In"), " ", choice, guessed), offers);
  if (choice.value) offers.replaceChildren(...offersOf(regions.get(choice.value)));
}

function regionChoice(regions, choose) {
  const own = readRegion();
  const codes = own && !regions.has(own) ? [own, ...regions.keys()] : [...regions.keys()];
  const options = codes.map((code) => element("option", { value: code, selected: code === own }, nameOf(code, regions)));
  const none = own ? [] : [element("option", { value: "", selected: true }, "Choose a region")];
  const choice = element("select", { id: "watch-own", onchange: ({ target }) => target.value && choose(target.value) });
  choice.append(...none, ...options);
  return choice;
}

function nameOf(code, regions) {
  const known = regions.get(code)?.querySelector("h3").textContent;
  return known ?? new Intl.DisplayNames("en-GB", { type: "region" }).of(code);
}

// The list of the region with the providers' logos; or that there is none.
function offersOf(region) {
  if (!region) return [element("p", { class: "quiet" }, "No service there is known to show it; below are the regions that have one.")];
  const list = region.querySelector("dl").cloneNode(true);
  for (const provider of list.querySelectorAll("[data-logo]")) {
    const src = imageUrl(provider.dataset.logo, LOGO_WIDTH);
    provider.prepend(element("img", { src, alt: "", width: 28, height: 28, decoding: "async" }), " ");
  }
  return [list];
}

// The code of the one that was chosen last; until then that of the browser's language. "" for none.
function readRegion() {
  try {
    return localStorage.getItem(KEY) ?? guessRegion();
  } catch {
    return guessRegion();
  }
}

// Whether nobody has chosen one, and the browser's language has one.
function isRegionGuessed() {
  try {
    return localStorage.getItem(KEY) === null && guessRegion() !== "";
  } catch {
    return guessRegion() !== "";
  }
}

function keepRegion(code) {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // It is chosen for this page alone.
  }
}

function guessRegion() {
  const tags = navigator.languages.map((language) => new Intl.Locale(language).region);
  return tags.find(Boolean) ?? "";
}
