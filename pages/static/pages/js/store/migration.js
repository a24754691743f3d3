// What earlier releases kept, as this one keeps it. Pure.

// What is of no version that is known comes back as it is.
export function migrate(kept) {
  return kept?.version === 1 ? migrateFirst(kept) : kept;
}

// Of version 1: films are lists, one's own rating of each between its facts, seen or else wanted;
// the rows without a film are in their files, null where there was no room for them.
function migrateFirst({ films, files }) {
  return {
    version: 2,
    films: Object.fromEntries(films.map(migrateFilm)),
    unplaced: files.flatMap((file) => (file.unplaced ?? []).map((row) => migrateUnplaced(file, row))),
    files: files.map(({ unplaced, guessed = [], ...file }) => ({ ...file, guessed, isForgotten: unplaced === null })),
  };
}

function migrateFilm([id, imdbId, name, year, countries, own, world, seen, poster]) {
  const marks = seen === 1 ? { seen: true, rating: own ?? null } : { wanted: true, rating: own ?? null };
  return [id, { ...marks, from: "file", film: [imdbId, name, year, countries, "", world, poster] }];
}

// Which of its rows were seen, and with what rating, was not kept: in all but lists they were.
function migrateUnplaced({ name: file, source }, [row, name, year, imdbId, type, reason, candidates = []]) {
  const films = candidates.map(([id, title, released]) => [id, null, title, released, "", "", null, ""]);
  const isSeen = /_(ratings|watched|import)$/.test(source);
  return [file, source, row, name, year, imdbId, type, reason, films, isSeen ? 1 : 0, null, null];
}
