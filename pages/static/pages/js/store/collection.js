// A person's films as they are put together from marks and files. Pure: every function gives
// another collection, and what has not changed in it is the same object as before.
//
// A collection is { films: Map of id to film, files: [file], unplaced: [row] }; film.js says what a
// film is. A file is { name, source, addedAt, rows, films, duplicates, guessed, isForgotten }:
// `guessed` are its rows whose film is not sure, with why it was taken; `isForgotten` says that
// there was no room for its rows without a film. Such a row is { file, source, row, name, year,
// imdbId, type, reason, candidates, seen, rating, on }.

import { filmFacts, isMarked, markedFilm } from "./film.js";

export function emptyCollection() {
  return { films: new Map(), files: [], unplaced: [] };
}

export function isEmpty({ films, files, unplaced }) {
  return films.size + files.length + unplaced.length === 0;
}

// With the marks of one film changed; a film without any is not kept.
export function markFilm(collection, facts, marks, today) {
  const films = new Map(collection.films);
  const film = markedFilm(facts, films.get(facts.id), marks, today);
  if (isMarked(film)) films.set(film.id, film);
  else films.delete(film.id);
  return { ...collection, films };
}

// With what an upload was answered with. A film that is there already stays one: seen outweighs
// wanted, the newest own rating counts. A file that is added again is replaced.
export function addUpload(collection, answer, addedAt) {
  const films = new Map(collection.films);
  const sources = new Map(answer.files.map(({ file, source }) => [file, source]));
  for (const match of answer.matched) {
    films.set(match.id, matchedFilm(films.get(match.id), match, sources.get(match.file)));
  }
  const files = filesOf(answer, addedAt);
  const isReplaced = (name, source) => files.some((file) => file.name === name && file.source === source);
  const rows = answer.unmatched.map((row) => unplacedRow(row, sources.get(row.file)));
  return {
    films,
    files: [...collection.files.filter(({ name, source }) => !isReplaced(name, source)), ...files],
    unplaced: [...collection.unplaced.filter(({ file, source }) => !isReplaced(file, source)), ...rows],
  };
}

function matchedFilm(before, match, source) {
  const said = { rating: match.personal_rating, on: match.seen ? dayOf(match) : null };
  const isOlder = Boolean(before?.on && said.on && said.on < before.on);
  const [first, second] = isOlder ? [before, said] : [said, before];
  return {
    ...filmFacts(match),
    ...seenOrWanted(match, before),
    rating: first.rating ?? second?.rating ?? null,
    on: first.on ?? second?.on ?? null,
    from: before?.from ?? source,
  };
}

// What is seen stays so, and is wanted no more, unless that was said of it when it was seen already.
function seenOrWanted(said, before) {
  if (!said.seen && !before?.seen) return { seen: false, wanted: true };
  return { seen: true, wanted: (before?.seen && before.wanted) ?? false };
}

// On which it was seen or, where nothing says that, rated.
function dayOf({ watched_on: watchedOn, rated_on: ratedOn }) {
  return watchedOn ?? ratedOn ?? null;
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
    guessed: answer.matched.filter((match) => match.file === file && isGuessed(match)).map(guessedRow),
    isForgotten: false,
  }));
}

function unplacedRow(answer, source) {
  return {
    file: answer.file,
    source,
    row: answer.row,
    name: answer.name ?? "",
    year: answer.year,
    imdbId: answer.imdb_id ?? "",
    type: answer.title_type ?? "",
    reason: answer.reason,
    candidates: (answer.candidates ?? []).map(filmFacts),
    seen: answer.seen ?? true,
    rating: answer.personal_rating ?? null,
    on: dayOf(answer),
  };
}

function isGuessed({ certainty, why }) {
  return certainty === "near" || why === "best_known" || why === "no_imdb_id";
}

function guessedRow({ row, id, name, year, matched_name: matchedName, row_year: rowYear, why }) {
  return { row, id, name, year, matchedName: matchedName ?? "", rowYear, why };
}

// With the row as one of this film: what the row says of it is added to what is there.
export function settleRow(collection, row, facts) {
  const films = new Map(collection.films);
  const before = films.get(facts.id);
  films.set(facts.id, {
    ...facts,
    ...seenOrWanted(row, before),
    rating: before?.rating ?? row.rating,
    on: before?.on ?? row.on,
    from: before?.from ?? row.source,
  });
  const files = collection.files.map((file) => (isOf(row, file) ? { ...file, films: file.films + 1 } : file));
  return { ...dropRow(collection, row), films, files };
}

// Without the row: it is about nothing that is wanted here.
export function dropRow(collection, { file, row }) {
  return { ...collection, unplaced: collection.unplaced.filter((one) => one.file !== file || one.row !== row) };
}

function isOf(row, file) {
  return row.file === file.name && row.source === file.source;
}

// With what was exported once: it counts where it knows a film, a file or a row.
export function addBackup(collection, backup) {
  const key = (row) => `${row.row} ${row.file}`;
  const known = new Set(backup.unplaced.map(key));
  const isReplaced = ({ name, source }) => backup.files.some((file) => file.name === name && file.source === source);
  return {
    films: new Map([...collection.films, ...backup.films]),
    files: [...collection.files.filter((file) => !isReplaced(file)), ...backup.files],
    unplaced: [...collection.unplaced.filter((row) => !known.has(key(row))), ...backup.unplaced],
  };
}
