// A film as the browser keeps it: what it is, so that pages need no server to show it, and what it
// is to the person. Pure.
//
// { id, imdbId, name, year, countries, partners, world, poster, seen, wanted, rating, on, isWatchDay,
// from }:
// `countries` are those that call it theirs, `partners` others that had a part in it; `world` is
// everybody's rating and `rating` one's own, from 1 to 10 or null; `on` the day of seeing it, or of
// rating or marking it, or null, and `isWatchDay` whether a diary or the person says that it is the
// day of seeing it; `from` is the kind of file that it came with, or "here".
//
// Rows of files that no film was found for, or one that may be another: an unplaced row is { file,
// source, row, name, year, imdbId, type, reason, candidates, seen, rating, on, isWatchDay }; a guess is
// { row, id, name, year, matchedName, rowYear, why }: the film that was taken, with the name and the year
// that the row has.

import { foldText } from "../shell/content.js";
import { posterName } from "../shell/site.js";

export const HERE = "here";
const NOTHING = { seen: false, wanted: false, rating: null, on: null, isWatchDay: false, from: HERE };

// What a film of the API's, or of a page's data-film, is.
export function filmFacts(film) {
  return {
    id: film.id,
    imdbId: film.imdb_id ?? null,
    name: film.name,
    year: film.year ?? null,
    countries: film.country_codes ?? [],
    partners: film.co_production_codes ?? [],
    world: film.rating ?? null,
    poster: posterName(film.poster_url),
  };
}

// The film with these marks changed, { seen, wanted, rating, on }. Who has rated a film has seen
// it, who has seen it wants it no more, and who has not seen it has neither rated it nor a day.
export function markedFilm(facts, before, marks, today) {
  const film = { ...NOTHING, ...before, ...facts, ...marks };
  if ("on" in marks) film.isWatchDay = marks.on !== null;
  if (marks.rating) film.seen = true;
  if (film.seen && !before?.seen) {
    film.wanted = marks.wanted ?? false;
    film.on = marks.on ?? today;
  }
  if (!film.seen) Object.assign(film, { rating: null, on: null, isWatchDay: false });
  return film;
}

// The film with what a file says of it added, { seen, rating, on, isWatchDay }: the newest rating
// counts, and a day of seeing it before one of rating it. What is there outweighs what `isMinor`
// is said, and not what `isMajor` is.
export function mergedFilm(before, facts, said, { source, isMinor = false, isMajor = false }) {
  const isOlder = Boolean(before?.on && said.on && said.on < before.on);
  const [first, second] = (isMinor || isOlder) && !isMajor ? [before, said] : [said, before];
  return {
    ...facts,
    ...seenOrWanted(said, before),
    rating: first?.rating ?? second?.rating ?? null,
    ...mergedDay([first, second]),
    from: before?.from ?? source,
  };
}

// What is seen stays so, and is wanted no more, unless that was said of it when it was seen already.
function seenOrWanted(said, before) {
  if (!said.seen && !before?.seen) return { seen: false, wanted: true };
  return { seen: true, wanted: (before?.seen && before.wanted) ?? false };
}

function mergedDay(saying) {
  const dated = saying.filter((one) => one?.on);
  const { on = null, isWatchDay = false } = dated.find((one) => one.isWatchDay) ?? dated[0] ?? {};
  return { on, isWatchDay };
}

// Whether somebody or something has said when it was seen or rated: a mark alone says when it was
// made.
export function hasDay({ seen, on, isWatchDay, from }) {
  return Boolean(seen && on && (isWatchDay || from !== HERE));
}

export function isMarked({ seen, wanted }) {
  return seen || wanted;
}

// --- rows

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
