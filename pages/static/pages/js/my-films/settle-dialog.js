// Which film is this row about? A dialog with the films that it could be, and a search for others.

import { apiFilm, markControls } from "../marks/controls.js";
import { changeOf } from "../marks/marks.js";
import { button, element, formatRating } from "../shell/content.js";
import { openDialog } from "../shell/dialog.js";
import { apiSearchUrl, fetchText, messageOf, posterUrl } from "../shell/site.js";
import { filmFacts } from "../store/film.js";

const LIMIT = 8;
const REGIONS = new Intl.DisplayNames(["en-GB"], { type: "region" });

// Settles the row, or leaves it out, or leaves all as it is: "settled", "dropped", "".
export function settleRow(store, row) {
  return openDialog("Which film is it?", (close) => {
    const choose = (film, marks = {}) => {
      store.settle(row, film, marks);
      close("settled");
    };
    const drop = () => {
      store.leaveOut(row);
      close("dropped");
    };
    return [
      element("p", {}, "Your file says “", element("bdi", {}, row.name || "no title"), `”${row.year ? `, ${row.year}` : ""}.`),
      row.candidates.length ? choices("It could be", row.candidates, choose) : null,
      search(row, choose),
      element("div", { class: "actions" }, button("None: leave the row out", drop, { class: "danger" }), button("Close", () => close(""))),
    ].filter(Boolean);
  });
}

function choices(words, films, choose) {
  const list = element("ul", { class: "choices", role: "list" }, ...films.map((film) => element("li", {}, choice(film, choose), choiceOfMarks(film, choose))));
  return element("div", {}, element("h3", {}, words), list);
}

function choice(film, choose) {
  const facts = [film.year ?? "year not known", film.countries.map(countryName).join(", "), film.world === null ? "" : `★ ${formatRating(film.world)}`];
  return element(
    "button",
    { type: "button", class: "choice", onclick: () => choose(film) },
    element("span", { class: "cover", "aria-hidden": "true" }, film.poster ? poster(film) : null),
    element("span", {}, element("b", { dir: "auto" }, film.name), " ", element("span", { class: "quiet" }, facts.filter(Boolean).join(" · "))),
  );
}

// To say at once what the film is to the reader, where the row has it wrong or not at all.
function choiceOfMarks(film, choose) {
  const controls = markControls(apiFilm(film));
  const use = (event) => {
    const control = event.target.closest("[data-mark]");
    if (!control || (event.type === "click") === control.matches("select")) return;
    event.stopPropagation(); // the film is marked with its row
    choose(film, changeOf(control).marks);
  };
  for (const type of ["click", "change"]) controls.addEventListener(type, use);
  return controls;
}

// Former states have codes that no browser has a name for.
function countryName(code) {
  return REGIONS.of(code) ?? code;
}

function poster({ poster: name }) {
  return element("img", { src: posterUrl(name, 92), alt: "", width: 92, height: 138, decoding: "async" });
}

function search(row, choose) {
  // No search field: Escape would empty it, and not close the dialog.
  const field = element("input", { id: "settle-name", type: "text", inputmode: "search", value: row.name, maxlength: 200, autocomplete: "off", required: true });
  const found = element("div", { role: "status" });
  let asked = 0;
  const find = async () => {
    const number = (asked += 1);
    found.replaceChildren(element("p", { class: "quiet" }, "Searching…"));
    const films = await results(field.value.trim(), choose);
    if (number === asked) found.replaceChildren(films); // or something else is searched for by now
  };
  const onsubmit = (event) => {
    event.preventDefault();
    find();
  };
  if (row.name && row.candidates.length === 0) find();
  return element(
    "form",
    { class: "settle-search", onsubmit },
    element("label", { class: "wide", for: field.id }, `${row.candidates.length ? "Or search" : "Search"} by any title, or an address at IMDb or TMDB`),
    element("div", { class: "actions" }, field, element("button", {}, "Search")),
    found,
  );
}

async function results(name, choose) {
  try {
    const { ok, text } = await fetchText(apiSearchUrl(name, LIMIT), { accept: "application/json" });
    const films = ok ? JSON.parse(text).results : [];
    if (films.length) return choices("Found", films.map(filmFacts), choose);
    return element("p", { class: "quiet" }, "No film is known by this name.");
  } catch (error) {
    return element("p", { class: "problem" }, messageOf(error));
  }
}
