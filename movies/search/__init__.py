"""Search by name: films under any title that they have anywhere, the best match first.

A film whose title is the name comes before one whose title holds its words, the last of which
may be unfinished, and that before one whose title does so but for a typing error in a word.
Among those that match alike the better known comes first.
"""

import math
from dataclasses import dataclass

from django.db.models import Q

from movies.films import Film, films_by_id
from movies.models import Lens, Movie
from movies.search.asked import Asked, read, understand
from movies.search.deadline import SearchTooSlow, ended_in_time
from movies.search.matching import Ranked, matches
from movies.search.narrowing import Narrowing

__all__ = ["Match", "SearchTooSlow", "means_nothing", "search"]


@dataclass(frozen=True, slots=True)
class Match:
    """A film, and the one of its titles that matched best."""

    film: Film
    matched_name: str


def search(
    name: str, *, by: Lens, year: int | None = None, country: str | None = None, limit: int = 20
) -> list[Match]:
    """The films that this name, id or address means, best first; none for mere punctuation.

    `year` is the films' own. One that stands beside the name may be wrong: where no film of that
    year matches, all that are called so are given, among equals those of the nearest year first.
    How many are asked for does not change which are first. Raises SearchTooSlow.
    """
    asked = understand(name)
    narrowing = Narrowing(by, year, country)
    with ended_in_time():
        if asked.is_id:
            return by_id(asked, narrowing)
        return by_name(asked, narrowing, limit)[:limit]


def means_nothing(name: str) -> bool:
    """Whether there is nothing in it to search for: neither an id nor a letter nor a digit."""
    asked = understand(name)
    return not asked.is_id and not read(asked.name).key


def by_id(asked: Asked, narrowing: Narrowing) -> list[Match]:
    """TMDB has the same IMDb id on two records at times; the one with most votes answers."""
    same = Movie.objects.filter(Q(imdb_id=asked.imdb_id) if asked.imdb_id else Q(id=asked.tmdb_id))
    ids = same.order_by("-tmdb_votes", "id").values_list("id", flat=True)[:1]
    films = films_by_id(ids).values()
    return [Match(film, film.movie.title) for film in films if narrowing.has(film.movie)]


def by_name(asked: Asked, narrowing: Narrowing, limit: int) -> list[Match]:
    """Matrix 1999 may be a name, too, and only then is a name and a year."""
    found = titles(asked.name, narrowing.or_year(asked.year), limit)
    if found or narrowing.year:
        return with_films(found, limit)
    bare, year = asked.without_year or (asked.name, asked.year)
    if bare != asked.name:
        found = titles(bare, narrowing.or_year(year), limit)
    if not found and year:
        found = titles(bare, narrowing, limit)
    return with_films(found, limit, year)


def titles(name: str, narrowing: Narrowing, limit: int) -> list[Ranked]:
    typed = read(name)
    return matches(typed, narrowing.looked_up(), limit) if typed.key else []


def with_films(found: list[Ranked], limit: int, year: int | None = None) -> list[Match]:
    """In their order; of those that are as good the better known first.

    With a year, all of a rank are in the order of their distance from it before that.
    """
    contending = found if year else contenders(found, limit)
    films = films_by_id(title.movie_id for title in contending)
    there = [title for title in contending if title.movie_id in films]
    there.sort(key=lambda title: order(title, films[title.movie_id], year))
    return [Match(films[title.movie_id], title.name) for title in there]


def contenders(found: list[Ranked], limit: int) -> list[Ranked]:
    """The `limit` best, and those as good as the last of them: votes will tell these apart."""
    ordered = sorted(found, key=lambda title: title.place)
    last = ordered[:limit][-1:]
    return [title for title in ordered if not last or title.place <= last[0].place]


def order(title: Ranked, film: Film, year: int | None) -> tuple[int, float, int, int]:
    rank, score = title.place
    distance = 0 if year is None else abs((film.movie.year or math.inf) - year)
    return rank, distance, score, -film.votes
