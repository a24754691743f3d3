// A person's own films on every page: where they are kept, the files that are dropped to add to
// them, the map and the lists that show them, and the pages that are about them.

import { Adding } from "./adding.js";
import { badges } from "./badges.js";
import { FilmsMap } from "./films-map.js";
import { myFilmsPage } from "./my-films-page.js";
import { nextPage } from "./next.js";
import { Store } from "./store.js";

const PAGES = { "[data-my-films]": myFilmsPage, "[data-next]": nextPage };

// To be called once. `map` is the page's map.
export function start({ map }) {
  const store = new Store();
  const site = { store, map: new FilmsMap(map, store), adding: new Adding(store) };
  const panel = document.querySelector("#panel");
  let update = () => {};
  const takeOver = () => {
    update = updateOf(panel, site);
    update();
  };
  document.addEventListener("panel", takeOver);
  store.addEventListener("change", () => update());
  badges(panel, store);
  takeOver();
}

// What brings the page that is in the panel up to date with the films.
function updateOf(panel, site) {
  for (const [selector, page] of Object.entries(PAGES)) {
    if (panel.matches(selector)) return page(panel, site);
  }
  return () => {};
}
