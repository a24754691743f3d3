// Where a film can be watched in the person's own region, above the list of all regions.

import { element, partsOf } from "../shell/dom.js";
import { announce } from "../shell/panel.js";
import { imageUrl } from "../shell/urls.js";
import { isRegionGuessed, keepRegion, readRegion } from "./region.js";

const LOGO_WIDTH = 92;

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
