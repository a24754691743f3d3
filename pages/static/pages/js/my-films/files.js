// Files that are made in the browser: tables as CSV, also such that Letterboxd's importer reads
// (docs/my-films.md says how that was checked), and all that the browser keeps as JSON, which can be
// brought back.

import { element } from "../shell/content.js";
import { hasDay } from "../store/film.js";

// Excel takes a file for UTF-8 only with it.
const BYTE_ORDER_MARK = "\uFEFF";
// A spreadsheet would take a cell that begins so for a formula and could run it.
const FORMULA = /^[=+\-@\t\r\n]/;
const NAME = "my-world-in-movies.json";
const MAX_BYTES = 32_000_000;
const COLUMNS = ["tmdbID", "imdbID", "Title", "Year", "Rating10", "WatchedDate"];

// RFC 4180; `rows` are arrays of strings, numbers and nulls.
export function formatCsv(rows) {
  return rows.map((row) => row.map(formatCell).join(",")).join("\r\n") + "\r\n";
}

function formatCell(value) {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function downloadCsv(name, rows) {
  saveFile(name, new Blob([BYTE_ORDER_MARK, formatCsv(rows)], { type: "text/csv" }));
}

export function saveFile(name, blob) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers read it only later
}

// --- all that is kept, and what Letterboxd's importer reads

export function saveBackup(store) {
  saveFile(NAME, new Blob([store.backup], { type: "application/json" }));
}

// The text of a file that saveBackup() has written, of this release or another; null for any other.
export async function readBackup(file) {
  if (!/\.json$/i.test(file.name) || file.size > MAX_BYTES) return null;
  try {
    const text = await file.text();
    const { version, films, files } = JSON.parse(text);
    return Number.isInteger(version) && films && Array.isArray(files) ? text : null;
  } catch {
    return null;
  }
}

// With `withRated` a day of rating counts as one of watching.
export function saveForLetterboxd(films, { withRated }) {
  const seen = [...films.values()].filter((film) => film.seen);
  const dayOf = (film) => (withRated ? hasDay(film) : film.isWatchDay) && film.on;
  downloadCsv("letterboxd-seen.csv", letterboxdTable(seen.map((film) => ({ ...film, on: dayOf(film) || null }))));
}

export function saveWatchlistForLetterboxd(films) {
  downloadCsv("letterboxd-watchlist.csv", letterboxdTable([...films.values()].filter(({ wanted }) => wanted)));
}

// A rating is a whole number of ten there; a film without a day is seen, and in no diary.
export function letterboxdTable(films) {
  const rows = films.map(({ id, imdbId, name, year, rating, on }) => [
    id, imdbId, name, year, rating === null ? null : Math.round(rating), on,
  ]);
  return [COLUMNS, ...rows];
}
