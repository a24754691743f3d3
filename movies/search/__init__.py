"""Search by name: films under any title that they have anywhere, the best match first.

A film whose title is the name comes before one whose title holds its words, the last of which
may be unfinished, that before one whose title does so but for typing errors, and that before one
that lacks a word; unless the other is very much better known (`movies.search.scoring`).
"""

from dataclasses import dataclass

from django.db.models import Q

from movies.films import Film, films_by_id
from movies.models import Lens, Movie
from movies.search.deadline import SearchTooSlow, search_deadline
from movies.search.filters import SearchFilter
from movies.search.matching import FilmMatch, find_films
from movies.search.query import SearchQuery, parse_name, parse_query
from movies.slots import NoSlotFree, Slots
from movies.watch_filter import WatchFilter

__all__ = ["Match", "NoSlotFree", "SearchTooSlow", "is_empty_query", "search"]

# When to come again after NoSlotFree.
RETRY_AFTER_SECONDS = 1

slots = Slots()


@dataclass(frozen=True, slots=True)
class Match:
    """A film, and the one of its titles that matched best."""

    film: Film
    matched_name: str


def search(
    name: str,
    *,
    by: Lens,
    year: int | None = None,
    country: str | None = None,
    watch_filter: WatchFilter | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[Match]:
    """The films that this name, id or address means, best first; none for mere punctuation.

    From the `offset`th on, as far as a search finds them: some hundred.

    `year` is the films' own. One that stands beside the name may be wrong: where no film of that
    year matches, all that are called so are given, among equals those of the nearest year first.
    How many are asked for does not change which are first. Raises SearchTooSlow and
    NoSlotFree.
    """
    query = parse_query(name)
    filters = SearchFilter(by, year, country, watch_filter)
    with slots.take(), search_deadline():
        if query.is_id:
            return search_by_id(query, filters)[offset:]
        return search_by_name(query, filters, offset + limit)[offset : offset + limit]


def is_empty_query(name: str) -> bool:
    """Whether there is nothing in it to search for: neither an id nor a letter nor a digit."""
    query = parse_query(name)
    return not query.is_id and not parse_name(query.name).key


def search_by_id(query: SearchQuery, filters: SearchFilter) -> list[Match]:
    """TMDB has the same IMDb id on two records at times; the one with most votes answers."""
    has_id = Q(imdb_id=query.imdb_id) if query.imdb_id else Q(id=query.tmdb_id)
    movies = Movie.objects.filter(has_id).order_by("-tmdb_votes", "id")
    films = films_by_id(movies.values_list("id", flat=True)[:1]).values()
    return [Match(film, film.movie.title) for film in films if filters.passes(film.movie)]


def search_by_name(query: SearchQuery, filters: SearchFilter, limit: int) -> list[Match]:
    """A year in the name may be a part of it (Blade Runner 2049) or the film's."""
    name = parse_name(query.name, query.year)
    if not name.key:
        return []
    return with_films(find_films(name, filters.resolve()), limit)


def with_films(found: list[FilmMatch], limit: int) -> list[Match]:
    """The nearest to the year that was said and the best matches first; among equals the better
    known."""
    contending = contenders(found, limit)
    films = films_by_id(match.movie_id for match in contending)
    there = [match for match in contending if match.movie_id in films]
    there.sort(key=lambda match: (*sort_key(match), -films[match.movie_id].votes))
    return [Match(films[match.movie_id], match.name) for match in there]


def contenders(found: list[FilmMatch], limit: int) -> list[FilmMatch]:
    """The `limit` best, and those as good as the last of them: votes will tell these apart."""
    ordered = sorted(found, key=sort_key)
    last = ordered[:limit][-1:]
    return [match for match in ordered if not last or sort_key(match) <= sort_key(last[0])]


def sort_key(match: FilmMatch) -> tuple[int, float]:
    """The better match has the lower one."""
    return match.distance, -match.score
