// A person's films as they are put together from several files, and as they are written down to
// be kept. Pure.
//
// A collection is { films: Map of id to film, files: [file] }. A film is { id, imdbId, name, year,
// countries, own, world, seen, poster }: `own` is the person's rating and `world` everybody's,
// from 1 to 10 or null; where `seen` is false it is wanted. A file is { name, source, addedAt,
// rows, films, duplicates, unplaced, guessed }, `unplaced` the rows without a film, with the films
// that they could be, or null where there was no room for them; `guessed` are those whose film is
// not sure, with why it was taken.

import { posterName } from "../shell/urls.js";

const VERSION = 1;

export function emptyCollection() {
  return { films: new Map(), files: [] };
}

// What there is with what an upload was answered with. A film that is there already stays one:
// seen outweighs wanted, the newest own rating counts. A file that is added again is replaced.
export function mergeUpload(collection, answer, addedAt) {
  const films = new Map(collection.films);
  for (const match of answer.matched) films.set(match.id, mergeFilm(films.get(match.id), match));
  const files = filesOf(answer, addedAt);
  const isReplaced = (old) => files.some((file) => file.name === old.name && file.source === old.source);
  return { films, files: [...collection.files.filter((file) => !isReplaced(file)), ...files] };
}

function mergeFilm(before, match) {
  return {
    id: match.id,
    imdbId: match.imdb_id,
    name: match.name,
    year: match.year,
    countries: match.country_codes,
    own: match.personal_rating ?? before?.own ?? null,
    world: match.rating,
    seen: match.seen || (before?.seen ?? false),
    poster: posterName(match.poster_url),
  };
}

function filesOf(answer, addedAt) {
  const count = (rows, name) => rows.filter(({ file }) => file === name).length;
  return answer.files.map(({ file, source, rows }) => ({
    name: file,
    source,
    addedAt,
    rows,
    films: count(answer.matched, file),
    duplicates: count(answer.duplicates, file),
    unplaced: answer.unmatched.filter((row) => row.file === file).map(unplacedRow),
    guessed: answer.matched.filter((match) => match.file === file && isGuessed(match)).map(guessedRow),
  }));
}

function unplacedRow({ row, name, year, imdb_id: imdbId, title_type: type, reason, candidates = [] }) {
  const films = candidates.map(({ id, name: title, year: released }) => ({ id, name: title, year: released }));
  return { row, name: name ?? "", year, imdbId: imdbId ?? "", type: type ?? "", reason, candidates: films };
}

function isGuessed({ certainty, why }) {
  return certainty === "near" || why === "best_known" || why === "no_imdb_id";
}

function guessedRow({ row, id, name, year, matched_name: matchedName, row_year: rowYear, why }) {
  return { row, id, name, year, matchedName: matchedName ?? "", rowYear, why };
}

// As text, compact: ten thousand films are 0.6 million characters, and the browser that keeps the
// least for a site keeps 2.6 million.
export function serialiseCollection({ films, files }, { withUnplaced = true } = {}) {
  return JSON.stringify({
    version: VERSION,
    films: [...films.values()].map(serialiseFilm),
    files: files.map(({ unplaced, guessed, ...file }) => ({
      ...file,
      unplaced: withUnplaced && unplaced ? unplaced.map(serialiseUnplaced) : null,
      guessed: guessed.map(serialiseGuessed),
    })),
  });
}

function serialiseFilm({ id, imdbId, name, year, countries, own, world, seen, poster }) {
  const rounded = world === null ? null : Math.round(world * 100) / 100;
  // Only what is still to be seen is shown with its poster.
  return [id, imdbId, name, year, countries.join(" "), own, rounded, seen ? 1 : 0, seen ? "" : poster];
}

function serialiseUnplaced({ row, name, year, imdbId, type, reason, candidates }) {
  return [row, name, year, imdbId, type, reason, candidates.map(({ id, name: title, year: released }) => [id, title, released])];
}

function serialiseGuessed({ row, id, name, year, matchedName, rowYear, why }) {
  return [row, id, name, year, matchedName, rowYear, why];
}

// The collection that the text is of. Throws where it is of none.
export function parseCollection(text) {
  const { version, films, files } = JSON.parse(text);
  if (version !== VERSION) throw new TypeError(`These films are of version ${version}.`);
  return {
    films: new Map(films.map(parseFilm).map((film) => [film.id, film])),
    files: files.map(({ unplaced, guessed, ...file }) => ({
      ...file,
      unplaced: unplaced?.map(parseUnplaced) ?? null,
      guessed: guessed?.map(parseGuessed) ?? [], // what was kept before there were any has none
    })),
  };
}

function parseFilm([id, imdbId, name, year, countries, own, world, seen, poster]) {
  if (!Number.isInteger(id) || typeof name !== "string" || typeof poster !== "string") {
    throw new TypeError("This is not a film.");
  }
  const codes = countries ? countries.split(" ") : [];
  return { id, imdbId, name, year, countries: codes, own, world, seen: seen === 1, poster };
}

function parseUnplaced([row, name, year, imdbId, type, reason, candidates = []]) {
  const films = candidates.map(([id, title, released]) => ({ id, name: title, year: released }));
  return { row, name, year, imdbId, type, reason, candidates: films };
}

function parseGuessed([row, id, name, year, matchedName, rowYear, why]) {
  return { row, id, name, year, matchedName, rowYear, why };
}
