// The fields of a form that ask for films that can be watched: the region is filled in with the
// person's own, and is no part of the address where it is not asked for.

import { keepRegion, readRegion } from "./region.js";

const FIELDS = "select[name=watch_region]";

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
