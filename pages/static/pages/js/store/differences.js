// What takes a change back: of the films those that it changed, so that what has changed since,
// in another tab perhaps, stays. Pure.

// { films: [[id, film or null]], files, unplaced, settled }, the last ones null where they are the
// same.
export function differences(before, after) {
  const ids = new Set([...before.films.keys(), ...after.films.keys()]);
  const changed = [...ids].filter((id) => before.films.get(id) !== after.films.get(id));
  return {
    films: changed.map((id) => [id, before.films.get(id) ?? null]),
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
