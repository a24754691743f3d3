// Starts what the pages do beyond what the server sends. Each part works without the others, and
// every page without any of them.

import { startCountryFilter } from "./country-filter.js";
import { startCovers } from "./covers.js";
import { startMore } from "./more.js";
import { startNavigation } from "./navigation.js";
import { startMap } from "./page-map.js";
import { startSearch } from "./search-box.js";

startNavigation();
startMore();
startCovers();
startCountryFilter();
startSearch(document.querySelector(".search"));
const map = startMap(document.querySelector("#map"));

// Apart, so that the page comes first, and stands without them.
try {
  const myFilms = await import("./my-films.js");
  myFilms.start({ map });
} catch (error) {
  console.warn(error);
}
