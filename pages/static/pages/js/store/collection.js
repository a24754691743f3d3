// A person's films as they are put together from marks and files. Pure: every function gives
// another collection, and what has not changed in it is the same object as before.
//
// A collection is { films: Map of id to film, files: [file], unplaced: [row], settled: Map of what a
// row says to the id of the film that the person has said it is }; film.js says what a film is. A file is { name, source, addedAt, rows, films, duplicates, guessed, isForgotten }:
// `guessed` are its rows whose film is not sure, with why it was taken; `isForgotten` says that
// there was no room for its rows without a film. Such a row is { file, source, row, name, year,
// imdbId, type, reason, candidates, seen, rating, on, isWatchDay, isLeftOut }.

import { filmFacts, isMarked, markedFilm } from "./film.js";

export function emptyCollection() {
  return { films: new Map(), files: [], unplaced: [], settled: new Map() };
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

// The countries of this film that have a seen one now and had none before.
export function seenAnew({ id, countries }, before, after) {
  if (!after.films.get(id)?.seen || before.films.get(id)?.seen) return [];
  const others = [...before.films.values()].filter((film) => film.seen);
  return countries.filter((code) => !others.some((film) => film.countries.includes(code)));
}

// With what an upload was answered with. A film that is there already stays one: seen outweighs
// wanted, the newest own rating counts. A file that is added again is replaced; what was said of a
// row before holds for every row that says the same.
export function addUpload(collection, answer, addedAt) {
  const films = new Map(collection.films);
  const sources = new Map(answer.files.map(({ file, source }) => [file, source]));
  for (const match of answer.matched) {
    films.set(match.id, matchedFilm(films.get(match.id), match, sources.get(match.file)));
  }
  const leftOut = new Set(collection.unplaced.filter(({ isLeftOut }) => isLeftOut).map(sayingOf));
  const rows = answer.unmatched.map((row) => unplacedRow(row, sources.get(row.file), leftOut));
  const isSettled = (row) => films.has(collection.settled?.get(sayingOf(row)));
  const settled = rows.filter(isSettled);
  for (const row of settled) {
    const film = films.get(collection.settled.get(sayingOf(row)));
    films.set(film.id, toldFilm(film, film, row));
  }
  const files = filesOf(answer, addedAt).map((file) => withFilms(file, settled.filter((row) => isOf(row, file)).length));
  const isReplaced = (name, source) => files.some((file) => file.name === name && file.source === source);
  return {
    ...collection,
    films,
    files: [...collection.files.filter(({ name, source }) => !isReplaced(name, source)), ...files],
    unplaced: [...collection.unplaced.filter(({ file, source }) => !isReplaced(file, source)), ...rows.filter((row) => !isSettled(row))],
  };
}

function matchedFilm(before, match, source) {
  const on = match.seen ? dayOf(match) : null;
  const said = { rating: match.personal_rating, on, isWatchDay: isWatchDay(match) };
  const isOlder = Boolean(before?.on && said.on && said.on < before.on);
  const [first, second] = isOlder ? [before, said] : [said, before];
  return {
    ...filmFacts(match),
    ...seenOrWanted(match, before),
    rating: first.rating ?? second?.rating ?? null,
    on: first.on ?? second?.on ?? null,
    isWatchDay: (first.on ? first : second)?.isWatchDay ?? false,
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

function isWatchDay({ watched_on: watchedOn }) {
  return Boolean(watchedOn);
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

function unplacedRow(answer, source, leftOut) {
  const row = {
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
    isWatchDay: isWatchDay(answer),
  };
  return { ...row, isLeftOut: leftOut.has(sayingOf(row)) };
}

// What a row says of its film, whatever file it is in: an id, or a name and a year.
function sayingOf({ imdbId, name, year }) {
  return imdbId || `${name.trim().toLowerCase()} (${year ?? ""})`;
}

// Whether the film that a row was taken for may be another one's.
export function isGuessed({ certainty, why }) {
  return certainty === "near" || why === "best_known" || why === "no_imdb_id";
}

function guessedRow({ row, id, name, year, matched_name: matchedName, row_year: rowYear, why }) {
  return { row, id, name, year, matchedName: matchedName ?? "", rowYear, why };
}

// With the row as one of this film: what the row says of it is added to what is there, and `marks`
// are what the reader says instead: what is wanted has not been seen, whatever the file is of.
export function settleRow(collection, row, facts, marks = {}, today = null) {
  const said = marks.wanted ? { ...row, seen: false, rating: null, on: null, isWatchDay: false } : row;
  const settled = {
    films: new Map(collection.films).set(facts.id, toldFilm(facts, collection.films.get(facts.id), said)),
    files: collection.files.map((file) => (isOf(row, file) ? withFilms(file, 1) : file)),
    unplaced: collection.unplaced.filter((one) => !isSame(one, row)),
    settled: new Map(collection.settled).set(sayingOf(row), facts.id),
  };
  return Object.keys(marks).length ? markFilm(settled, facts, marks, today) : settled;
}

// The film with what a row without one says of it.
function toldFilm(facts, before, row) {
  const { on, isWatchDay: isDay } = before?.on ? before : row;
  return { ...facts, ...seenOrWanted(row, before), rating: before?.rating ?? row.rating, on, isWatchDay: isDay ?? false, from: before?.from ?? row.source };
}

function withFilms(file, more) {
  return more ? { ...file, films: file.films + more } : file;
}

// The row is about nothing that is wanted here, or is after all.
export function leaveOut(collection, row, isLeftOut) {
  const unplaced = collection.unplaced.map((one) => (isSame(one, row) ? { ...one, isLeftOut } : one));
  return { ...collection, unplaced };
}

function isSame(one, { file, row }) {
  return one.file === file && one.row === row;
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
    settled: new Map([...collection.settled, ...backup.settled]),
  };
}
