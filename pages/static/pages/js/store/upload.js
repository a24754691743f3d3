// What an upload was answered with, added to somebody's films. Pure.

import { FILM, LEFT_OUT, saidOf } from "./decisions.js";
import { dayOf, factsOf, filmFacts, guessedRow, isGuessed, isNear, mergedFilm, rowKey, rowOfGuess, unplacedRow } from "./film.js";

// A film that is there already stays one: seen outweighs wanted, the newest own rating counts. A
// file that is added again is replaced, and what was said of a row holds for the same row again.
export function addUpload(collection, answer, addedAt) {
  const sources = new Map(answer.files.map(({ file, source }) => [file, source]));
  const isReplaced = (name, source) => sources.get(name) === source;
  const adding = {
    films: new Map(collection.films),
    settled: new Map(collection.settled),
    decidedRows: new Set(),
    files: new Map(answer.files.map((file) => [file.file, emptyFile(file, addedAt, answer)])),
    unplaced: [],
    guessedBefore: idsOfGuesses(collection.files),
    sure: new Set(),
  };
  for (const match of answer.matched) addMatch(adding, match);
  for (const row of answer.unmatched) addUnmatched(adding, unplacedRow(row, sources.get(row.file)));
  countDuplicates(adding.files, answer);
  const kept = collection.files.filter(({ name, source }) => !isReplaced(name, source));
  const left = collection.unplaced.filter(({ file, source }) => !isReplaced(file, source));
  return {
    films: adding.films,
    settled: adding.settled,
    ...withoutSaidAgain(kept, left, adding),
  };
}

function emptyFile({ file, source, rows }, addedAt, { blank_rows: blankRows, odd_values: oddValues }) {
  const [blank, odd] = [blankRows?.[file] ?? 0, oddValues?.[file] ?? 0];
  return { name: file, source, addedAt, rows, films: 0, duplicates: 0, repeated: 0, leftOut: 0, blank, odd, guessed: [], isForgotten: false };
}

function idsOfGuesses(files) {
  return new Set(files.flatMap(({ guessed }) => guessed.map(({ id }) => id)));
}

function addMatch(adding, match) {
  const file = adding.files.get(match.file);
  const said = { seen: match.seen, rating: match.personal_rating, ...(match.seen ? dayOf(match) : { on: null, isWatchDay: false }) };
  const facts = filmFacts(match);
  if (!isGuessed(match)) {
    adding.sure.add(match.id);
    addFilm(adding, file, facts, said, { isMajor: adding.guessedBefore.has(match.id) });
    return;
  }
  const guess = guessedRow(match);
  const row = { ...rowOfGuess(guess, file, { ...facts, ...said }), seen: match.seen };
  const decision = adding.settled.get(rowKey(row));
  if (decision) {
    addDecided(adding, decision, row);
    return;
  }
  const isKnown = adding.films.has(match.id) && !adding.guessedBefore.has(match.id);
  // A year beside the film's says nothing new of a film that is there.
  if (!isNear(match) || !isKnown) file.guessed.push(guess);
  addFilm(adding, file, facts, said, { isMinor: isNear(match) && isKnown });
}

function addFilm(adding, file, facts, said, how) {
  adding.films.set(facts.id, mergedFilm(adding.films.get(facts.id), facts, said, { source: file.source, ...how }));
  file.films += 1;
}

function addUnmatched(adding, row) {
  const decision = adding.settled.get(rowKey(row));
  if (decision) addDecided(adding, decision, row);
  else adding.unplaced.push(row);
}

function addDecided(adding, decision, row) {
  const file = adding.files.get(row.file);
  // The file's row in the place of the one that it had when it was added before.
  const isElsewhere = (one) => one.file !== row.file || one.source !== row.source || adding.decidedRows.has(one);
  adding.settled.set(rowKey(row), { ...decision, rows: [...decision.rows.filter(isElsewhere), row] });
  adding.decidedRows.add(row);
  if (decision.kind === FILM) addFilm(adding, file, decision.film, saidOf(row, decision.isWanted), {});
  else if (decision.kind === LEFT_OUT) file.leftOut += 1;
  else adding.unplaced.push(decision.film && row.candidates.length === 0 ? { ...row, candidates: [factsOf(decision.film)] } : row);
}

// How many rows repeat another one that has a film, and how many one that has none.
function countDuplicates(files, { duplicates, unmatched }) {
  const place = (file, row) => `${row} ${file}`;
  const withoutFilm = new Set(duplicates.length ? unmatched.map(({ file, row }) => place(file, row)) : []);
  for (const { file: name, of_file: ofFile, of_row: ofRow } of duplicates) {
    const file = files.get(name);
    file.duplicates += 1;
    if (withoutFilm.has(place(ofFile, ofRow))) file.repeated += 1;
  }
}

// Of the files and rows that stay: a film that is sure now is no guess any more, and a row that
// the new files have as well is theirs.
function withoutSaidAgain(files, rows, { files: added, unplaced, sure }) {
  const keys = new Set(unplaced.map(rowKey));
  const again = rows.filter((row) => keys.has(rowKey(row)));
  const number = ({ name, source }) => again.filter((row) => row.file === name && row.source === source).length;
  const stay = files.map((file) => {
    const repeats = again.length ? number(file) : 0;
    const guessed = file.guessed.filter(({ id }) => !sure.has(id));
    return { ...file, guessed, duplicates: file.duplicates + repeats, repeated: file.repeated + repeats };
  });
  return { files: [...stay, ...added.values()], unplaced: [...rows.filter((row) => !keys.has(rowKey(row))), ...unplaced] };
}
