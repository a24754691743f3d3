// What somebody has said of rows that no film was found for, or perhaps another: it holds for the
// same row of every later file. Pure: every function gives another collection.
//
// A decision is { kind, film, isNew, isWanted, rows }, under the key of its rows: that they are about
// this film ("film"), that they are left out ("left out"), or that this is not their film
// ("refused"). `isNew` says that the film was not there before, `isWanted` that it is not seen,
// whatever the file is of.

import { REFUSED, factsOf, isMarked, markedFilm, mergedFilm, rowKey, rowOfGuess } from "./film.js";

export const FILM = "film";
export const LEFT_OUT = "left out";

// With the row as one of this film: what the row says of it is added to what is there, and `marks`
// are what the reader says instead.
export function settleRow(collection, row, facts, marks = {}, today = null) {
  const films = new Map(collection.films);
  const decision = settledBy(films, rowsLike(collection, row), facts, marks);
  if (Object.keys(marks).length) markIn(films, facts, marks, today);
  return decided({ ...collection, films }, [decision]);
}

// With each of these rows as one of its film, [row, film].
export function settleRows(collection, pairs) {
  const films = new Map(collection.films);
  const likes = rowsByKey(collection);
  const decisions = pairs.map(([row, facts]) => settledBy(films, likes.get(rowKey(row)) ?? [], facts, {}));
  return decided({ ...collection, films }, decisions);
}

// The decision; the films get what the rows say.
function settledBy(films, rows, facts, marks) {
  const isNew = !films.has(facts.id);
  const isWanted = marks.wanted ?? false;
  for (const row of rows) films.set(facts.id, mergedFilm(films.get(facts.id), facts, saidOf(row, isWanted), { source: row.source, isMinor: true }));
  return { kind: FILM, film: facts, isNew, isWanted, rows };
}

function markIn(films, facts, marks, today) {
  const film = markedFilm(facts, films.get(facts.id), marks, today);
  if (isMarked(film)) films.set(film.id, film);
  else films.delete(film.id);
}

// What a row says of its film, where that is wanted and not seen.
export function saidOf(row, isWanted) {
  return isWanted ? { ...row, seen: false, rating: null, on: null, isWatchDay: false } : row;
}

// Without the row: it is about nothing that is wanted here.
export function leaveOut(collection, row) {
  return decided(collection, [{ kind: LEFT_OUT, film: null, isNew: false, isWanted: false, rows: rowsLike(collection, row) }]);
}

// The film that was taken for a row is the one.
export function confirmGuess(collection, guess, file) {
  const film = collection.films.get(guess.id);
  const row = rowOfGuess(guess, file, film);
  return withDecision(withoutGuesses(collection, rowKey(row)), { kind: FILM, film: factsOf(film), isNew: false, isWanted: false, rows: [row] });
}

// It is not: the row has no film again, and a film that came with it goes.
export function refuseGuess(collection, guess, file) {
  const film = collection.films.get(guess.id);
  const row = rowOfGuess(guess, file, film);
  const without = withoutGuesses(collection, rowKey(row));
  const isStillGuessed = without.files.some(({ guessed }) => guessed.some(({ id }) => id === guess.id));
  const films = new Map(collection.films);
  if (film?.from === file.source && !isStillGuessed) films.delete(guess.id);
  const refused = { ...without, films, files: counted(without.files, [row], { films: -1 }), unplaced: [row, ...without.unplaced] };
  return withDecision(refused, { kind: REFUSED, film: film ? factsOf(film) : null, isNew: false, isWanted: false, rows: [row] });
}

// What was said of a row is forgotten: it has no film again.
export function takeIn(collection, key) {
  const decision = collection.settled.get(key);
  if (!decision) return collection;
  const { kind, film, isNew, rows } = decision;
  const settled = new Map(collection.settled);
  settled.delete(key);
  const films = new Map(collection.films);
  const isOthers = film && [...settled.values()].some((other) => other.kind === FILM && other.film.id === film.id);
  if (kind === FILM && isNew && !isOthers) films.delete(film.id);
  const known = new Set(collection.unplaced.map(rowKey));
  const taken = counted(collection.files, rows, kind === FILM ? { films: -1 } : { leftOut: -1 });
  // Of several files the last one's row is asked about.
  const again = known.has(key) ? [] : rows.slice(-1);
  const files = counted(taken, rows.slice(0, rows.length - again.length), { duplicates: 1, repeated: 1 });
  return { ...collection, films, settled, files, unplaced: [...again, ...collection.unplaced] };
}

// Those that say the same as this one, which is among them.
function rowsLike({ unplaced }, row) {
  const key = rowKey(row);
  return unplaced.filter((one) => rowKey(one) === key);
}

function rowsByKey({ unplaced }) {
  const rows = new Map();
  for (const row of unplaced) {
    const key = rowKey(row);
    if (rows.has(key)) rows.get(key).push(row);
    else rows.set(key, [row]);
  }
  return rows;
}

function decided(collection, decisions) {
  const gone = new Set(decisions.flatMap(({ rows }) => rows));
  let files = collection.files;
  const settled = new Map(collection.settled);
  for (const decision of decisions) {
    if (decision.rows.length === 0) continue;
    files = counted(files, decision.rows, decision.kind === FILM ? { films: 1 } : { leftOut: 1 });
    settled.set(rowKey(decision.rows[0]), decision);
  }
  return { ...collection, files, settled, unplaced: collection.unplaced.filter((row) => !gone.has(row)) };
}

function withDecision(collection, decision) {
  return { ...collection, settled: new Map(collection.settled).set(rowKey(decision.rows[0]), decision) };
}

function withoutGuesses(collection, key) {
  const isLeft = (guess, file) => rowKey(rowOfGuess(guess, file, null)) !== key;
  return { ...collection, files: collection.files.map((file) => ({ ...file, guessed: file.guessed.filter((guess) => isLeft(guess, file)) })) };
}

// The files with so many more films, rows left out … for each of these rows.
function counted(files, rows, changes) {
  return files.map((file) => {
    const number = rows.filter((row) => row.file === file.name && row.source === file.source).length;
    const counts = Object.entries(changes).map(([name, change]) => [name, Math.max(file[name] + number * change, 0)]);
    return number ? { ...file, ...Object.fromEntries(counts) } : file;
  });
}
