// Which colour a country has, and the words that go with it: by the number of its rated films, by
// those of a time, by how its best are rated, or by what a person has seen. What is given here to
// the map, the legend and the picture alike: {title, classes: [{shade, label}], shadeOf(code),
// textOf(code)}; `isRamp` where the classes are steps of one measure, `extra` what is said beside them.

import { element, formatCount, formatNumber } from "../shell/content.js";

// Where the classes after "none" begin. The last row that the largest number reaches to the end
// of is taken, so that a small catalogue has as many shades as a large one.
const LADDERS = [
  [1, 2, 3, 4, 5],
  [1, 2, 5, 10, 20],
  [1, 3, 10, 30, 100],
  [1, 5, 20, 100, 500],
  [1, 10, 50, 200, 1000],
  [1, 10, 100, 1000, 10_000],
];
const RATING_SHADES = 5;
const BEST_FILMS = 3;
const NO_FILM = "no rated film";
const MARKS = [["seen", "seen"], ["wanted", "wanted"], ["neither", "neither"], ["0", NO_FILM]];

// A Map by code, of a Map or a plain object.
export function toMap(values) {
  return values instanceof Map ? values : new Map(Object.entries(values ?? {}));
}

export function withoutShades() {
  return { title: "", classes: [], shadeOf: () => "0", textOf: () => "" };
}

export function shadeByCount(values, { title = "Rated films", noun = "rated film", after = "", most = Math.max(...values.values()) } = {}) {
  const steps = ladder(most);
  return {
    title,
    isRamp: true,
    classes: [{ shade: "0", label: "none" }, ...steps.map(step)],
    shadeOf: (code) => String(steps.filter((from) => from <= (values.get(code) ?? 0)).length),
    textOf: (code) => (values.get(code) ? formatCount(values.get(code), noun) : `no ${noun}`) + after,
  };
}

// `decades` has for each code the number of films by decade; `time` is {since, until}, decades by
// their first years. The classes are the same for all times that are as long, so that they can be
// compared one after the other.
export function shadeByTime(decades, time) {
  const values = new Map([...decades].map(([code, films]) => [code, filmsOfTime(films, time)]));
  const after = ` of the ${timeName(time)}`;
  return shadeByCount(values, { title: `Films, ${timeName(time)}`, noun: "film", after, most: mostOfAnyTime(decades, time) });
}

// The most films that a country has of a time as long as this one.
function mostOfAnyTime(decades, { since, until }) {
  const counts = [...decades.values()].flatMap((films) =>
    Object.keys(films).map((first) => filmsOfTime(films, { since: Number(first), until: Number(first) + until - since })),
  );
  return Math.max(0, ...counts);
}

export function timeName({ since, until }) {
  return since === until ? `${since}s` : `${since}s–${until}s`;
}

// How many of a country's films by decade are of the time.
export function filmsOfTime(films, { since, until }) {
  const inTime = Object.entries(films).filter(([decade]) => since <= decade && decade <= until);
  return inTime.reduce((sum, [, count]) => sum + count, 0);
}

// In five shades with about as many countries each, between ratings of one decimal; `best` has for
// each code {rating, films}, the mean and the number of its best films, and none for countries
// without one. Those with fewer than BEST_FILMS are hatched: one film says little of a country.
export function shadeByRating(best) {
  const ordered = [...best.values()].map(({ rating }) => rating).sort((a, b) => a - b);
  const places = [...Array(RATING_SHADES).keys()].map((at) => Math.floor((at * ordered.length) / RATING_SHADES));
  const starts = [...new Set(places.map((place) => floorToTenth(ordered[place])))]; // fewer, where they are alike
  // Up to the darkest, however few there are.
  const shadeAt = (at) => Math.round((at * RATING_SHADES) / starts.length);
  const isHatched = ({ films }) => films < BEST_FILMS;
  const shadeOf = (code) => {
    if (!best.has(code)) return "0";
    const country = best.get(code);
    const shade = shadeAt(starts.filter((start) => start <= country.rating).length);
    return isHatched(country) ? `few-${shade}` : String(shade);
  };
  const labels = starts.map((start, at) => ratingsLabel(start, starts[at + 1]));
  return {
    title: "Rating of the three best films",
    isRamp: true,
    classes: ordered.length ? [{ shade: "0", label: "none" }, ...labels.map((label, at) => ({ shade: String(shadeAt(at + 1)), label }))] : [],
    extra: [...best.values()].some(isHatched) ? [{ shade: "few", label: "fewer than three films" }] : [],
    shadeOf,
    textOf: (code) => (best.has(code) ? bestText(best.get(code)) : NO_FILM),
  };
}

