// /my-films/: what somebody's films come to, country by country, what could not be placed, and
// somebody else's map beside theirs, where the address has one.

import { isSharedMap } from "../share/map-link.js";
import { button, element, formatCount, formatNumber, partsOf } from "../shell/content.js";
import { sayFailed } from "../shell/navigation.js";
import { API_COUNTRIES, NEXT, fetchJson, messageOf, yearUrl } from "../shell/site.js";
import { yearsOf } from "../year/year.js";
import { addedFiles } from "./added-files.js";
import { COUNTED, countByCountry, filmStatistics, keepCounted, readCounted } from "./countries.js";
import { FilmsByCountry } from "./films-by-country.js";
import { guessedRows } from "./guessed-rows.js";
import { clearing, saving, unreadableButton } from "./keeping.js";
import { shadeCompared } from "./shades.js";
import { unplacedRows } from "./unplaced-rows.js";

const LIST = new Intl.ListFormat("en-GB", { type: "conjunction" });
const TROUBLES = {
  "": "",
  damaged: "What this browser had kept of your films cannot be read any more. Add your files again.",
  forbidden: "This browser does not let the site keep anything: your films are here until you close or reload this page.",
  full: "There is no room left in this browser to keep all of these films: what you added last is here until you close or reload this page.",
  newer: "Your films were kept by a later release of this site, and are left as they are. What you add now is here until you close or reload this page.",
  "no room for rows": "There is no room left in this browser to keep the rows that were not placed. You can download them below, as long as this page is open.",
};

const EMPTIED = ["summary", "countries", "guessed", "unplaced", "added"];

// Returns the function that brings the page up to date, and settles when it is.
export function createPage(root, { store, map, uploader }) {
  const part = partsOf(root);
  uploader.load(); // it has words for when there is no network
  const howTo = root.querySelector("details");
  const list = new FilmsByCountry();
  let wasEmpty = null;
  let shownRows = []; // what the parts about rows were made of

  const showRows = () => {
    const rows = [store.files, store.unplaced, store.settled];
    if (rows.every((one, at) => one === shownRows[at])) return; // a film was marked
    shownRows = rows;
    part.guessed.replaceChildren(...guessedRows(store));
    part.unplaced.replaceChildren(...(store.files.length ? [unplacedRows(store)] : []));
    part.added.replaceChildren(...(store.files.length ? [addedFiles(store)] : []));
  };

  const update = async () => {
    if (store.isEmpty !== wasEmpty) howTo.open = store.isEmpty;
    wasEmpty = store.isEmpty;
    part.trouble.replaceChildren(TROUBLES[store.trouble], ...(store.trouble === "damaged" ? [" ", unreadableButton(store)] : []));
    part.saving.replaceChildren(...saving(store));
    part.clearing.replaceChildren(...clearing(store));
    const showing = [showShared({ part, howTo }, store, map, update)];
    if (store.isEmpty) {
      shownRows = [];
      for (const name of EMPTIED) part[name].replaceChildren();
    } else {
      showRows();
      showing.push(showCountries({ part, list }, store, map, update));
    }
    await Promise.all(showing);
  };
  followAddress(root, part, update);
  return update;
}

// For as long as the page is shown: another map may be pasted into the address.
function followAddress(root, part, update) {
  const isShown = () => root.contains(part.shared);
  const onChange = async () => {
    if (!isShown()) {
      removeEventListener("hashchange", onChange);
      return;
    }
    await update();
    part.shared.querySelector("h2")?.focus();
  };
  addEventListener("hashchange", onChange);
}

async function showShared({ part, howTo }, store, map, again) {
  const { hash } = location;
  const compared = isSharedMap(hash) ? await import("../share/compared.js") : null;
  if (location.hash !== hash) return; // another one has been asked for
  const shared = compared?.readSharedMap(hash);
  const mine = countByCountry(store.films);
  map.show(shared?.seen ? shadeCompared(new Set(mine.seen.keys()), shared.seen) : null);
  const close = () => {
    history.replaceState(history.state, "", location.pathname);
    again();
  };
  // Who has none and has been sent somebody's map is shown that before anything else.
  const isGuest = store.isEmpty && Boolean(shared?.seen);
  for (const one of [part.finder, howTo]) one.hidden = isGuest;
  part.intro.hidden = isGuest || !store.isEmpty;
  if (!shared) part.shared.replaceChildren();
  else if (shared.words) part.shared.replaceChildren(...compared.unreadableMap(shared, close));
  else {
    const countries = await fetchJson(API_COUNTRIES).catch(() => []);
    if (location.hash === hash) part.shared.replaceChildren(...compared.comparedMaps(shared, mine, countries, close));
  }
}

