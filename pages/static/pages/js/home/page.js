// The first page: what the map shows by the pills and the decades, which stands in the address, the
// shelf's films, and how much of each continent a person has seen.

import { filmsOfTime, timeName } from "../map/shading.js";
import { element, formatCount } from "../shell/content.js";
import { announce, pushAddress, replaceAddress } from "../shell/navigation.js";
import { HOME, apiBestUrl, fetchJson } from "../shell/site.js";
import { startDecades } from "./decades.js";

const MODES = { made: "Films made", rated: "Best rated", mine: "Seen by me" };
const BEST_WORDS = "Each country by the weighted ratings of its three best films";
const CONTINUOUS = ["handles", "play"]; // what changes the time again and again

// To be called once; it sees to the page whenever that is shown.
export function startHome(map) {
  const state = { mode: null, time: null, ratings: new Map() };
  const panel = document.querySelector("#panel");
  const isHome = () => panel.matches("[data-home]");
  const paint = () => {
    const decades = new Map([...map.countries.values()].map(({ code, films_by_decade }) => [code, films_by_decade]));
    map.time = isHome() ? state.time : null;
    map.show(isHome() ? { ...state, decades } : {});
    map.query = map.time && map.time.since === map.time.until ? `?decade=${map.time.since}` : "";
    if (isHome()) showWords(panel, map, state);
  };
  // A person's films are of all times.
  const change = async (mode, time) => {
    [state.mode, state.time] = [mode, mode === "mine" ? null : time];
    const isSame = () => state.mode === mode && state.time === time;
    const ratings = mode === "rated" ? await bestRatings(time) : state.ratings;
    if (mode === "rated" && !isSame()) return;
    state.ratings = ratings;
    paint();
    decades.show(state.time);
  };
  const tell = () => {
    announce(`The map shows: ${MODES[shownMode(state, map)]}, ${state.time ? timeName(state.time) : "all times"}`);
    showShelf(state.time);
  };
  const choose = async (mode) => {
    await change(mode, state.time);
    writeAddress(state, map, "pill");
    tell();
  };
  const decades = startDecades(panel, (time, by, isPlaying) => {
    change(state.mode === "rated" ? "rated" : time ? "made" : state.mode, time);
    writeAddress(state, map, by);
    if (!isPlaying) showShelf(time);
  });

  panel.addEventListener("click", ({ target }) => {
    const pill = target.closest?.(".pills button");
    if (pill) choose(pill.dataset.mode);
  });
  panel.addEventListener("change", ({ target }) => {
    if (!target.matches("#region")) return;
    map.frame(codesOf(map, target.value));
    announce(`The map shows ${target.value || "all the world"}`);
  });
  for (const event of ["pointerover", "focusin"]) panel.addEventListener(event, ({ target }) => light(map, target));
  panel.addEventListener("pointerleave", () => map.light([]));
  const enter = () => {
    const time = isHome() ? decades.read() : null;
    change(isHome() ? askedMode(time) : null, time);
    if (!isHome()) return;
    fillRegions(panel, map);
    showOwn(panel, map);
  };
  // Back or Forward, from one step on this page to another.
  const enterStep = async () => {
    if (!isHome() || location.pathname !== HOME) return;
    const time = decades.asked();
    const mode = askedMode(time);
    if (mode === state.mode && isSameTime(time, state.time)) return;
    await change(mode, time);
    tell();
  };
  addEventListener("popstate", enterStep);
  document.addEventListener("panel", enter);
  map.addEventListener("marks", () => (paint(), showOwn(panel, map)));
  map.addEventListener("countries", () => enter());
  enter();
}

// The mode that the address asks for, beside this time; null for the usual one.
function askedMode(time) {
  const asked = new URLSearchParams(location.search).get("show");
  if (Object.hasOwn(MODES, asked) && !(time && asked === "mine")) return asked;
  return time ? "made" : null;
}

function isSameTime(one, other) {
  return one?.since === other?.since && one?.until === other?.until;
}

