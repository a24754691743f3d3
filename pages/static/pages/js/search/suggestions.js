// The list below the search box: countries, people and films, one of which may be the chosen one, or
// words.

import { element, formatCount } from "../shell/content.js";
import { countryUrl, filmUrl, imageUrl, personUrl, posterName, posterUrl, searchUrl } from "../shell/site.js";

export class Suggestions {
  #input;
  #list = element("ul", { id: "suggestions", role: "listbox", "aria-label": "Countries, people and films", hidden: true });
  #words = element("p", { class: "suggestions-words", role: "status" });
  #at = -1;

  // `open` is called with the address of what is clicked.
  constructor(form, input, open) {
    this.#input = input;
    form.append(this.#list, this.#words);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": this.#list.id,
      "aria-autocomplete": "list",
    })) {
      input.setAttribute(name, value);
    }
    // The focus stays where it is, or the list would be gone before the click.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) open(option.dataset.address);
    });
  }

  get isShown() {
    return !this.#list.hidden;
  }

  // The address of what the keyboard has come to; null without one.
  get chosen() {
    return this.#at < 0 ? null : this.#list.children[this.#at].dataset.address;
  }

  // `place` is a country, a time or a genre that has been typed, of which there is a list of films;
  // `isGuess` where nothing is called so and the others are of the nearest names.
  show({ place, countries, people, films, isGuess }) {
    this.#words.textContent = "";
    const kind = (noun) => (isGuess ? `Nearest ${noun}` : noun[0].toUpperCase() + noun.slice(1));
    const options = [
      ...countries.map((country) => countryOption(country, kind("country"))),
      ...people.map((person) => personOption(person, kind("person"))),
      ...films.map(filmOption),
    ];
    this.#list.replaceChildren(...(place ? [placeOption(place)] : []), ...options);
    this.#set(true);
  }

  say(words) {
    this.hide();
    this.#words.textContent = words;
  }

  hide() {
    this.#words.textContent = "";
    this.#set(false);
  }

  // So many films down, or up; past either end there is the input, with no film chosen.
  move(steps) {
    const places = this.#list.children.length + 1;
    const place = (this.#at + 1 + steps) % places;
    this.#choose((place < 0 ? place + places : place) - 1);
  }

  unchoose() {
    this.#choose(-1);
  }

  #set(isShown) {
    this.#list.hidden = !isShown;
    this.#input.setAttribute("aria-expanded", String(isShown));
    this.unchoose();
  }

  #choose(at) {
    this.#at = at;
    this.#input.removeAttribute("aria-activedescendant");
    [...this.#list.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === at));
    });
    const option = this.#list.children[at];
    if (!option) return;
    this.#input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
}

function countryOption({ code, name }, kind) {
  return option(
    `suggestion-${code}`,
    countryUrl(code),
    element("span"),
    element("span", { class: "suggestion-words" }, element("b", {}, name), element("span", { class: "quiet" }, kind)),
  );
}

function personOption({ id, name, profile_url: photo, known_for: film }, kind) {
  const image = photo ? element("img", { src: imageUrl(`/${posterName(photo)}`, 92), alt: "", width: 92, height: 138, decoding: "async" }) : null;
  return option(
    `suggestion-person-${id}`,
    personUrl(id),
    element("span", { class: "portrait", "aria-hidden": "true" }, element("span", {}, [...name][0] ?? ""), image),
    element(
      "span",
      { class: "suggestion-words" },
      element("b", { dir: "auto" }, name),
      element("span", { class: "quiet" }, `${kind}, known for `, element("bdi", {}, film.name)),
    ),
  );
}

function placeOption({ typed, country_name: country, continent, genre, time, films }) {
  const where = country ?? continent;
  const name = [where, genre && `${genre} films`, time].filter(Boolean).join(", ");
  return option(
    "suggestion-place",
    searchUrl(genre && !where && !time ? `${genre} films` : typed),
    element("span"),
    element("span", { class: "suggestion-words" }, element("b", {}, name), element("span", { class: "quiet" }, filmsOf(films))),
  );
}

// Null where they have not been counted.
function filmsOf(films) {
  if (films === null) return "The best films";
  return films ? formatCount(films, "rated film") : "No rated film of its own";
}

function option(id, address, ...content) {
  return element("li", { id, role: "option", "aria-selected": "false", "data-address": address }, ...content);
}

function filmOption(film) {
  const facts = [film.year ?? "year not known", film.country_names.join(", ")];
  return option(
    `suggestion-${film.id}`,
    filmUrl(film.id),
    cover(film),
    element(
      "span",
      { class: "suggestion-words" },
      element("b", { dir: "auto" }, film.name),
      otherName(film),
      element("span", { class: "quiet" }, facts.filter(Boolean).join(" · ")),
    ),
  );
}

function otherName({ name, matched_name }) {
  if (matched_name === name) return null;
  return element("span", { class: "suggestion-match" }, "“", element("bdi", {}, matched_name), "”");
}

function cover({ poster_url }) {
  const place = element("span", { class: "cover", "aria-hidden": "true" });
  if (poster_url) {
    const src = posterUrl(posterName(poster_url), 92);
    place.append(element("img", { src, alt: "", width: 92, height: 138, decoding: "async" }));
  }
  return place;
}