async function showCountries({ part, list }, store, map, again) {
  if (!part.summary.hasChildNodes()) part.summary.append(element("p", {}, "Counting countries…"));
  try {
    const countries = await fetchJson(API_COUNTRIES);
    if (store.isEmpty) return; // cleared in the meantime
    part.summary.replaceChildren(...summary(store, countries, { map, again }));
    list.update(store.films, countries);
    if (!part.countries.hasChildNodes()) part.countries.append(list.element);
  } catch (error) {
    part.summary.replaceChildren(...failure(store, error, again));
    part.countries.replaceChildren();
  }
}

function failure({ films }, error, again) {
  const words = `Your ${formatCount(films.size, "film")} are here, but the list of countries is not. ${messageOf(error)}`;
  return [element("p", { class: "problem", role: "alert" }, words), button("Try again", again)];
}

function summary({ films }, countries, { map, again }) {
  const figures = filmStatistics(films, countries);
  return [
    element("h2", { class: "figures" }, headline(figures)),
    ...[former(figures), partly(figures), wanted(figures)].filter(Boolean).map((words) => element("p", {}, words)),
    element(
      "div",
      { class: "actions" },
      button("Make an image to share", ({ target }) => shareImage(target, map, figures)),
      button("Share by a link", () => shareLink(films)),
      element("a", { href: NEXT }, "What to see next"),
    ),
    ...years(films),
    element("div", { class: "choices-of-map" }, mapSwitch(map), countedChoice(map, again)),
  ];
}

// It may have to wait for the map.
async function shareImage(control, map, figures) {
  const offer = control.textContent;
  control.disabled = true;
  control.textContent = "Making the image…";
  await openDialog((dialogs) => dialogs.shareImage(map, figures));
  control.textContent = offer;
  control.disabled = false;
  control.focus();
}

function shareLink(films) {
  return openDialog((dialogs) => dialogs.shareLink(countByCountry(films)));
}

async function openDialog(open) {
  try {
    await open(await import("../share/dialogs.js"));
  } catch (error) {
    console.warn(error);
    sayFailed("What shares your map");
  }
}

function years(films) {
  const links = yearsOf(films).map((year) => element("li", {}, element("a", { href: yearUrl(year) }, String(year))));
  if (links.length === 0) return [];
  return [element("nav", { class: "years", "aria-label": "Your years" }, element("span", { class: "quiet" }, "Your year"), element("ul", { role: "list" }, ...links))];
}

// Which countries are the world, for all pages.
function countedChoice(map, again) {
  const options = Object.entries(COUNTED).map(([kind, { words }]) => element("option", { value: kind, selected: kind === readCounted() }, words));
  const choose = async () => {
    keepCounted(select.value);
    map.update();
    await again();
    document.getElementById(select.id)?.focus();
  };
  const select = element("select", { id: "counted", onchange: choose }, ...options);
  return element(
    "p",
    { class: "counted" },
    element("label", { for: select.id }, "The world is"),
    " ",
    select,
    element("span", { class: "quiet small" }, COUNTED[readCounted()].note),
  );
}

// "43 of 187 countries, 2,201 films"
function headline({ seenCountries, allCountries, seenFilms }) {
  return `${formatNumber(seenCountries)} of ${formatCount(allCountries, "country")}, ${formatCount(seenFilms, "film")}`;
}

function former({ formerStates }) {
  if (formerStates.length === 0) return "";
  return `And from ${formatCount(formerStates.length, "former state")}: ${LIST.format(formerStates)}.`;
}

function partly({ partlyCountries }) {
  return partlyCountries ? `${formatCount(partlyCountries, "country")} more had a part in one that you have seen.` : "";
}

function wanted({ wantedFilms, wantedCountries }) {
  if (wantedFilms === 0) return "";
  const films = `Wanted: ${formatCount(wantedFilms, "film")}`;
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
