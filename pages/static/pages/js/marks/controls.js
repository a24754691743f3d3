// The controls of one film: Seen, Want, and one's own rating, as marks.html has them; and the card of a
// film, with its poster or a stand-in, its title, year and rating, and these controls.

import { button, element, formatRating } from "../shell/content.js";
import { filmUrl, posterName, posterUrl } from "../shell/site.js";

const RATINGS = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

// `film` has the API's keys, as an element's data-film; `withDay` adds the day of seeing it.
export function markControls(film, { withDay = false } = {}) {
  const ratings = RATINGS.map((rating) => element("option", { value: rating }, `★ ${rating}`));
  return element(
    "div",
    { class: "marks", role: "group", "aria-label": `Your marks: ${film.name}`, "data-film": JSON.stringify(film) },
    button("Seen", null, { "data-mark": "seen", "aria-pressed": "false" }),
    button("Want", null, { "data-mark": "wanted", "aria-pressed": "false", title: "I want to see it" }),
    element("select", { "data-mark": "rating", "aria-label": "Your rating" }, element("option", { value: "" }, "Rate"), ...ratings),
    withDay ? element("label", { hidden: true }, "on ", element("input", { type: "date", "data-mark": "on" })) : null,
  );
}

// What the API would say of a film that the browser keeps.
export function apiFilm({ id, imdbId, name, year, countries, partners, world, poster }) {
  return {
    id,
    imdb_id: imdbId,
    name,
    year,
    country_codes: countries,
    co_production_codes: partners,
    rating: world,
    poster_url: poster && `/${poster}`,
  };
}

// Shows on the controls what the film is to somebody; it is undefined where it is nothing.
export function showMarks(marks, film) {
  for (const control of marks.querySelectorAll("[data-mark]")) {
    const { mark } = control.dataset;
    if (mark === "rating") showRating(control, film?.rating ?? null);
    else if (mark === "on") showDay(control, film);
    else control.setAttribute("aria-pressed", String(film?.[mark] ?? false));
  }
}

function showRating(select, rating) {
  select.querySelector("[data-own]")?.remove();
  // Some tables have ratings like 7.5.
  if (rating !== null && !RATINGS.includes(rating)) {
    select.append(element("option", { value: rating, "data-own": true }, `★ ${rating}`));
  }
  select.options[0].textContent = rating === null ? "Rate" : "No rating";
  select.value = rating ?? "";
  select.toggleAttribute("data-is-rated", rating !== null);
}

function showDay(input, film) {
  input.value = film?.on ?? "";
  input.closest("label").hidden = !film?.seen;
}

// Of a film of the API's, what filmCard() takes.
export function bestFilm(film) {
  const { id, name, year, runtime, rating, poster_url: poster, few_votes: hasFewVotes } = film;
  return { id, name, year, runtime, world: rating, poster: posterName(poster), isWanted: false, hasFewVotes, facts: film };
}

// A film to be seen, { id, name, year, runtime, world, poster, isWanted, hasFewVotes, facts }, `facts` as
// the API has it.
export function filmCard(film, { isLarge = false } = {}) {
  const { id, name, year, runtime, world, poster, isWanted, hasFewVotes, facts } = film;
  const told = [
    year ?? "year not known",
    runtime ? `${runtime} min` : "",
    world === null ? "not rated" : formatRating(world),
    hasFewVotes ? "few votes" : "",
  ];
  return element(
    "div",
    { class: isLarge ? "film-card large" : "film-card beside" },
    cover(name, poster),
    element(
      "div",
      { class: "about" },
      element("a", { href: filmUrl(id), dir: "auto" }, name),
      element("p", { class: "quiet" }, told.filter(Boolean).join(" · ")),
      isWanted ? element("span", { class: "badge" }, "wanted") : null,
      markControls(facts),
    ),
  );
}

// As poster.html has it: the name shows where there is no poster, or it does not come.
function cover(name, poster) {
  const address = (width) => `${posterUrl(poster, width)} ${width}w`;
  const image = poster
    ? element("img", {
        src: posterUrl(poster, 154),
        srcset: [154, 342].map(address).join(", "),
        sizes: "9rem",
        width: 154,
        height: 231,
        alt: "",
        loading: "lazy",
        decoding: "async",
      })
    : null;
  return element("span", { class: "cover", "aria-hidden": "true" }, element("span", { class: "stand-in" }, name), image);
}
