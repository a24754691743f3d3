"""The films that a row without one could be about: of the same name, or of what is left of it
without what some sites add, those of the nearest years."""

import re
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from movies.folding import key
from movies.watched.catalogue import Catalogue, KeyYear, Known, in_parts
from movies.watched.found import CatalogueMovie, Found, NotFound, UnmatchedReason
from movies.watched.namesakes import MOST_CANDIDATES
from movies.watched.rows import Row

# How many rows get candidates, besides those of which one has the row's name and year: nobody
# would look at more.
MOST_ROWS_WITH_CANDIDATES = 1_000
# For so long rows are looked up, the first ones first; there may be 100,000 without a film.
MOST_SECONDS = 0.3
# Of a name's films the best known, of which the candidates are those of the nearest years.
BEST_KNOWN_FILMS = 10
# How far a film without a year is from a row with one.
NO_YEAR_APART = 1_000

LACKING = {UnmatchedReason.NOT_IN_CATALOGUE, UnmatchedReason.INVALID_ROW}

BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
SUBTITLE = re.compile(r":|\s[-–—]\s")


class Likely(NamedTuple):
    """The films that a row could be about, the likeliest first, and whether that one has its name
    and year."""

    movie_ids: list[int]
    is_exact: bool


def add_candidates(
    rows: Sequence[Row],
    found: list[Found],
    catalogue: Catalogue,
    most_seconds: float = MOST_SECONDS,
) -> None:
    """To the rows without a film; an ambiguous one has those that it can be already."""
    likely = _look_up(rows, found, catalogue, most_seconds)
    chosen = _choose_rows(likely)
    movies = catalogue.movies_by_id({each for number in chosen for each in chosen[number]})
    for number, movie_ids in chosen.items():
        if isinstance(each := found[number], NotFound):
            more = [movies[movie_id] for movie_id in movie_ids if movie_id in movies]
            found[number] = _with_candidates(each, more)


def _look_up(
    rows: Sequence[Row], found: list[Found], catalogue: Catalogue, most_seconds: float
) -> dict[int, Likely]:
    """Of each row that could be looked up in that time; what is found says that it was."""
    begun = time.monotonic()
    likely: dict[int, Likely] = {}
    for part in in_parts(list(_lacking(rows, found))):
        likely |= _likely(rows, part, catalogue)
        for number in part:
            if isinstance(each := found[number], NotFound):
                found[number] = NotFound(each.reason, each.candidates, is_looked_up=True)
        if time.monotonic() - begun > most_seconds:
            break
    return likely


def _choose_rows(likely: dict[int, Likely]) -> dict[int, list[int]]:
    """Every row with a film of its name and year, and others until there are enough; of those
    that are too many the likeliest film alone."""
    first = [number for number, each in likely.items() if each.is_exact]
    others = [number for number, each in likely.items() if each.movie_ids and not each.is_exact]
    chosen = {number: likely[number].movie_ids for number in first[:MOST_ROWS_WITH_CANDIDATES]}
    chosen |= {number: likely[number].movie_ids[:1] for number in first[len(chosen) :]}
    left = max(MOST_ROWS_WITH_CANDIDATES - len(chosen), 0)
    return chosen | {number: likely[number].movie_ids for number in others[:left]}


def _likely(
    rows: Sequence[Row], numbers: Sequence[int], catalogue: Catalogue
) -> dict[int, Likely]:
    wanted = {
        number: [(name, rows[number].year or 0) for name in _keys(rows[number])]
        for number in numbers
    }
    distinct = sorted({each for names in wanted.values() for each in names})
    best_known = catalogue.best_known(distinct, BEST_KNOWN_FILMS)
    return {number: _nearest(names, best_known) for number, names in wanted.items()}


def _with_candidates(each: NotFound, more: Sequence[CatalogueMovie]) -> NotFound:
    candidates = {movie.id: movie for movie in (*each.candidates, *more)}
    most = tuple(candidates.values())[:MOST_CANDIDATES]
    return NotFound(each.reason, most, each.is_looked_up)


def names_of(row: Row) -> list[str]:
    return [name for name in (row.title, row.original_title) if name]


def _lacking(rows: Sequence[Row], found: Sequence[Found]) -> Iterator[int]:
    for number, each in enumerate(found):
        if isinstance(each, NotFound) and rows[number].title:
            is_ambiguous = each.reason == UnmatchedReason.AMBIGUOUS and not each.candidates
            if each.reason in LACKING or is_ambiguous:
                yield number


def _keys(row: Row) -> list[str]:
    """The row's names folded, and then what is left of them."""
    names = names_of(row)
    names += [shorter for name in names for shorter in _shorter_names(name)]
    keys = map(key, dict.fromkeys(names))
    return [folded for folded in dict.fromkeys(keys) if folded]


def _shorter_names(name: str) -> Iterator[str]:
    """Without what stands in brackets, and without a subtitle."""
    yield BRACKETS.sub(" ", name)
    yield SUBTITLE.split(name, maxsplit=1)[0]


def _nearest(names: Sequence[KeyYear], best_known: dict[KeyYear, list[Known]]) -> Likely:
    """The films of the first name before those of the others; of each the nearest years first, and
    of those the best known."""
    ids: dict[int, None] = {}
    is_exact = False
    for name, year in names:
        films = best_known.get((name, year), [])
        ordered = sorted(films, key=lambda film: _years_apart(film.year, year))
        is_exact = is_exact or (not ids and any(film.year == year for film in films if year))
        ids.update(dict.fromkeys(film.movie_id for film in ordered))
    return Likely(list(ids)[:MOST_CANDIDATES], is_exact)


def _years_apart(film: int | None, row: int) -> int:
    """One year more or less is none: of those the best known is the likeliest."""
    if not row:
        return 0
    return max(abs(film - row), 1) if film else NO_YEAR_APART
