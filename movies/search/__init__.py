"""Search by name: films under any title that they have anywhere, the best match first.

A film whose title is the name comes before one whose title holds its words, the last of which
may be unfinished, and that before one whose title does so but for a typing error in a word.
Among those that match alike the better known comes first.
"""

from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.db.models import Q
from psycopg.errors import QueryCanceled

from movies.films import Film, films_by_id
from movies.models import Lens, Movie
from movies.search.asked import Asked, read, understand
from movies.search.matching import Ranked, matches
from movies.search.narrowing import Narrowing

# A search takes some milliseconds; one of this length is ended, nobody would wait for it. None
# of its queries would read a whole table, if the planner did not think that it has few rows.
LIMITS = "SET LOCAL statement_timeout TO 2000; SET LOCAL enable_seqscan TO off"


class SearchTooSlow(Exception):  # noqa: N818 - it says what happened
    """The search was ended, because nobody would have waited for it."""


@dataclass(frozen=True, slots=True)
class Match:
    """A film, and the one of its titles that matched best."""

    film: Film
    matched_name: str


def search(
    name: str, *, by: Lens, year: int | None = None, country: str | None = None, limit: int = 20
) -> list[Match]:
    """The films that this name, id or address means, best first; none for mere punctuation.

    Raises SearchTooSlow.
    """
    asked = understand(name)
    narrowing = Narrowing(by, asked.year if year is None else year, country)
    if asked.is_id:
        return by_id(asked, narrowing)
    found = best_titles(asked.name, narrowing, limit)
    if not found and narrowing.year is None and asked.without_year:
        bare, year = asked.without_year
        found = best_titles(bare, Narrowing(by, year, country), limit)
    return with_films(found)


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


def best_titles(name: str, narrowing: Narrowing, limit: int) -> list[Ranked]:
    typed = read(name)
    if not typed.key:
        return []
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(LIMITS)
            return matches(typed, narrowing, limit)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTooSlow from None
        raise


def with_films(found: list[Ranked]) -> list[Match]:
    """In their order; of those that are as good the one with most votes first."""
    films = films_by_id(title.movie_id for title in found)
    there = [title for title in found if title.movie_id in films]
    there.sort(key=lambda title: (title.rank, -title.score, -films[title.movie_id].votes))
    return [Match(films[title.movie_id], title.name) for title in there]
