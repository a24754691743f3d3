// A film as the browser keeps it: what it is, so that pages need no server to show it, and what it
// is to the person. Pure.
//
// { id, imdbId, name, year, countries, partners, world, poster, seen, wanted, rating, on, isWatchDay,
// from }:
// `countries` are those that call it theirs, `partners` others that had a part in it; `world` is
// everybody's rating and `rating` one's own, from 1 to 10 or null; `on` the day of seeing it, or of
// rating or marking it, or null, and `isWatchDay` whether a diary or the person says that it is the
// day of seeing it; `from` is the kind of file that it came with, or "here".

import { posterName } from "../shell/urls.js";

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
