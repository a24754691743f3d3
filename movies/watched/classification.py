"""Classifies every row of an upload: matched to a film, unmatched, or a duplicate of another."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, repeat

from movies.folding import key
from movies.models import Lens
from movies.watched.classified import (
    Candidate,
    Classification,
    Duplicate,
    Matched,
    Unmatched,
)
from movies.watched.found import (
    CatalogueMovie,
    Certainty,
    Found,
    Match,
    NotFound,
    UnmatchedReason,
)
from movies.watched.matching import find_movies
from movies.watched.own_ratings import OwnRating, newest, own_rating
from movies.watched.rows import Export, Row

# A film's through the lens, and the others that had a part in it.
Countries = tuple[tuple[str, ...], tuple[str, ...]]


def classify_rows(
    exports: Sequence[Export], by: Lens, *, lists_are_seen: bool = False
) -> Classification:
    """A film's first row is the one that is matched, or unmatched; the others are duplicates.

    The rows and what was found of them are let go of one by one: there may be 100,000 of them.
    """
    classified = Classification()
    firsts: dict[object, Matched | Unmatched] = {}
    sites = chain.from_iterable(repeat(each.source.site, each.row_count) for each in exports)
    rows = [row for export in exports for row in export.rows]
    found_movies = deque(find_movies(rows, by, sites))
    del rows
    ratings: dict[object, list[OwnRating]] = {each: [] for each in _repeated(found_movies)}
    has_diary = any(export.is_diary for export in exports)
    countries_of = cache(_countries)  # for as long as this upload takes
    for export, row in _take_rows(exports):
        found = found_movies.popleft()
        is_seen = _is_seen(export, row, lists_are_seen)
        identity = _identity(export, row, found)
        if first := firsts.get(identity):
            classified.duplicates.append(_duplicate(export, row, found, first))
            _merge(row, found, first, is_seen)
        elif isinstance(found, Match):
            movie = found.movie
            countries = countries_of(movie.country_codes, movie.part_codes)
            firsts[identity] = matched = _matched(export, row, found, countries, is_seen)
            classified.matched.append(matched)
        else:
            firsts[identity] = unmatched = _unmatched(export, row, found, is_seen, countries_of)
            if has_diary:
                firsts.setdefault(_name_and_year(row), unmatched)
            classified.unmatched.append(unmatched)
            classified.looked_up += found.is_looked_up
        if identity in ratings:
            is_sure = not _is_near(found)
            ratings[identity] += filter(None, [own_rating(export, row, is_sure=is_sure)])
    _set_newest(classified.matched, ratings)
    return classified


def _repeated(found_movies: Iterable[Found]) -> set[int]:
    """The films that several rows are about."""
    once: set[int] = set()
    repeated: set[int] = set()
    for found in found_movies:
        if isinstance(found, Match):
            (repeated if found.movie.id in once else once).add(found.movie.id)
    return repeated


def _take_rows(exports: Sequence[Export]) -> Iterator[tuple[Export, Row]]:
    for export in exports:
        export.rows.reverse()
        while export.rows:
            yield export, export.rows.pop()


def _identity(export: Export, row: Row, found: Found) -> object:
    """What two rows about one film have in common; an invalid row is like no other. In a diary
    Letterboxd's address is that of the day."""
    if isinstance(found, Match):
        return found.movie.id
    if found.reason == UnmatchedReason.INVALID_ROW:
        return object()
    tmdb_id = row.tmdb_id and ("tmdb", row.tmdb_id)
    uri = "" if export.is_diary else row.uri
    return row.imdb_id or uri or tmdb_id or _name_and_year(row)


def _name_and_year(row: Row) -> tuple[str, int | None]:
    return key(row.title or ""), row.year


def _is_seen(export: Export, row: Row, lists_are_seen: bool) -> bool:
    if row.is_seen is not None:
        return row.is_seen
    is_declared = lists_are_seen and export.source.is_list and "watchlist" not in _name(export)
    return export.source.is_seen or is_declared or row.personal_rating is not None


