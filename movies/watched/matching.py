"""Finds the films of the catalogue that rows are about: by TMDB's or IMDb's id, or by title and
year; and the films that a row without one could be about. Few queries for all rows together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from movies.folding import key
from movies.models import Lens
from movies.watched.candidates import MOST_ROWS_WITH_CANDIDATES, add_candidates, names_of
from movies.watched.catalogue import Catalogue, KeyYear, open_catalogue
from movies.watched.found import (
    Certainty,
    Found,
    Match,
    NotFound,
    UnmatchedReason,
    Why,
)
from movies.watched.namesakes import (
    Namesake,
    choose,
    choose_plain,
    choose_without_imdb_id,
)
from movies.watched.rows import Row

# How many names are looked up at once, with all films that have them.
NAMES_AT_ONCE = 20_000
# A title with its year, 0 for none.
TitleYear = tuple[str, int]
Item = TypeVar("Item")

INVALID = NotFound(UnmatchedReason.INVALID_ROW)
NO_MOVIE = NotFound(UnmatchedReason.NOT_A_MOVIE)
UNKNOWN = NotFound(UnmatchedReason.NOT_IN_CATALOGUE)


def find_movies(rows: Sequence[Row], by: Lens) -> list[Found]:
    """The film of each row, or why it has none; the films' countries are through the lens."""
    with open_catalogue(by) as catalogue:
        found = _find_by_id(rows, catalogue)
        _find_by_title(rows, found, catalogue)
        _find_without_imdb_id(rows, found, catalogue)
        _leave_to_exact_rows(found)
        settled = [each or _no_film(row) for row, each in zip(rows, found, strict=True)]
        del found
        add_candidates(rows, settled, catalogue)
    return settled


def _no_film(row: Row) -> NotFound:
    if not row.is_valid:
        return INVALID
    return NO_MOVIE if row.is_film is False else UNKNOWN


def _find_by_id(rows: Sequence[Row], catalogue: Catalogue) -> list[Found | None]:
    """By TMDB's id, of which series have their own ones, or else by IMDb's."""
    # Lists of what is distinct: while the catalogue is asked, a set would take five times as
    # much.
    by_id = catalogue.movies_by_id({each for row in rows if (each := _tmdb_id(row))})
    imdb_ids = list({row.imdb_id for row in rows if row.imdb_id and _tmdb_id(row) not in by_id})
    by_imdb_id = catalogue.movies_by_imdb_id(imdb_ids)
    found: list[Found | None] = []
    for row in rows:
        if movie := by_id.get(_tmdb_id(row) or 0):
            found.append(Match(movie, Certainty.ID, Why.TMDB_ID))
        elif movie := by_imdb_id.get(row.imdb_id or ""):
            found.append(Match(movie, Certainty.ID, Why.IMDB_ID))
        else:
            found.append(None)
    return found


def _tmdb_id(row: Row) -> int | None:
    return None if row.is_film is False else row.tmdb_id


def _find_by_title(rows: Sequence[Row], found: list[Found | None], catalogue: Catalogue) -> None:
    """The rows that have no id."""
    wanted = list(dict.fromkeys(_title_year(row) for row in rows if _is_by_title(row)))
    by_title: dict[TitleYear, Found] = {}
    for some in _in_parts(wanted):
        keys = {title_year: (key(title_year[0]), title_year[1]) for title_year in some}
        left = _find_plain(keys, by_title, catalogue)
        namesakes = _namesakes(map(keys.__getitem__, left), catalogue)
        for title, year in left:
            if known := namesakes.get(keys[title, year]):
                each = choose(title, year, known)
                # Nobody would look at all of those of 100,000 rows, which would be kept till then.
                is_late = len(by_title) >= MOST_ROWS_WITH_CANDIDATES
                by_title[title, year] = _without_candidates(each) if is_late else each
    for number, row in enumerate(rows if wanted else ()):
        if _is_by_title(row):
            found[number] = by_title.get(_title_year(row))


def _find_plain(
    keys: Mapping[TitleYear, KeyYear], by_title: dict[TitleYear, Found], catalogue: Catalogue
) -> list[TitleYear]:
    """Those about which there is no doubt; gives the others."""
    only_ones = catalogue.only_ones({each for each in keys.values() if all(each)})
    left: list[TitleYear] = []
    for title_year, folded in keys.items():
        if match := choose_plain(title_year[0], only_ones.get(folded)):
            by_title[title_year] = match
        else:
            left.append(title_year)
    return left


def _is_by_title(row: Row) -> bool:
    return row.is_valid and row.is_film is not False and not (row.imdb_id or row.tmdb_id)


def _title_year(row: Row) -> TitleYear:
    return row.title or "", row.year or 0


def _without_candidates(found: Found) -> Found:
    return found if isinstance(found, Match) else NotFound(found.reason)


def _namesakes(
    wanted: Iterable[KeyYear], catalogue: Catalogue, *, without_imdb_id: bool = False
) -> dict[KeyYear, list[Namesake]]:
    """The titles of each key and year. A name of nothing but punctuation has none: it would be
    like every other one."""
    distinct = {each for each in wanted if each[0]}
    return catalogue.namesakes(distinct, without_imdb_id=without_imdb_id)


def _find_without_imdb_id(
    rows: Sequence[Row], found: list[Found | None], catalogue: Catalogue
) -> None:
    """The rows whose IMDb id no film has: TMDB may not know it."""
    wanted = [number for number, row in enumerate(rows) if not found[number] and _is_named(row)]
    claims: defaultdict[int, set[str | None]] = defaultdict(set)
    for some in _in_parts(wanted):
        keys = {number: _keys_and_year(rows[number]) for number in some}
        namesakes = _namesakes(chain(*keys.values()), catalogue, without_imdb_id=True)
        for number in some:
            row = rows[number]
            known = [namesake for each in keys[number] for namesake in namesakes.get(each, ())]
            found[number] = choose_without_imdb_id(names_of(row), row.runtime, known)
            if isinstance(match := found[number], Match):
                claims[match.movie.id].add(row.imdb_id)
    for number in wanted:
        if isinstance(match := found[number], Match) and len(claims[match.movie.id]) > 1:
            # Two titles of IMDb's, of which at most one is this film.
            found[number] = NotFound(UnmatchedReason.AMBIGUOUS, (match.movie,))


def _is_named(row: Row) -> bool:
    """Whether it has an id of IMDb's, and a name and a year besides."""
    is_named = row.imdb_id is not None and row.title is not None and row.year is not None
    return is_named and row.is_film is not False


def _keys_and_year(row: Row) -> list[KeyYear]:
    return [(key(name), row.year or 0) for name in names_of(row)]


def _leave_to_exact_rows(found: list[Found | None]) -> None:
    """A year beside the film's is not enough where another row has the film itself."""
    if not any(isinstance(each, Match) and each.certainty == Certainty.NEAR for each in found):
        return
    exact = {
        each.movie.id
        for each in found
        if isinstance(each, Match) and each.certainty != Certainty.NEAR
    }
    for number, each in enumerate(found):
        is_near = isinstance(each, Match) and each.certainty == Certainty.NEAR
        if isinstance(each, Match) and is_near and each.movie.id in exact:
            found[number] = NotFound(UnmatchedReason.NOT_IN_CATALOGUE, (each.movie,))


def _in_parts(wanted: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(wanted), NAMES_AT_ONCE):
        yield wanted[start : start + NAMES_AT_ONCE]
