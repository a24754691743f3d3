// Rows of files that no film was found for, or one that may be another. Pure.
//
// An unplaced row is { file, source, row, name, year, imdbId, type, reason, candidates, seen,
// rating, on, isWatchDay }. A guess is { row, id, name, year, matchedName, rowYear, why }: the
// film that was taken, with the name and the year that the row has.

import { foldText } from "../shell/format.js";
import { filmFacts } from "./film.js";

// The film that was taken for it is not the one.
export const REFUSED = "refused";

// By what a row is known again, in whatever file it comes: by its id, or by its site, name and year.
export function rowKey({ file, source, row, name, year, imdbId }) {
  if (imdbId) return imdbId;
  const site = source.split("_")[0];
  return name ? `${site} ${year ?? ""} ${foldText(name).trim()}` : `${site} ${row} ${file}`;
}

// What the API says of a row without a film.
export function unplacedRow(answer, source) {
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
    ...dayOf(answer),
  };
}

// On which it was seen or, where nothing says that, rated.
export function dayOf({ watched_on: watchedOn, rated_on: ratedOn }) {
  return { on: watchedOn ?? ratedOn ?? null, isWatchDay: Boolean(watchedOn) };
}

// Whether the year of the row is another than the film's, or none.
export function isNear({ certainty }) {
  return certainty === "near";
}

export function isGuessed(match) {
  return isNear(match) || match.why === "best_known" || match.why === "no_imdb_id";
}

export function guessedRow({ row, id, name, year, matched_name: matchedName, row_year: rowYear, why }) {
  return { row, id, name, year, matchedName: matchedName ?? "", rowYear, why };
}

// A guess as a row without a film, with what somebody has of the film that was taken.
export function rowOfGuess(guess, { name: file, source }, film) {
  const { id, row, name, matchedName, rowYear, why } = guess;
  const { seen = true, rating = null, on = null, isWatchDay = false } = film ?? {};
  const candidates = film ? [factsOf(film)] : [];
  return { file, source, row, name: matchedName || name, year: rowYear, imdbId: "", type: "", reason: REFUSED, candidates, seen, rating, on, isWatchDay, id, why };
}

// Without what the film is to somebody.
export function factsOf({ id, imdbId, name, year, countries, partners, world, poster }) {
  return { id, imdbId, name, year, countries, partners, world, poster };
}