// What is shown is what whoever gets the address sees. A pill and a bar are steps that Back undoes;
// all that the handles do one after the other is one, and so is playing. Which region is in view is
// none, as zooming is none.
function writeAddress({ mode, time }, map, by) {
  const url = new URL(location.href);
  for (const name of ["from", "to", "show"]) url.searchParams.delete(name);
  if (time) (url.searchParams.set("from", time.since), url.searchParams.set("to", time.until));
  const usual = map.marks && !time ? "mine" : "made";
  if (mode && mode !== usual) url.searchParams.set("show", mode);
  if (url.href === location.href) return;
  const isGoingOn = CONTINUOUS.includes(by) && history.state?.by === by;
  // A sheet or the large map, that lies above the page, has the last entry.
  if (isGoingOn || history.state?.overlays) replaceAddress(url.href);
  else pushAddress(url.href, { by });
}

async function showShelf(time) {
  try {
    (await import("./shelf.js")).showTime(time);
  } catch (error) {
    console.warn(error); // those of before stay
  }
}

// The continents that the page has, for the map to be brought to.
function fillRegions(panel, map) {
  const select = panel.querySelector("#region");
  const known = new Set([...map.countries.values()].map(({ continent }) => continent));
  const shown = [...panel.querySelectorAll("[data-continent]")].filter((section) => section.querySelector(".tiles"));
  const names = shown.map((section) => section.dataset.continent).filter((name) => known.has(name));
  if (!select || select.length > 1) return;
  select.append(...names.sort().map((name) => element("option", {}, name)));
}

// A person's films, once there are any, where nothing is chosen.
function shownMode({ mode }, map) {
  return mode ?? (map.marks ? "mine" : "made");
}

// Which of the pills is what the map shows, and how many countries have films of the time.
function showWords(panel, map, { mode, time }) {
  const shown = shownMode({ mode }, map);
  for (const pill of panel.querySelectorAll(".pills button")) {
    pill.setAttribute("aria-pressed", pill.dataset.mode === shown);
  }
  const words = panel.querySelector(".mode-words");
  if (!words) return;
  const none = shown === "mine" && !map.marks ? "This browser knows none of your films yet: mark some as seen, or add a file on My films." : "";
  words.textContent = shown === "rated" ? `${BEST_WORDS}${time ? ` of the ${timeName(time)}` : ""}.` : none;
  panel.querySelector(".in-all").hidden = Boolean(time);
  panel.querySelector(".countries-time").hidden = !time;
  panel.querySelector(".of-time").textContent = time ? `${countriesOf(map, time)} films of the ${timeName(time)}.` : "";
}

// "23 countries have"
function countriesOf(map, time) {
  const having = [...map.countries.values()].filter((one) => one.is_current && filmsOfTime(one.films_by_decade, time));
  return `${formatCount(having.length, "country")} ${having.length === 1 ? "has" : "have"}`;
}

// By code, of this time, how its best films are rated and how many they are; none where nobody
// answers.
async function bestRatings(time) {
  const { countries } = await fetchJson(apiBestUrl(time)).catch(() => ({ countries: [] }));
  return new Map(countries.map(({ country_code: code, movies }) => [
    code,
    { rating: mean(movies.map((film) => film.weighted_rating)), films: movies.length },
  ]));
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function codesOf(map, continent) {
  return [...map.countries.values()].filter((one) => one.continent === continent && one.is_current).map(({ code }) => code);
}

function light(map, target) {
  const codes = target.closest?.("[data-lights]")?.dataset.lights ?? target.closest?.(".tiles [data-code]")?.dataset.code;
  map.light(codes ? codes.split(" ") : []);
}

// Of whoever has films; whoever has none is shown none, and loads nothing for it.
async function showOwn(panel, map) {
  if (!map.marks && !panel.querySelector(".ring:not([hidden])")) return;
  try {
    (await import("./continents-progress.js")).showProgress(panel, map);
  } catch (error) {
    console.warn(error);
  }
}