def _name(export: Export) -> str:
    return export.file.rpartition("/")[2].casefold()


def _is_near(found: Found) -> bool:
    return isinstance(found, Match) and found.certainty == Certainty.NEAR


def _merge(row: Row, found: Found, first: Matched | Unmatched, is_seen: bool) -> None:
    """Add what a film's later row says to what its first one says; of several ratings of a
    matched film the newest is found out when all rows are known."""
    first.seen |= is_seen
    if isinstance(first, Matched) and isinstance(found, Match):
        _make_sure(row, found, first)
    if is_seen and row.rated_on and row.rated_on > (first.rated_on or ""):
        first.rated_on = row.rated_on
    if isinstance(first, Unmatched) and first.personal_rating is None:
        first.personal_rating = row.personal_rating
    if row.watched_on and row.watched_on > (first.watched_on or ""):
        first.watched_on = row.watched_on


def _make_sure(row: Row, found: Match, first: Matched) -> None:
    """Of a film whose first row is about another one perhaps, a later row that is not."""
    if first.certainty == Certainty.NEAR and found.certainty != Certainty.NEAR:
        first.certainty, first.why = found.certainty, found.why
        first.matched_name, first.matched_language = found.name, found.language
        first.row_year = row.year


def _set_newest(matched: Iterable[Matched], ratings: Mapping[object, list[OwnRating]]) -> None:
    for film in matched if ratings else ():
        if several := ratings.get(film.id):
            film.personal_rating = newest(several)


def _matched(
    export: Export, row: Row, found: Match, countries: Countries, is_seen: bool
) -> Matched:
    movie = found.movie
    country_codes, co_production_codes = countries
    return Matched(
        file=export.file,
        row=row.number,
        country_codes=country_codes,
        co_production_codes=co_production_codes,
        name=movie.title,
        original_name=movie.original_title or movie.title,
        year=movie.year,
        imdb_id=movie.imdb_id,
        id=movie.id,
        personal_rating=row.personal_rating,
        rating=movie.rating,
        poster_url=movie.poster_url,
        seen=is_seen,
        watched_on=row.watched_on,
        rated_on=row.rated_on if is_seen else None,
        certainty=found.certainty,
        why=found.why,
        matched_name=found.name,
        matched_language=found.language,
        row_year=row.year,
    )


def _countries(country_codes: str, part_codes: str) -> Countries:
    codes = tuple(country_codes.split())
    others = dict.fromkeys(code for code in part_codes.split() if code not in codes)
    return codes, tuple(others)


def _unmatched(
    export: Export,
    row: Row,
    found: NotFound,
    is_seen: bool,
    countries_of: Callable[[str, str], Countries],
) -> Unmatched:
    return Unmatched(
        file=export.file,
        row=row.number,
        name=row.title,
        year=row.year,
        imdb_id=row.imdb_id,
        title_type=row.title_type,
        personal_rating=row.personal_rating,
        seen=is_seen,
        watched_on=row.watched_on,
        rated_on=row.rated_on if is_seen else None,
        reason=found.reason,
        candidates=tuple(
            _candidate(movie, countries_of(movie.country_codes, movie.part_codes))
            for movie in found.candidates
        ),
    )


def _candidate(movie: CatalogueMovie, countries: Countries) -> Candidate:
    country_codes, co_production_codes = countries
    return Candidate(
        id=movie.id,
        imdb_id=movie.imdb_id,
        name=movie.title,
        original_name=movie.original_title or movie.title,
        year=movie.year,
        country_codes=country_codes,
        co_production_codes=co_production_codes,
        rating=movie.rating,
        votes=movie.votes,
        poster_url=movie.poster_url,
    )


def _duplicate(export: Export, row: Row, found: Found, first: Matched | Unmatched) -> Duplicate:
    return Duplicate(
        file=export.file,
        row=row.number,
        of_file=first.file,
        of_row=first.row,
        imdb_id=found.movie.imdb_id if isinstance(found, Match) else row.imdb_id,
    )
