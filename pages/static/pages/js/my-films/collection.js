// A person's films as they are put together from several files, and as they are written down to
// be kept. Pure.
//
// A collection is { films: Map of id to film, files: [file] }. A film is { id, imdbId, name, year,
// countries, own, world, seen, poster }: `own` is the person's rating and `world` everybody's,
// from 1 to 10 or null; where `seen` is false it is wanted. A file is { name, source, addedAt,
// rows, films, duplicates, unplaced }, `unplaced` the rows without a film, or null where there was
// no room for them.

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
  }));
}

function unplacedRow({ row, name, year, imdb_id: imdbId, title_type: type, reason }) {
  return { row, name: name ?? "", year, imdbId: imdbId ?? "", type: type ?? "", reason };
}

// As text, compact: ten thousand films are 0.6 million characters, and the browser that keeps the
// least for a site keeps 2.6 million.
export function serialiseCollection({ films, files }, { withUnplaced = true } = {}) {
  return JSON.stringify({
    version: VERSION,
    films: [...films.values()].map(serialiseFilm),
    files: files.map(({ unplaced, ...file }) => ({
      ...file,
      unplaced: withUnplaced && unplaced ? unplaced.map(serialiseUnplaced) : null,
    })),
  });
}

function serialiseFilm({ id, imdbId, name, year, countries, own, world, seen, poster }) {
  const rounded = world === null ? null : Math.round(world * 100) / 100;
  // Only what is still to be seen is shown with its poster.
  return [id, imdbId, name, year, countries.join(" "), own, rounded, seen ? 1 : 0, seen ? "" : poster];
}

function serialiseUnplaced({ row, name, year, imdbId, type, reason }) {
  return [row, name, year, imdbId, type, reason];
}

// The collection that the text is of. Throws where it is of none.
export function parseCollection(text) {
  const { version, films, files } = JSON.parse(text);
  if (version !== VERSION) throw new TypeError(`These films are of version ${version}.`);
  return {
    films: new Map(films.map(parseFilm).map((film) => [film.id, film])),
    files: files.map(({ unplaced, ...file }) => ({ ...file, unplaced: unplaced?.map(parseUnplaced) ?? null })),
  };
}

function parseFilm([id, imdbId, name, year, countries, own, world, seen, poster]) {
  if (!Number.isInteger(id) || typeof name !== "string" || typeof poster !== "string") {
    throw new TypeError("This is not a film.");
  }
  const codes = countries ? countries.split(" ") : [];
  return { id, imdbId, name, year, countries: codes, own, world, seen: seen === 1, poster };
}

function parseUnplaced([row, name, year, imdbId, type, reason]) {
  return { row, name, year, imdbId, type, reason };
}
