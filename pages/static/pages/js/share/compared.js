// Somebody else's map beside one's own: who has seen what, and what one could learn from the other.

import { isCounted } from "../my-films/countries.js";
import { button, compareNames, element, formatCount, formatNumber } from "../shell/content.js";
import { countryUrl } from "../shell/site.js";
import { UnreadableLink, decodeMap } from "./map-link.js";

// { seen, wanted } of the address's fragment, or { words } that say why there is none.
export function readSharedMap(hash) {
  try {
    return decodeMap(hash);
  } catch (error) {
    if (!(error instanceof UnreadableLink)) throw error;
    return { words: `${error.message} Ask whoever sent it for another one: My films has them below “Share by a link”.` };
  }
}

export function unreadableMap({ words }, close) {
  return [
    element("section", { class: "compared", "aria-labelledby": "compared" },
      element("h2", { id: "compared", tabindex: -1 }, "A map that cannot be shown"),
      element("p", { class: "problem", role: "alert" }, words),
      button("Back to my films", close)),
  ];
}

// `mine` is what countByCountry() gives, `countries` the API's list.
export function comparedMaps(theirs, mine, countries, close) {
  const counted = countries.filter((country) => isCounted(country));
  const of = (condition) => counted.filter(({ code }) => condition(mine.seen.has(code), theirs.seen.has(code)));
  const figures = {
    "Both of you": of((my, their) => my && their),
    "Only you": of((my, their) => my && !their),
    "Only they": of((my, their) => !my && their),
    Neither: of((my, their) => !my && !their),
  };
  const wanted = counted.filter(({ code }) => theirs.wanted.has(code));
  const isGuest = mine.seen.size + mine.wanted.size === 0;
  return [
    element("section", { class: "compared", "aria-labelledby": "compared" },
      element("h2", { id: "compared", tabindex: -1 }, "Somebody’s map beside yours"),
      element("p", {}, headline(theirs, mine, counted)),
      isGuest
        ? element("p", {}, "Whoever sent it marks here which films they have seen, and where those come from. Yours is empty yet: it takes one film to begin, and stays in this browser.")
        : element("dl", { class: "compared-figures" }, ...Object.entries(figures).map(figure)),
      countryList("They have seen one from", figures["Only they"]),
      countryList("You have seen one from", figures["Only you"]),
      countryList("They want one from", wanted),
      isGuest
        ? button("Make a map of your own", () => begin(close), { class: "primary" })
        : button("Back to my films", close)),
  ];
}

function begin(close) {
  close();
  document.getElementById("find-film").focus();
}

function headline(theirs, mine, counted) {
  const number = ({ seen }) => formatNumber(counted.filter(({ code }) => seen.has(code)).length);
  return `They have seen films from ${number(theirs)} of ${formatCount(counted.length, "country")}, you from ${number(mine)}.`;
}

function figure([words, found], index) {
  const shade = ["both", "mine", "theirs", "neither"][index];
  const swatch = element("span", { class: "swatch" });
  // As the map has it.
  swatch.style.setProperty("--shade", getComputedStyle(document.querySelector("#map")).getPropertyValue(`--map-${shade}`));
  return element("div", {},
    element("dt", {}, swatch, words),
    element("dd", {}, formatCount(found.length, "country")));
}

function countryList(words, countries) {
  if (countries.length === 0) return null;
  const links = countries
    .toSorted((a, b) => compareNames(a.name, b.name))
    .map(({ code, name }) => element("li", {}, element("a", { href: countryUrl(code) }, name)));
  return element("details", {},
    element("summary", {}, `${words} (${formatNumber(countries.length)})`),
    element("ul", { class: "country-links", role: "list" }, ...links));
}
