// Which colour a country has, and the words that go with it: by the number of its rated films,
// or by what a person has seen. What is given here to the map, the legend and the picture alike:
// {title, classes: [{shade, label}], shadeOf(code), textOf(code)}.

import { formatCount, formatNumber } from "../shell/format.js";

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
const NO_FILM = "no rated film";
const MARKS = [["seen", "seen"], ["wanted", "on the list"], ["neither", "neither"], ["0", NO_FILM]];

// A Map by code, of a Map or a plain object.
export function toMap(values) {
  return values instanceof Map ? values : new Map(Object.entries(values ?? {}));
}

export function withoutShades() {
  return { title: "", classes: [], shadeOf: () => "0", textOf: () => "" };
}

export function shadeByCount(values) {
  const steps = ladder(Math.max(...values.values()));
  return {
    title: "Rated films",
    classes: [{ shade: "0", label: "none" }, ...steps.map(step)],
    shadeOf: (code) => String(steps.filter((from) => from <= (values.get(code) ?? 0)).length),
    textOf: (code) => (values.get(code) ? formatCount(values.get(code), "rated film") : NO_FILM),
  };
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
  const parts = [seen && `${formatNumber(seen)} seen`, wanted && `${formatNumber(wanted)} on the list`];
  return parts.filter(Boolean).join(", ") || "none seen";
}
