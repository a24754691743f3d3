"""The films that a row without one could be about: of the same name, or of what is left of it
without what some sites add, those of the nearest years."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from movies.folding import key
from movies.watched.catalogue import Catalogue, Known
from movies.watched.found import Found, NotFound, UnmatchedReason
from movies.watched.namesakes import MOST_CANDIDATES
from movies.watched.rows import Row

# How many rows without a film get candidates: nobody would look at more.
MOST_ROWS_WITH_CANDIDATES = 1_000
# Of a name's films the best known, of which the candidates are those of the nearest years.
BEST_KNOWN_FILMS = 10
# How far a film without a year is from a row with one.
NO_YEAR_APART = 1_000

LACKING = {UnmatchedReason.NOT_IN_CATALOGUE, UnmatchedReason.INVALID_ROW}

BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
SUBTITLE = re.compile(r":|\s[-–—]\s")


def add_candidates(rows: Sequence[Row], found: list[Found], catalogue: Catalogue) -> None:
    """To the first rows without a film; an ambiguous one has those that it can be already."""
    numbers = list(islice(_lacking(rows, found), MOST_ROWS_WITH_CANDIDATES))
    keys = {number: _keys(rows[number]) for number in numbers}
    distinct = sorted({name for names in keys.values() for name in names})
    best_known = catalogue.best_known(distinct, BEST_KNOWN_FILMS)
    likely = {
        number: _nearest([best_known.get(name, []) for name in names], rows[number].year)
        for number, names in keys.items()
    }
    movies = catalogue.movies_by_id({each for ids in likely.values() for each in ids})
    for number in numbers:
        if isinstance(each := found[number], NotFound):
            more = [movies[movie_id] for movie_id in likely[number] if movie_id in movies]
            candidates = {movie.id: movie for movie in (*each.candidates, *more)}
            found[number] = NotFound(each.reason, tuple(candidates.values())[:MOST_CANDIDATES])


def names_of(row: Row) -> list[str]:
    return [name for name in (row.title, row.original_title) if name]


def _lacking(rows: Sequence[Row], found: Sequence[Found]) -> Iterator[int]:
    for number, each in enumerate(found):
        if isinstance(each, NotFound) and each.reason in LACKING and rows[number].title:
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


def _nearest(namesakes: Sequence[Sequence[Known]], year: int | None) -> list[int]:
    """The films of the first name before those of the others; of each the nearest years first, and
    of those the best known."""
    ids: dict[int, None] = {}
    for films in namesakes:
        ordered = sorted(films, key=lambda film: _years_apart(film.year, year))
        ids.update(dict.fromkeys(film.movie_id for film in ordered))
    return list(ids)[:MOST_CANDIDATES]


def _years_apart(film: int | None, row: int | None) -> int:
    """One year more or less is none: of those the best known is the likeliest."""
    if not row:
        return 0
    return max(abs(film - row), 1) if film else NO_YEAR_APART
