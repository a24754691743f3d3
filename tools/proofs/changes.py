"""Compares what is told of films that came, changed or left with the films that there are."""

import datetime
from collections.abc import Iterator
from itertools import pairwise

from tools.proofs.comparison import Connection, Difference, Row, by_key
from tools.proofs.payloads import Film

# Of a film of the catalogue: which of them, no payload says.
LIVING = ("came", "changed")

Sets = dict[int, datetime.datetime]


def changes(connection: Connection, films: dict[int, Film]) -> Iterator[Difference]:
    """Every film has come, no other one is there, each told of in the change set that saved it."""
    sets: Sets = dict(
        connection.execute("SELECT number, at FROM change_set ORDER BY number").fetchall()
    )
    yield from numbered(sets)
    rows = by_key(connection, "movie_change", "movie_id")
    ledger = by_key(connection, "tmdb_movie", "id")
    for movie_id in rows.keys() | films.keys():
        row, where = rows.get(movie_id), f"movie_change {movie_id}"
        kinds = LIVING if movie_id in films else ("left",)
        if row is None:
            yield Difference(where, "row", None, "a row")
        elif row["kind"] not in kinds:
            yield Difference(where, "kind", row["kind"], " or ".join(kinds))
        else:
            yield from saved_by(where, row, sets, ledger.get(movie_id, {}).get("fetched_at"))


def numbered(sets: Sets) -> Iterator[Difference]:
    """From 1 on without a gap, in the order of time."""
    if list(sets) != list(range(1, len(sets) + 1)):
        yield Difference("change_set", "number", list(sets)[-1], len(sets))
    for (number, at), (later, later_at) in pairwise(sets.items()):
        if later_at < at:
            yield Difference(f"change_set {later}", "at", later_at, f"after {number}: {at}")


def saved_by(
    where: str, row: Row, sets: Sets, fetched_at: datetime.datetime | None
) -> Iterator[Difference]:
    """The first change set after the film was fetched; an earlier one where it was fetched again
    as it was."""
    number = row["change_set_id"]
    if number not in sets:
        yield Difference(where, "change_set_id", number, "a change set")
    elif fetched_at and sets[number] >= fetched_at:
        first = next(later for later, at in sets.items() if at >= fetched_at)
        if number != first:
            yield Difference(where, "change_set_id", number, first)
