// A collection as text: as the browser keeps it, and as a file that it can be brought back from.
// Pure.
//
// { version: 2, films: { id: { seen, wanted, rating, on, isWatchDay, from, film } }, unplaced, files,
// settled }; what is false, null or empty is left out, and `film` and rows are lists, because there is little room: ten
// thousand films are 2 million characters, and the browser that keeps the least keeps 2.6 million.

import { rowKey } from "./film.js";

export const VERSION = 2;
// What films were read from or written as: of ten thousand the one that has changed is made anew.
const entries = new WeakMap();

// It was written by a later release than this one: nobody here knows what it means.
export class NewerVersion extends Error {}

export function serialise({ films, files, unplaced, settled }, { withPosters = true, withUnplaced = true } = {}) {
  return JSON.stringify({
    version: VERSION,
    films: Object.fromEntries([...films].map(([id, film]) => [id, filmEntry(film, withPosters)])),
    unplaced: withUnplaced ? unplaced.map(unplacedEntry) : [],
    files: files.map((file) => fileEntry(file, !withUnplaced && hasUnplaced(file))),
    ...(settled.size ? { settled: [...settled.values()].map(decisionEntry) } : {}),
  });
}

// Throws NewerVersion, or another error where it is no collection at all.
export function parse(text) {
  const kept = JSON.parse(text);
  if (kept.version > VERSION) throw new NewerVersion();
  const { version, films, unplaced, files, settled = [] } = migrate(kept);
  if (version !== VERSION) throw new TypeError(`These films are of version ${version}.`);
  return {
    films: new Map(Object.entries(films).map(([id, entry]) => [Number(id), parseFilm(Number(id), entry)])),
    unplaced: unplaced.map(parseUnplaced),
    files: files.map(parseFile),
    settled: new Map(settled.map(parseDecision)),
  };
}

function filmEntry(film, withPosters) {
  // Without the pictures of what is seen there is room for more films.
  if (film.seen && !withPosters) return newEntry({ ...film, poster: "" });
  if (!entries.has(film)) entries.set(film, newEntry(film));
  return entries.get(film);
}

function newEntry({ seen, wanted, rating, on, isWatchDay, from, ...film }) {
  return { ...stated({ seen, wanted, rating, on, isWatchDay }), from, film: factsEntry(film) };
}

function stated(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== false));
}

function parseFilm(id, entry) {
  const { seen = false, wanted = false, rating = null, on = null, isWatchDay = false, from, film } = entry;
  const isRating = rating === null || (rating >= 1 && rating <= 10);
  const isDay = on === null || /^\d{4}-\d\d-\d\d$/.test(on);
  if (!isRating || !isDay || seen + wanted === 0) throw new TypeError("These are no marks.");
  const parsed = { ...parseFacts(id, film), seen, wanted, rating, on, isWatchDay, from: String(from) };
  entries.set(parsed, entry);
  return parsed;
}

function factsEntry({ imdbId, name, year, countries, partners, world, poster }) {
  const rounded = world === null ? null : Math.round(world * 100) / 100;
  return [imdbId, name, year, countries.join(" "), partners.join(" "), rounded, poster];
}

function parseFacts(id, [imdbId, name, year, countries, partners, world, poster]) {
  if (!Number.isInteger(id) || typeof name !== "string" || typeof poster !== "string") {
    throw new TypeError("This is not a film.");
  }
  return { id, imdbId, name, year, countries: codes(countries), partners: codes(partners), world, poster };
}

function codes(text) {
  return text ? text.split(" ") : [];
}

function unplacedEntry({ file, source, row, name, year, imdbId, type, reason, candidates, seen, rating, on, isWatchDay }) {
  const films = candidates.map(({ id, ...film }) => [id, ...factsEntry(film)]);
  return [file, source, row, name, year, imdbId, type, reason, films, Number(seen), rating, on, Number(isWatchDay)];
}

function parseUnplaced([file, source, row, name, year, imdbId, type, reason, films, seen, rating, on, isWatchDay = 0]) {
  const candidates = films.map(([id, ...film]) => parseFacts(id, film));
  return { file, source, row, name, year, imdbId, type, reason, candidates, seen: seen === 1, rating, on, isWatchDay: isWatchDay === 1 };
}

// Nobody needs the candidates of a row that something was said of.
function decisionEntry({ kind, film, isNew, isWanted, rows }) {
  const facts = film ? [film.id, ...factsEntry({ ...film, poster: "" })] : null;
  return [kind, facts, Number(isNew), Number(isWanted), rows.map((row) => unplacedEntry({ ...row, candidates: [] }))];
}

function parseDecision([kind, facts, isNew, isWanted, rows]) {
  const [id, ...film] = facts ?? [];
  const decision = { kind, film: facts ? parseFacts(id, film) : null, isNew: isNew === 1, isWanted: isWanted === 1, rows: rows.map(parseUnplaced) };
  return [rowKey(decision.rows[0]), decision];
}

function hasUnplaced({ rows, films, duplicates, leftOut }) {
  return rows > films + duplicates + leftOut;
}

function fileEntry({ guessed, isForgotten, repeated, leftOut, blank, odd, ...file }, isForgottenNow) {
  return {
    ...file,
    ...counted({ repeated, leftOut, blank, odd }),
    ...stated({ isForgotten: isForgotten || isForgottenNow }),
    guessed: guessed.map(({ row, id, name, year, matchedName, rowYear, why }) => [row, id, name, year, matchedName, rowYear, why]),
  };
}

function counted(numbers) {
  return Object.fromEntries(Object.entries(numbers).filter(([, number]) => number > 0));
}

function parseFile({ guessed, isForgotten = false, repeated = 0, leftOut = 0, blank = 0, odd = 0, ...file }) {
  return { ...file, isForgotten, repeated, leftOut, blank, odd, guessed: guessed.map(parseGuessed) };
}

function parseGuessed([row, id, name, year, matchedName, rowYear, why]) {
  return { row, id, name, year, matchedName, rowYear, why };
}

// What is of no version that is known comes back as it is.
function migrate(kept) {
  return kept?.version === 1 ? migrateFirst(kept) : kept;
}

// Of version 1: films are lists, one's own rating of each between its facts, seen or else wanted;
// the rows without a film are in their files, null where there was no room for them.
function migrateFirst({ films, files }) {
  return {
    version: 2,
    films: Object.fromEntries(films.map(migrateFilm)),
    unplaced: files.flatMap((file) => (file.unplaced ?? []).map((row) => migrateUnplaced(file, row))),
    files: files.map(({ unplaced, guessed = [], ...file }) => ({ ...file, guessed, isForgotten: unplaced === null })),
  };
}

function migrateFilm([id, imdbId, name, year, countries, own, world, seen, poster]) {
  const marks = seen === 1 ? { seen: true, rating: own ?? null } : { wanted: true, rating: own ?? null };
  return [id, { ...marks, from: "file", film: [imdbId, name, year, countries, "", world, poster] }];
}

// Which of its rows were seen, and with what rating, was not kept: in all but lists they were.
function migrateUnplaced({ name: file, source }, [row, name, year, imdbId, type, reason, candidates = []]) {
  const films = candidates.map(([id, title, released]) => [id, null, title, released, "", "", null, ""]);
  const isSeen = /_(ratings|watched|import)$/.test(source);
  return [file, source, row, name, year, imdbId, type, reason, films, isSeen ? 1 : 0, null, null];
}
