"""Films as answers show them: of the catalogue as it is now, with all their votes."""

from collections.abc import Iterable
from dataclasses import dataclass

from movies import reference
from movies.models import Movie, RankingState
from movies.pooled_votes import POOLED
from movies.prepared import prepared_cursor

MOVIE_FIELDS = [field.attname for field in Movie._meta.concrete_fields]
MOVIE_COLUMNS = ", ".join(f"movie.{field}" for field in MOVIE_FIELDS)
FILMS = f"""
SELECT pooled.rating, pooled.votes, {MOVIE_COLUMNS}
FROM movie {POOLED} WHERE movie.id = ANY (%s::int[])
"""  # noqa: S608 - of constants only


@dataclass(frozen=True, slots=True)
class Film:
    """A film with TMDB's and IMDb's votes pooled; ratings from 1 to 10, None without a vote."""

    movie: Movie
    rating: float | None
    votes: int
    weighted_rating: float | None
    # Too few to be listed before the films that have enough.
    few_votes: bool
    # In the list that it was read from, 1 for the best; None outside of lists.
    rank: int | None = None


def films_by_id(movie_ids: Iterable[int]) -> dict[int, Film]:
    """Those of these films that the catalogue has; two queries, however many they are."""
    state = RankingState.current()
    with prepared_cursor() as cursor:
        cursor.execute(FILMS, [list(movie_ids)])
        rows = cursor.fetchall()
    films = (
        Film(
            Movie(*fields),
            rating,
            votes,
            state.weighted_rating(rating, votes),
            state.has_few_votes(votes),
        )
        for rating, votes, *fields in rows
    )
    return {film.movie.id: film for film in films}


def ids_by_imdb_id(imdb_ids: Iterable[str]) -> dict[str, int]:
    """The films that have these ids of IMDb's; of several records that one with most votes."""
    found = Movie.objects.filter(imdb_id__in=list(imdb_ids)).order_by("tmdb_votes", "-id")
    return {str(imdb_id): movie_id for imdb_id, movie_id in found.values_list("imdb_id", "id")}


def ranked_film(movie: Movie, rank: int) -> Film:
    """A film that a list has read, with what the list has of it."""
    return Film(movie, movie.rating, movie.votes, movie.weighted_rating, movie.few_votes, rank)


def country_names() -> dict[str, str]:
    """The English name of every country and former state, by its code."""
    return {code: country.name for code, country in reference.countries().items()}
