// Starts what the pages do beyond what the server sends. Each part works without the others, and
// every page without any of them.

import { startMap } from "./map/lazy-map.js";
import { startMyFilms } from "./my-films/start.js";
import { startCountryFilter } from "./search/country-filter.js";
import { startSearchBox } from "./search/search-box.js";
import { startNavigation } from "./shell/navigation.js";
import { startPagination } from "./shell/pagination.js";
import { removeBrokenPosters } from "./shell/posters.js";
import { startWatchFields } from "./watch/fields.js";
import { startWatching } from "./watch/film.js";

startNavigation();
startPagination();
removeBrokenPosters();
startWatchFields();
startWatching();
startCountryFilter();
startSearchBox(document.querySelector(".search"));
const map = startMap(document.querySelector("#map"));
startMyFilms({ map });
