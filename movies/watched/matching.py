"""Finds the films of the catalogue that rows are about: by TMDB's or IMDb's id, or by title and
year; and the films that a row without one could be about. Few queries for all rows together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import repeat

from movies.folding import key
from movies.models import Lens
from movies.watched.candidates import MOST_ROWS_WITH_CANDIDATES, add_candidates, names_of
from movies.watched.catalogue import Catalogue, KeyYear, TitleYear, in_parts
from movies.watched.found import (
    CatalogueMovie,
    Certainty,
    Found,
    Match,
    NotFound,
    UnmatchedReason,
    Why,
)
from movies.watched.namesakes import (
    choose,
    choose_plain,
    choose_without_imdb_id,
)
from movies.watched.rows import Row

INVALID = NotFound(UnmatchedReason.INVALID_ROW)
NO_MOVIE = NotFound(UnmatchedReason.NOT_A_MOVIE)
UNKNOWN = NotFound(UnmatchedReason.NOT_IN_CATALOGUE)


def find_movies(rows: Sequence[Row], by: Lens, sites: Iterable[str] | None = None) -> list[Found]:
    """The film of each row, or why it has none; the films' countries are through the lens.
    `sites` are those that the rows come from, one each; without them it is one."""
    catalogue = Catalogue(by)
    found = _find_by_id(rows, catalogue)
    _find_by_title(rows, found, catalogue)
    _find_without_imdb_id(rows, found, catalogue)
    _leave_to_exact_rows(found, sites or repeat(""))
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
    """The rows that have no id: by their title, and by the original one where a film has not the
    other."""
    by_row = {number: _title_year(row) for number, row in enumerate(rows) if _is_by_title(row)}
    by_title = _films_by_title(by_row.values(), catalogue)
    for number, title_year in by_row.items():
        found[number] = by_title.get(title_year)
    originals = {
        number: (original, year)
        for number, (_, year) in by_row.items()
        if (original := rows[number].original_title) and not isinstance(found[number], Match)
    }
    by_original = _films_by_title(originals.values(), catalogue)
    for number, title_year in originals.items():
        if isinstance(match := by_original.get(title_year), Match):
            found[number] = match


def _films_by_title(
    title_years: Collection[TitleYear], catalogue: Catalogue
) -> dict[TitleYear, Found]:
    """First those about which there is no doubt."""
    # In order, so that a name of several years is looked up once.
    wanted = sorted(set(title_years))
    by_title: dict[TitleYear, Found] = {}
    left: list[TitleYear] = []
    for part, only_ones in catalogue.only_ones(map(_folded, in_parts(wanted))):
        for title_year, folded in part.items():
            if match := choose_plain(title_year[0], only_ones.get(folded)):
                by_title[title_year] = match
            else:
                left.append(title_year)
    _find_among_namesakes(left, by_title, catalogue)
    return by_title


def _find_among_namesakes(
    wanted: Sequence[TitleYear], by_title: dict[TitleYear, Found], catalogue: Catalogue
) -> None:
    parts = (
        {each: [folded] for each, folded in _folded(some).items()} for some in in_parts(wanted)
    )
    lacking = 0
    for part, namesakes in catalogue.namesakes(parts):
        for (title, year), [folded] in part.items():
            if known := namesakes.get(folded):
                by_title[title, year] = each = choose(title, year, known)
                lacking += isinstance(each, NotFound)
                if isinstance(each, NotFound) and lacking > MOST_ROWS_WITH_CANDIDATES:
                    # Nobody would look at all of those of 100,000 rows, all kept till then.
                    by_title[title, year] = NotFound(each.reason)


def _folded(titles: Sequence[TitleYear]) -> dict[TitleYear, KeyYear]:
    return {(title, year): (key(title), year) for title, year in titles}


def _is_by_title(row: Row) -> bool:
    return row.is_valid and row.is_film is not False and not (row.imdb_id or row.tmdb_id)


def _title_year(row: Row) -> TitleYear:
    return row.title or "", row.year or 0


def _find_without_imdb_id(
    rows: Sequence[Row], found: list[Found | None], catalogue: Catalogue
) -> None:
    """The rows whose IMDb id no film has: TMDB may not know it."""
    wanted = [number for number, row in enumerate(rows) if not found[number] and _is_named(row)]
    claims: defaultdict[int, set[str | None]] = defaultdict(set)
    parts = ({each: _keys_and_year(rows[each]) for each in some} for some in in_parts(wanted))
    for part, namesakes in catalogue.namesakes(parts, without_imdb_id=True):
        for number, keys in part.items():
            row = rows[number]
            known = [namesake for each in keys for namesake in namesakes.get(each, ())]
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


def _leave_to_exact_rows(found: list[Found | None], sites: Iterable[str]) -> None:
    """A year beside the film's is not enough where another row of that site has the film itself:
    a site calls one film by one year. What another site calls it says nothing of that."""
    if not any(isinstance(each, Match) and each.certainty == Certainty.NEAR for each in found):
        return
    near: list[tuple[int, str, CatalogueMovie]] = []
    exact: set[tuple[str, int]] = set()
    for number, (site, each) in enumerate(zip(sites, found, strict=False)):
        if not isinstance(each, Match):
            continue
        if each.certainty == Certainty.NEAR:
            near.append((number, site, each.movie))
        else:
            exact.add((site, each.movie.id))
    for number, site, movie in near:
        if (site, movie.id) in exact:
            found[number] = NotFound(UnmatchedReason.NOT_IN_CATALOGUE, (movie,))