function bestText({ rating, films }) {
  const which = ["", "its one film", "its two films"][films] ?? "its best films";
  return `${which}: ${rating.toFixed(2)}`;
}

function floorToTenth(rating) {
  return Math.floor(rating * 10) / 10;
}

// "6.6–6.9", before 7.0; "7.4 or more" where nothing follows.
function ratingsLabel(start, next) {
  if (next === undefined) return `${start.toFixed(1)} or more`;
  const last = (next - 0.1).toFixed(1);
  return start.toFixed(1) === last ? last : `${start.toFixed(1)}–${last}`;
}

export function shadeBySeen({ seen, wanted }, values, codes) {
  const isRated = (code) => values.size === 0 || values.get(code) > 0;
  const shadeOf = (code) => {
    if (seen.get(code)) return "seen";
    if (wanted.get(code)) return "wanted";
    return isRated(code) ? "neither" : "0";
  };
  // As filmStatistics() counts: a country without a rated film is none of those that there are to see,
  // even where somebody has seen a film of it.
  const countedAs = (code) => (isRated(code) ? shadeOf(code) : "0");
  const numberOf = (shade) => codes.filter((code) => countedAs(code) === shade).length;
  return {
    title: "My films",
    classes: MARKS.map(([shade, label]) => ({ shade, label, countries: numberOf(shade) }))
      .filter(({ shade, countries }) => countries || shade !== "0")
      .map(({ shade, label, countries }) => ({ shade, label: `${label}: ${formatCount(countries, "country")}` })),
    shadeOf,
    textOf: (code) => textOf(seen.get(code) ?? 0, wanted.get(code) ?? 0, shadeOf(code)),
  };
}

// The painting of somebody's marks: {seen, wanted}, maps or objects by code, or a function of the
// numbers of rated films and all codes that makes one itself.
export function shadeByMarks(marks, values, codes) {
  if (typeof marks === "function") return marks(values, codes);
  return shadeBySeen({ seen: toMap(marks?.seen), wanted: toMap(marks?.wanted) }, values, codes);
}

function ladder(most) {
  return LADDERS.findLast((steps) => steps.at(-1) <= most) ?? LADDERS[0];
}

function step(from, index, steps) {
  const shade = String(index + 1);
  if (index === steps.length - 1) return { shade, label: `${formatNumber(from)} or more` };
  const to = steps[index + 1] - 1;
  return { shade, label: from === to ? `${from}` : `${formatNumber(from)}–${formatNumber(to)}` };
}

function textOf(seen, wanted, shade) {
  if (shade === "0") return NO_FILM;
  const parts = [seen && `${formatNumber(seen)} seen`, wanted && `${formatNumber(wanted)} wanted`];
  return parts.filter(Boolean).join(", ") || "none seen";
}

// --- the legend: what the colours mean, a list beside the map

export function createLegend() {
  const made = element("div", { class: "map-legend", hidden: true });
  // What stands above it on the first page goes by it.
  const tell = () => document.documentElement.style.setProperty("--legend-height", `${made.offsetHeight}px`);
  new ResizeObserver(tell).observe(made);
  return { element: made, show: (painting) => showLegend(made, painting) };
}

function showLegend(made, { title, classes, extra = [], isRamp = false }) {
  made.hidden = !classes.length;
  made.classList.toggle("is-ramp", isRamp);
  const steps = element("ul", {}, ...classes.map((one) => element("li", {}, ...entry(one))));
  const beside = extra.map((one) => element("div", { class: "map-legend-extra" }, ...entry(one)));
  made.replaceChildren(element("p", {}, title), steps, ...beside);
}

function entry({ shade, label }) {
  return [element("span", { class: "map-swatch", "data-shade": shade }), label];
}
