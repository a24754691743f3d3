// Why a row has no film, in words that agree with what is known of it. Pure.

import { foldText } from "../shell/format.js";
import { REFUSED } from "../store/rows.js";

const WORDS = {
  not_in_catalogue: "not in the catalogue",
  not_a_movie: "not a film",
  ambiguous: "several films have this name and year",
  invalid_row: "the row cannot be understood",
  [REFUSED]: "you have said that it is not the film that was taken",
};

export function reasonOf(row) {
  const { reason, imdbId, name, year, candidates } = row;
  if (reason === "invalid_row" && name && !year && !imdbId) return "no id and no year: which one is it?";
  if (reason !== "not_in_catalogue" || candidates.length === 0) return WORDS[reason] ?? reason;
  if (candidates.some((film) => agrees(row, film))) {
    return imdbId ? "no film has this IMDb id; one of this name and year has another" : "a film of this name and year is there";
  }
  if (!candidates.some((film) => isNamed(row, film))) return "not in the catalogue by this name";
  return year ? "no film of this name is of this year" : "no year: which one is it?";
}

// With the type of what is no film: "not a film (TV series)".
export function fullReason(row) {
  return row.reason === "not_a_movie" && row.type ? `${reasonOf(row)} (${kind(row.type)})` : reasonOf(row);
}

// Whether the film has the row's name and year.
export function agrees(row, film) {
  return row.year !== null && film.year === row.year && isNamed(row, film);
}

// The film that a row is about if it is about one that agrees with it; null where several do.
export function agreeingFilm(row) {
  const films = row.candidates.filter((film) => agrees(row, film));
  return films.length === 1 ? films[0] : null;
}

export function isNamed(row, film) {
  return foldText(film.name) === foldText(row.name.trim());
}

// IMDb's "tvSeries" and "TV Series" are "TV series".
function kind(type) {
  return type.replace(/([a-z])(?=[A-Z])/g, "$1 ").toLowerCase().replace(/^tv\b/, "TV");
}
