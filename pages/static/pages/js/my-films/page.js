// /my-films/: what somebody's films come to, country by country, and what could not be placed.

import { button, element, partsOf } from "../shell/dom.js";
import { messageOf } from "../shell/fetch.js";
import { formatCount, formatNumber } from "../shell/format.js";
import { fetchJson } from "../shell/json.js";
import { API_COUNTRIES, NEXT } from "../shell/urls.js";
import { addedFiles } from "./added-files.js";
import { filmsByCountry } from "./films-by-country.js";
import { guessedRows } from "./guessed-rows.js";
import { shareButton } from "./share-image.js";
import { filmStatistics } from "./statistics.js";
import { unplacedRows } from "./unplaced-rows.js";

const LIST = new Intl.ListFormat("en-GB", { type: "conjunction" });
const TROUBLES = {
  "": "",
  damaged: "What this browser had kept of your films cannot be read any more. Add your files again.",
  forbidden: "This browser does not let the site keep anything: your films are here until you close or reload this page.",
  full: "There is no room left in this browser to keep all of these films: what you added last is here until you close or reload this page.",
  "no room for rows": "There is no room left in this browser to keep the rows that were not placed. You can download them below, as long as this page is open.",
};

// Returns the function that brings the page up to date.
export function createMyFilmsPage(root, { store, map, uploader }) {
  const part = partsOf(root);
  watchSwitch(root.querySelector("#lists-are-seen"), uploader);
  watchInput(root.querySelector("input[type=file]"), uploader);
  const howTo = root.querySelector("details");
  let wasEmpty = null;

  return function update() {
    if (store.isEmpty !== wasEmpty) howTo.open = store.isEmpty;
    wasEmpty = store.isEmpty;
    part.trouble.textContent = TROUBLES[store.trouble];
    if (store.isEmpty) {
      for (const name of ["summary", "countries", "guessed", "unplaced", "files"]) part[name].replaceChildren();
      return;
    }
    part.guessed.replaceChildren(...guessedRows(store.files));
    part.unplaced.replaceChildren(unplacedRows(store.files));
    part.files.replaceChildren(addedFiles(store));
    showCountries(part, store, map, update);
  };
}

function watchSwitch(input, uploader) {
  const take = () => (uploader.listsAreSeen = input.checked);
  input.addEventListener("change", take);
  take(); // another page's visit may have left it on
}

function watchInput(input, uploader) {
  const take = () => {
    uploader.add([...input.files]);
    input.value = ""; // so that the same file can be chosen again
  };
  input.addEventListener("change", take);
  take(); // what was chosen before this module was there
}

async function showCountries(part, store, map, again) {
  if (!part.summary.hasChildNodes()) part.summary.append(element("p", {}, "Counting countries…"));
  try {
    const countries = await fetchJson(API_COUNTRIES);
    if (store.isEmpty) return; // cleared in the meantime
    part.summary.replaceChildren(...summary(filmStatistics(store.films, countries), map));
    part.countries.replaceChildren(filmsByCountry(store.films, countries));
  } catch (error) {
    part.summary.replaceChildren(...failure(store, error, again));
    part.countries.replaceChildren();
  }
}

function failure({ films }, error, again) {
  const words = `Your ${formatCount(films.size, "film")} are here, but the list of countries is not. ${messageOf(error)}`;
  return [element("p", { class: "problem", role: "alert" }, words), button("Try again", again)];
}

function summary(figures, map) {
  return [
    element("h2", { class: "figures" }, headline(figures)),
    ...[former(figures), wanted(figures)].filter(Boolean).map((words) => element("p", {}, words)),
    element(
      "div",
      { class: "actions" },
      shareButton(map, figures),
      element("a", { href: NEXT }, "What to see next"),
    ),
    mapSwitch(map),
  ];
}

// "43 of 187 countries, 2,201 films"
function headline({ seenCountries, allCountries, seenFilms }) {
  return `${formatNumber(seenCountries)} of ${formatCount(allCountries, "country")}, ${formatCount(seenFilms, "film")}`;
}

function former({ formerStates }) {
  if (formerStates.length === 0) return "";
  return `And from ${formatCount(formerStates.length, "former state")}: ${LIST.format(formerStates)}.`;
}

function wanted({ wantedFilms, wantedCountries }) {
  if (wantedFilms === 0) return "";
  const films = `On your list: ${formatCount(wantedFilms, "film")}`;
  if (wantedCountries === 0) return `${films}.`;
  return `${films}, also from ${formatCount(wantedCountries, "country")} that you have seen none from.`;
}

function mapSwitch(map) {
  const choice = (mine, words) =>
    element(
      "label",
      {},
      element("input", {
        type: "radio",
        name: "map-shows",
        checked: map.showsMine === mine,
        onchange: () => (map.showsMine = mine),
      }),
      ` ${words}`,
    );
  return element(
    "fieldset",
    { class: "map-switch" },
    element("legend", {}, "The map shows"),
    choice(true, "my films"),
    choice(false, "all films"),
  );
}
