// /my-films/2026/: a year of somebody's films, by month, with what was new, first, last and best.

import { apiFilm, markControls } from "../marks/controls.js";
import { shadeYear } from "../my-films/shades.js";
import { button, compareNames, element, formatCount, formatNumber, partsOf } from "../shell/content.js";
import { API_COUNTRIES, MY_FILMS, countryUrl, fetchJson, filmUrl, posterUrl, yearUrl } from "../shell/site.js";
import { summariseYear, yearsOf } from "./year.js";

const MONTH_NAMES = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" }).format(Date.UTC(2000, month)),
);
const DAYS = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

// Returns the function that brings the page up to date.
export function createPage(root, { store, map }) {
  const part = partsOf(root);
  const year = Number(root.dataset.myYear);
  return async function update() {
    const summary = summariseYear(store.films, year);
    part.years.replaceChildren(otherYears(yearsOf(store.films), year));
    if (summary.films.length === 0) {
      part.figures.replaceChildren(...nothing(year));
      for (const name of ["months", "countries", "films"]) part[name].replaceChildren();
      return;
    }
    map.show(shadeYear(year, summary.countries, summary.newCountries));
    const names = await countryNames();
    part.figures.replaceChildren(...figures(summary, year, names));
    part.months.replaceChildren(months(summary));
    part.countries.replaceChildren(...newCountries(summary, names));
    part.films.replaceChildren(...highlights(summary));
  };
}

// By code; a map without any where nobody says.
async function countryNames() {
  try {
    return new Map((await fetchJson(API_COUNTRIES)).map(({ code, name }) => [code, name]));
  } catch {
    return new Map();
  }
}

function otherYears(years, year) {
  const link = (one) => element("li", {}, element("a", { href: yearUrl(one), "aria-current": one === year ? "page" : null }, String(one)));
  return element("ul", { role: "list" }, ...years.map(link), element("li", {}, element("a", { href: MY_FILMS }, "All my films")));
}

function nothing(year) {
  return [
    element("p", { class: "nothing" }, `No film of yours has a day in ${year}.`),
    element("p", {}, "A diary has days of watching, ratings have days of rating. A film that you mark here has none until you say it on the film’s page."),
  ];
}

function figures(summary, year, names) {
  const { films, countries, newCountries: added } = summary;
  const told = [formatCount(films.length, "film"), formatCount(countries.size, "country"), `${formatNumber(added.size)} of them new`];
  return [
    element("p", { class: "figures year-figures" }, told.join(" · ")),
    films.every(({ isWatchDay }) => isWatchDay) ? null : element("p", { class: "quiet small" }, "By the day of watching, or where no file has that, of rating."),
    button("Make a picture of the year", ({ target }) => showPicture(target, summary, year, names)),
  ].filter(Boolean);
}

// null where it cannot be drawn.
async function pictureOf(summary, year, names) {
  try {
    return await (await import("./picture.js")).drawYear(summary, year, names);
  } catch {
    return null;
  }
}

async function showPicture(control, summary, year, names) {
  const [{ openDialog }, blob] = await Promise.all([import("../shell/dialog.js"), pictureOf(summary, year, names)]);
  const url = blob && URL.createObjectURL(blob);
  const words = `My ${year} in films: ${formatCount(summary.films.length, "film")} from ${formatCount(summary.countries.size, "country")}, ${formatNumber(summary.newCountries.size)} of them new`;
  await openDialog(blob ? `Your ${year}` : "There is no picture", (close) => [
    blob
      ? element("img", { src: url, class: "year-picture", width: 1080, height: 1350, alt: words })
      : element("p", {}, "The map could not be loaded, so there is no picture of the year."),
    element("div", { class: "actions" },
      blob ? element("a", { href: url, download: `my-${year}-in-films.png`, class: "button" }, "Download the picture") : null,
      button("Close", () => close(""))),
  ]);
  if (url) URL.revokeObjectURL(url);
  control.focus();
}

function months({ months: numbers }) {
  const most = Math.max(...numbers);
  const bar = (number, month) => element("li", {},
    barOf(number / most),
    element("span", { class: "number" }, formatNumber(number)),
    element("span", { class: "month" }, element("span", { class: "unseen" }, MONTH_NAMES[month]), element("span", { "aria-hidden": "true" }, MONTH_NAMES[month].slice(0, 1))));
  return element("section", { "aria-labelledby": "months" },
    element("h2", { id: "months" }, "By month"),
    element("ol", { class: "months", role: "list" }, ...numbers.map(bar)));
}

function barOf(share) {
  const bar = element("span", { class: "bar" });
  bar.style.setProperty("--share", share); // the policy refuses an attribute
  return bar;
}

function newCountries({ newCountries: added, countries }, names) {
  const link = (code) => element("li", {}, element("a", { href: countryUrl(code) }, names.get(code) ?? code));
  const sorted = (codes) => [...codes.keys()].sort((a, b) => compareNames(names.get(a) ?? a, names.get(b) ?? b));
  const others = [...countries].filter(([code]) => !added.has(code));
  return [
    element("section", { "aria-labelledby": "new-countries" },
      element("h2", { id: "new-countries" }, "New countries"),
      added.size
        ? element("ul", { class: "country-links", role: "list" }, ...sorted(added).map(link))
        : element("p", { class: "quiet" }, "None that you had not seen a film from before."),
      others.length
        ? element("details", {}, element("summary", {}, `And again (${formatNumber(others.length)})`),
          element("ul", { class: "country-links", role: "list" }, ...sorted(new Map(others)).map(link)))
        : null),
  ];
}

function highlights({ films, first, last, best, worst }) {
  const told = [["First", first], ["Last", last], ["Best by your rating", best], ["Worst by your rating", worst]].filter(([, film]) => film);
  return [
    element("section", { "aria-labelledby": "highlights" },
      element("h2", { id: "highlights" }, "First and last, best and worst"),
      element("ul", { class: "highlights", role: "list" }, ...told.map(([words, film]) => highlight(words, film)))),
    element("details", { class: "year-films" },
      element("summary", {}, `All ${formatCount(films.length, "film")}, by day`),
      element("ol", {}, ...films.map(entry))),
  ];
}

function highlight(words, film) {
  return element("li", { class: "film-card" },
    element("p", { class: "quiet" }, words),
    element("span", { class: "cover", "aria-hidden": "true" },
      element("span", { class: "stand-in" }, film.name),
      film.poster ? element("img", { src: posterUrl(film.poster, 154), alt: "", width: 154, height: 231, loading: "lazy", decoding: "async" }) : null),
    element("a", { href: filmUrl(film.id), dir: "auto" }, film.name),
    element("p", { class: "quiet" }, [formatDay(film.on), film.rating === null ? "" : `★ ${film.rating}`].filter(Boolean).join(" · ")),
    markControls(apiFilm(film)));
}

function entry({ id, name, on, rating }) {
  return element("li", {},
    element("a", { href: filmUrl(id), dir: "auto" }, name), " ",
    element("span", { class: "quiet" }, [formatDay(on), rating === null ? "" : `★ ${rating}`].filter(Boolean).join(" · ")));
}

function formatDay(day) {
  return DAYS.format(new Date(`${day}T00:00:00Z`));
}
