// The first page: what the map shows by the pills and the decades, which stands in the address, the
// shelf's films, and how much of each continent a person has seen.

import { filmsOfTime, timeName } from "../map/shading.js";
import { element } from "../shell/dom.js";
import { fetchJson } from "../shell/fetch.js";
import { formatCount } from "../shell/format.js";
import { pushAddress, replaceAddress } from "../shell/navigation.js";
import { announce } from "../shell/panel.js";
import { apiBestUrl, HOME } from "../shell/urls.js";

const MODES = { made: "Films made", rated: "Best rated", mine: "Seen by me" };
const BEST_WORDS = "Each country by the weighted ratings of its three best films";
const STEP = 10; // years
const CONTINUOUS = ["handles", "play"]; // what changes the time again and again
const PACE = 900; // milliseconds that a decade is shown when they are played

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
  document.addEventListener("click", (event) => changeShelf(event), { capture: true });
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

// Another nine take the place of those that are on the shelf; the address stays.
async function changeShelf(event) {
  const link = event.target.closest?.("a[data-replaces]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    await (await import("./shelf.js")).showOthers(link);
  } catch {
    location.assign(link.href);
  }
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

// The row of decades below the map: two handles choose a time, and so does a press on a bar; the
// play button goes through them one after the other.
//
// `choose` is called with {since, until}, decades by their first years, or null for all times, by what
// that was chosen ("handles", "bar", "play"), and whether they are being played. Gives {read(), asked(),
// show(time)}: what the page in the panel says, what the address does, and what the page is to say.
function startDecades(panel, choose) {
  let timer = 0;
  const part = (name) => panel.querySelector(`.decades .${name}`);

  panel.addEventListener("input", ({ target }) => {
    if (!target.matches(".decades input")) return;
    stop();
    set(read(), "handles");
  });
  panel.addEventListener("click", ({ target }) => {
    if (target.closest?.(".decades .play")) timer ? stop() : play();
    else if (target.closest?.(".decades .all-times")) (stop(), set(null, "bar"));
    else if (target.closest?.(".decade-bars [data-decade]")) (stop(), press(target.closest("[data-decade]")));
  });
  panel.addEventListener("submit", (event) => event.target.matches(".decades") && event.preventDefault());
  document.addEventListener("panel", stop);

  // The handles may have passed one another.
  function read() {
    const form = panel.querySelector(".decades");
    if (!form) return null;
    return between(form, [...form.querySelectorAll("input")].map(({ value }) => Number(value)));
  }

  // As pages/decades.py has it: what is no decade counts as not asked for.
  function asked() {
    const form = panel.querySelector(".decades");
    if (!form) return null;
    const { first, last } = form.dataset;
    const query = new URLSearchParams(location.search);
    const endOf = (name, usual) => (/^\d{3}0$/.test(query.get(name)) ? query.get(name) : usual);
    const ends = [endOf("from", first), endOf("to", last)].map(Number);
    return between(form, ends.map((end) => Math.min(Math.max(end, Number(first)), Number(last))));
  }

  function between(form, ends) {
    const [since, until] = ends.sort((a, b) => a - b);
    const isAll = since === Number(form.dataset.first) && until === Number(form.dataset.last);
    return isAll ? null : { since, until };
  }

  function show(time) {
    const form = panel.querySelector(".decades");
    if (!form) return;
    const { since, until } = time ?? { since: Number(form.dataset.first), until: Number(form.dataset.last) };
    const [from, to] = form.querySelectorAll("input");
    // While one is held it stays where it is, though it may be the later one by now.
    if (!form.querySelector("input:focus")) [from.value, to.value] = [since, until];
    for (const input of [from, to]) {
      input.defaultValue = input.value; // what a form is reset to that comes back
      input.setAttribute("aria-valuetext", `${input.value}s`);
    }
    form.querySelector(".timeline").style.setProperty("--bars", form.querySelectorAll("[data-decade]").length);
    for (const bar of form.querySelectorAll("[data-decade]")) {
      const decade = Number(bar.dataset.decade);
      bar.classList.toggle("is-out", decade < since || decade > until);
    }
    part("words").textContent = time ? timeName(time) : "All times";
    part("number").textContent = time ? formatCount(filmsBetween(form, since, until), "film") : "";
    part("all-times").hidden = !time;
  }

  function set(time, by) {
    if (!time) document.activeElement?.matches?.(".decades input") && document.activeElement.blur();
    show(time);
    choose(time, by, timer !== 0);
  }

  // Of the bar's decade alone; of all times where it was that.
  function press({ dataset }) {
    const decade = Number(dataset.decade);
    const now = read();
    set(now?.since === decade && now.until === decade ? null : { since: decade, until: decade }, "bar");
  }

  function play() {
    const { dataset } = panel.querySelector(".decades");
    const now = read();
    const span = now ? now.until - now.since : 0;
    const first = Number(dataset.first);
    const last = Number(dataset.last);
    let since = now && now.until < last ? now.since + STEP : first;
    const next = () => {
      set({ since, until: Math.min(since + span, last) }, "play");
      since += STEP;
      if (since + span > last) stop();
    };
    timer = setInterval(next, PACE);
    markPlaying(true);
    next();
  }

  function stop() {
    const wasPlaying = timer !== 0;
    clearInterval(timer);
    timer = 0;
    markPlaying(false);
    if (wasPlaying && part("words")) choose(read(), "play", false);
  }

  function markPlaying(isPlaying) {
    part("play")?.setAttribute("aria-pressed", isPlaying);
  }

  return { read, asked, show };
}

function filmsBetween(form, since, until) {
  const bars = [...form.querySelectorAll("[data-decade]")].map(({ dataset }) => dataset);
  return bars.reduce((sum, { decade, films }) => sum + (since <= decade && decade <= until ? Number(films) : 0), 0);
}
