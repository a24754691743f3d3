// A person's own films on every page: where they are kept, the files that are dropped to add to
// them, the map and the lists that show them, and the pages that are about them.

import { createNextPage } from "../next/page.js";
import { startBadges } from "./badges.js";
import { MyFilmsMap } from "./map.js";
import { createMyFilmsPage } from "./page.js";
import { Store } from "./store.js";
import { Uploader } from "./uploader.js";

const PAGES = { "[data-my-films]": createMyFilmsPage, "[data-next]": createNextPage };

// To be called once. `map` is the page's map.
export function startMyFilms({ map }) {
  const store = new Store();
  const site = { store, map: new MyFilmsMap(map, store), uploader: new Uploader(store) };
  const panel = document.querySelector("#panel");
  let update = () => {};
  const takeOver = () => {
    update = updaterOf(panel, site);
    update();
  };
  document.addEventListener("panel", takeOver);
  store.addEventListener("change", () => update());
  startBadges(panel, store);
  takeOver();
}

// What brings the page that is in the panel up to date with the films.
function updaterOf(panel, site) {
  for (const [selector, page] of Object.entries(PAGES)) {
    if (panel.matches(selector)) return page(panel, site);
  }
  return () => {};
}
