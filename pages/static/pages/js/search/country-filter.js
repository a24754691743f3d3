// The list of countries on the first page, narrowed by typing.

import { foldText, formatCount } from "../shell/content.js";

export function startCountryFilter() {
  document.addEventListener("input", ({ target }) => {
    if (target.matches("#country-filter")) filterCountries(target.value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("#country-filter")) return;
    event.preventDefault();
    // Nothing has been looked for: the first country is no more meant than any other.
    if (normalise(event.target.value) === "") return;
    document.querySelector(".countries li:not([hidden]) a")?.click();
  });
  // What was typed before this module was there.
  const field = document.querySelector("#country-filter");
  if (field?.value) filterCountries(field.value);
}

function filterCountries(text) {
  const wanted = normalise(text);
  let found = 0;
  for (const part of document.querySelectorAll(".countries .continent")) {
    const shown = [...part.querySelectorAll("li")].filter((item) => {
      item.hidden = !foldText(namesOf(item)).includes(wanted);
      return !item.hidden;
    });
    part.hidden = shown.length === 0;
    for (const folded of part.querySelectorAll("details")) {
      folded.open = wanted !== "" && shown.some((item) => folded.contains(item));
    }
    found += shown.length;
  }
  document.querySelector("#country-filter-found").textContent = wanted ? formatCount(found, "country") : "";
}

// Its name, and others that people know it by.
function namesOf(item) {
  return [item.querySelector("a").textContent, item.dataset.names ?? ""].join(", ");
}

function normalise(text) {
  return foldText(text.trim());
}
