// Keeps the list of films current while somebody looks at it. Asks the API every few seconds and
// touches of the page only what has changed, so that focus, selection and scrolling stay.

const list = document.getElementById("films");
const asOf = document.getElementById("as-of");
const age = document.getElementById("age");
const warning = document.querySelector("#warning [role=status]");
const news = document.getElementById("news");
const template = document.getElementById("film").content.firstElementChild;

const { url, renewalSeconds, maxAgeSeconds } = list.dataset;
const LONGEST_ANSWER = 10_000; // milliseconds
// How many of a unit it takes until the next one tells more; ghibli/views.py has the same.
const UNITS = [["second", 120, 60], ["minute", 120, 60], ["hour", 48, 24]];
const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

let etag = list.dataset.etag;
let timer;
let isAsking = false;

document.addEventListener("visibilitychange", () => plan(0));
plan(renewalSeconds * 1000);
startThemeSwitch();

function plan(delay) {
  clearTimeout(timer);
  if (document.visibilityState === "visible" && !isAsking) timer = setTimeout(renew, delay);
}

async function renew() {
  isAsking = true;
  const answer = await ask();
  isAsking = false;
  if (answer) show(answer);
  else warn("This page’s server does not answer.", "What you see is as of the time above.");
  plan(renewalSeconds * 1000);
}

// The films, null where they are the ones already shown, with when they were fetched and how many
// seconds ago by the server's own clock; undefined where there is no answer.
async function ask() {
  const signal = AbortSignal.timeout(LONGEST_ANSWER);
  try {
    const response = await fetch(url, { headers: { "If-None-Match": etag }, signal });
    if (!response.ok && response.status !== 304) return undefined;
    const films = response.ok ? (await response.json()).movies : null;
    const fetchedAt = Date.parse(response.headers.get("X-Fetched-At"));
    const seconds = (Date.parse(response.headers.get("Date")) - fetchedAt) / 1000;
    etag = response.headers.get("ETag") ?? etag;
    return { films, fetchedAt, seconds };
  } catch {
    return undefined; // cut off, timed out, or no JSON
  }
}

function show({ films, fetchedAt, seconds }) {
  if (films) {
    arrange(list, films, () => template.cloneNode(true), fillFilm);
    write(news, `The list changed at ${clock(new Date())} UTC.`);
  }
  if (Number.isNaN(fetchedAt)) warn("The Studio Ghibli API does not answer.", "There is nothing to show yet.");
  else if (seconds > maxAgeSeconds) warn("The Studio Ghibli API does not answer.", `What you see is ${inWords(seconds)} old.`);
  else warn("", "");
  if (!Number.isNaN(fetchedAt)) tellTime(new Date(fetchedAt));
}

function tellTime(time) {
  asOf.hidden = false;
  asOf.firstElementChild.dateTime = time.toISOString();
  write(asOf.firstElementChild, `${DAY.format(time)}, ${clock(time)} UTC`);
}

// The age stands apart: it changes all the time, and nobody wants to have it read out.
function warn(words, howOld) {
  write(warning, words);
  write(age, howOld);
}

// Makes the parent's children those of the items, in their order, by their ids. Where one has
// moved past others it alone is taken out of the page and put back.
function arrange(parent, items, make, fill) {
  const there = new Map([...parent.children].map((child) => [child.dataset.id, child]));
  const wanted = new Set(items.map((item) => item.id));
  for (const [id, child] of there) if (!wanted.has(id)) child.remove();
  let next = parent.firstElementChild;
  for (const item of items) {
    const child = there.get(item.id) ?? make();
    child.dataset.id = item.id;
    fill(child, item);
    // What stands before a child that is in its place gets its own later.
    if (child === next || child === next?.nextElementSibling) next = child.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

// The catalogue's link and poster come with the page; of a film that has become another they are gone.
function fillFilm(element, film) {
  const title = element.querySelector("a[data-field=title]");
  const year = element.querySelector("[data-field=release_year]");
  const isTheSame = title.textContent === film.title && year.textContent === String(film.release_year ?? "");
  if (!isTheSame) {
    title.removeAttribute("href");
    element.querySelector("img")?.remove();
  }
  for (const place of element.querySelectorAll("[data-field]")) {
    write(place, String(film[place.dataset.field] ?? ""));
  }
  const people = element.querySelector(".people");
  arrange(people, film.people, () => document.createElement("li"), (item, person) => write(item, person.name));
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function clock(time) {
  return time.toISOString().slice(11, 19);
}

// "4 minutes", as ghibli/views.py has it.
function inWords(seconds) {
  let number = Math.floor(seconds);
  for (const [unit, limit, ofTheNext] of UNITS) {
    if (number < limit) return `${number} ${unit}${number === 1 ? "" : "s"}`;
    number = Math.floor(number / ofTheNext);
  }
  return `${number} days`;
}

// As on all pages; the list does without it.
async function startThemeSwitch() {
  try {
    const { startTheme } = await import("../pages/js/shell/theme.js");
    startTheme(document.querySelector("#theme"));
  } catch (error) {
    console.warn(error);
  }
}
