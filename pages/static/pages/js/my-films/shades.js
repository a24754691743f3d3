// How the map is coloured by a person's films, and by two persons': what world-map.js takes from
// `mark`, functions of the numbers of rated films by country and of all codes. Pure, but for which
// countries count (countries.js).

import { formatCount, formatNumber } from "../shell/content.js";
import { COUNTED, countByCountry, readCounted } from "./countries.js";

const NO_FILM = "no rated film";
// From so many films on.
const SHADES = [[10, "seen-3", "10 films or more"], [3, "seen-2", "3 to 9 films"], [1, "seen-1", "1 or 2 films"]];

// By how many films of each country are seen; lighter where it only had a part in one.
export function shadeOwn(films) {
  const { seen, wanted, partly } = countByCountry(films);
  return (values, codes) => {
    const isRated = ratedBy(values);
    const shadeOf = (code) => {
      if (seen.get(code)) return SHADES.find(([from]) => from <= seen.get(code))[1];
      if (partly.get(code)) return "partly";
      if (wanted.get(code)) return "wanted";
      return isRated(code) ? "neither" : "0";
    };
    const kindOf = (code) => shadeOf(code).replace(/^seen-.*/, "seen");
    const kinds = [["seen", "seen"], ["partly", "only a part in one"], ["wanted", "wanted"], ["neither", "neither"], ["0", NO_FILM]];
    const shades = [...SHADES.map(([, shade, label]) => ({ shade, label })), ...kinds.slice(1).map(([shade, label]) => ({ shade, label }))];
    return {
      title: "My films",
      classes: classesOf(kinds, codes, (code) => (isRated(code) ? kindOf(code) : "0"), ["partly", "0"]),
      shades: shades.filter(({ shade }) => codes.some((code) => shadeOf(code) === shade)),
      shadeOf,
      textOf: (code) => ownText(seen.get(code) ?? 0, partly.get(code) ?? 0, wanted.get(code) ?? 0, shadeOf(code)),
    };
  };
}

// By who has seen one: both, I, they, neither. `mine` and `theirs` are sets of codes.
export function shadeCompared(mine, theirs) {
  return (values, codes) => {
    const isRated = ratedBy(values);
    const shadeOf = (code) => {
      if (mine.has(code)) return theirs.has(code) ? "both" : "mine";
      if (theirs.has(code)) return "theirs";
      return isRated(code) ? "neither" : "0";
    };
    const kinds = [["both", "both of you"], ["mine", "only you"], ["theirs", "only they"], ["neither", "neither"], ["0", NO_FILM]];
    return {
      title: "Seen by",
      classes: classesOf(kinds, codes, (code) => (isRated(code) ? shadeOf(code) : "0"), ["0"]),
      shadeOf,
      textOf: (code) => Object.fromEntries(kinds)[shadeOf(code)],
    };
  };
}

// By the countries of a year: those that were new then, and the others. Both are maps by code.
export function shadeYear(year, countries, added) {
  return (values, codes) => {
    const shadeOf = (code) => (added.has(code) ? "seen-3" : countries.has(code) ? "seen-1" : "neither");
    const kinds = [["seen-3", "new"], ["seen-1", "again"], ["neither", "not this year"]];
    return {
      title: `My ${year}`,
      classes: classesOf(kinds, codes, shadeOf, []),
      shadeOf,
      textOf: (code) => (countries.has(code) ? `${formatCount(countries.get(code), "film")} in ${year}` : `none in ${year}`),
    };
  };
}

// Which countries count as the world, by the numbers of rated films; all while nobody knows those.
function ratedBy(values) {
  const { counts } = COUNTED[readCounted()];
  return (code) => values.size === 0 || (values.has(code) && counts(code, values.get(code)));
}

// With how many countries each; those of `optional` only where there is one.
function classesOf(kinds, codes, kindOf, optional) {
  return kinds
    .map(([shade, label]) => ({ shade, label, countries: codes.filter((code) => kindOf(code) === shade).length }))
    .filter(({ shade, countries }) => countries || !optional.includes(shade))
    .map(({ shade, label, countries }) => ({ shade, label: `${label}: ${formatCount(countries, "country")}` }));
}

function ownText(seen, partly, wanted, shade) {
  if (shade === "0") return NO_FILM;
  const parts = [
    seen && `${formatNumber(seen)} seen`,
    partly && !seen && `${formatNumber(partly)} seen that it had a part in`,
    wanted && `${formatNumber(wanted)} wanted`,
  ];
  return parts.filter(Boolean).join(", ") || "none seen";
}
