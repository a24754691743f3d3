// The best films of a country, a continent or the world, narrowed by genre and years.
/** @import { Film } from "./types" */
import { ApiError, connect } from "./client.js";

const site = new URLSearchParams(location.search).get("api") ?? "http://localhost:8000";
const get = connect(site);

const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
const list = /** @type {HTMLOListElement} */ (document.querySelector("ol"));
const said = /** @type {HTMLOutputElement} */ (document.querySelector("output"));

let asking = new AbortController();

/** @param {string} name @param {Iterable<[string | number, string]>} options */
function fillSelect(name, options) {
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));
  for (const [value, text] of options) select.add(new Option(text, String(value)));
}

/** @param {Film} film */
function listItem(film) {
  const item = document.createElement("li");
  item.value = film.rank;
  const rating = film.rating === null ? "" : `, ${film.rating.toFixed(1)}`;
  item.textContent = `${film.name} (${film.year ?? "?"})${rating}`;
  if (film.few_votes) item.classList.add("few-votes");
  return item;
}

async function show() {
  asking.abort();
  asking = new AbortController();
  const fields = new FormData(form);
  const number = (/** @type {string} */ name) => Number(fields.get(name)) || undefined;
  try {
    const page = await get("/api/v1/best/{code}/", {
      path: { code: String(fields.get("code")) },
      query: { genre: number("genre"), from: number("from"), to: number("to"), limit: 20 },
      signal: asking.signal,
    });
    list.replaceChildren(...page.results.map(listItem));
    said.value = `${page.count} films, ${page.country_name}`;
  } catch (error) {
    if (error instanceof ApiError) said.value = error.message;
    else if (!asking.signal.aborted) said.value = "The service cannot be reached.";
  }
}

const [countries, genres] = await Promise.all([get("/api/v1/countries/"), get("/api/v1/genres/")]);
fillSelect("code", countries.filter((one) => one.rated).map((one) => [one.code, one.name]));
fillSelect("genre", genres.map((genre) => [genre.id, genre.name]));
form.addEventListener("input", show);
await show();
