// A person's films as they are put together from marks and files. Pure: every function gives
// another collection, and what has not changed in it is the same object as before.
//
// A collection is { films: Map of id to film, files: [file], unplaced: [row], settled: Map of key
// to decision }; film.js says what a film and what a row is, decisions.js what a decision. A
// file is { name, source, addedAt, rows, films, duplicates, repeated, leftOut, blank, odd,
// guessed, isForgotten }: of its rows `films` have one, `duplicates` repeat another row (`repeated` of these
// one without a film), `leftOut` are left out; `blank` ones are not among its rows; `odd` are
// ratings and days that could not be read; `guessed` are the rows whose film is not sure, with why
// it was taken; `isForgotten` says that there was no room for its rows without a film.

import { REFUSED, isMarked, markedFilm, rowKey } from "./film.js";

export { confirmGuess, leaveOut, refuseGuess, settleRow, settleRows, takeIn } from "./decisions.js";
export { addUpload } from "./upload.js";

export function emptyCollection() {
  return { films: new Map(), files: [], unplaced: [], settled: new Map() };
}

export function isEmpty({ films, files, unplaced, settled }) {
  return films.size + files.length + unplaced.length + settled.size === 0;
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

// With what could be found for rows without a film: a map of rows to films.
export function suggestFilms(collection, found) {
  return { ...collection, unplaced: collection.unplaced.map((row) => (found.has(row) ? { ...row, candidates: found.get(row) } : row)) };
}

// With what was exported once: it counts where it knows a film, a file or a row.
export function addBackup(collection, backup) {
  const key = (row) => `${row.row} ${row.file}`;
  const known = new Set(backup.unplaced.map(key));
  const isReplaced = ({ name, source }) => backup.files.some((file) => file.name === name && file.source === source);
  const settled = new Map([...collection.settled, ...backup.settled]);
  const isOpen = (row) => [undefined, REFUSED].includes(settled.get(rowKey(row))?.kind);
  const unplaced = [...collection.unplaced.filter((row) => !known.has(key(row))), ...backup.unplaced];
  return {
    films: new Map([...collection.films, ...backup.films]),
    files: [...collection.files.filter((file) => !isReplaced(file)), ...backup.files],
    unplaced: unplaced.filter(isOpen),
    settled,
  };
}

// What takes a change back: of the films those that it changed, so that what has changed since,
// in another tab perhaps, stays. { films: [[id, film or null]], files, unplaced, settled }, the last ones
// null where they are the same.
export function differences(before, after) {
  const changed = [...before.films.keys()].filter((id) => before.films.get(id) !== after.films.get(id));
  const added = [...after.films.keys()].filter((id) => !before.films.has(id));
  return {
    films: [...changed, ...added].map((id) => [id, before.films.get(id) ?? null]),
    files: before.files === after.files ? null : before.files,
    unplaced: before.unplaced === after.unplaced ? null : before.unplaced,
    settled: before.settled === after.settled ? null : before.settled,
  };
}

export function takeBack(collection, { films: changed, files, unplaced, settled }) {
  const films = new Map(collection.films);
  for (const [id, film] of changed) {
    if (film) films.set(id, film);
    else films.delete(id);
  }
  return {
    films,
    files: files ?? collection.files,
    unplaced: unplaced ?? collection.unplaced,
    settled: settled ?? collection.settled,
  };
}
