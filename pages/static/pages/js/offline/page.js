// Shows a person's films, which the browser keeps, where there is nothing else to be had.

import { Store } from "../store/store.js";

const number = document.querySelector("#my-films-number");
const list = document.querySelector("#my-films-list");
const store = new Store();

store.addEventListener("change", show);
show();

function show() {
  const films = [...store.films.values()].sort((a, b) => a.name.localeCompare(b.name));
  const seen = films.filter((film) => film.seen);
  const wanted = films.filter((film) => film.wanted && !film.seen);
  const countries = new Set(seen.flatMap((film) => film.countries));
  number.textContent = films.length
    ? `${count(seen.length, "film")} seen, of ${count(countries.size, "country", "countries")}; ${count(wanted.length, "film")} wanted.`
    : "This browser keeps no films.";
  list.replaceChildren(...section("Seen", seen), ...section("Wanted", wanted));
}

function section(title, films) {
  if (films.length === 0) return [];
  const heading = document.createElement("h3");
  heading.textContent = title;
  const items = document.createElement("ul");
  items.setAttribute("role", "list");
  items.append(...films.map(item));
  return [heading, items];
}

function item({ name, year }) {
  const entry = document.createElement("li");
  const title = document.createElement("bdi");
  const released = document.createElement("span");
  title.textContent = name;
  released.textContent = year ? ` ${year}` : "";
  entry.append(title, released);
  return entry;
}

function count(films, one, many = `${one}s`) {
  return `${new Intl.NumberFormat("en-GB").format(films)} ${films === 1 ? one : many}`;
}
