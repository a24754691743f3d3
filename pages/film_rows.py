"""What a list shows of each film beside its votes: who directed it, and its genres."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from movies import reference
from movies.credits import CreditedPerson, directors_of
from movies.films import Film
from movies.models import Genre


@dataclass(frozen=True, slots=True)
class FilmRow:
    """A film in a list, and the title that a search has found it by; empty elsewhere."""

    film: Film
    directors: list[CreditedPerson]
    genres: list[Genre]
    matched_name: str = ""


def film_rows(films: Iterable[Film]) -> list[FilmRow]:
    """In the same order. One query where there are any, beside that of the edition's
    first list."""
    films = list(films)
    if not films:
        return []
    directors = directors_of([film.movie.id for film in films])
    genres = reference.genres()
    return [
        FilmRow(
            film,
            directors.get(film.movie.id, []),
            [genres[number] for number in film.movie.genre_ids if number in genres],
        )
        for film in films
    ]


def rows_of_each(lists: Sequence[Sequence[Film]]) -> list[list[FilmRow]]:
    """Of several lists at once, for one query."""
    rows = iter(film_rows(film for films in lists for film in films))
    return [list(islice(rows, len(films))) for films in lists]


def surprising_pair(films: Iterable[Film]) -> tuple[Film, Film] | None:
    """Two films next to one another of which the lower is rated best above the higher, as the
    ratings are shown: what a reader wonders at. None where each is as good as those below it, and
    of films with few votes."""
    ranked = [film for film in films if not film.few_votes and film.rating is not None]
    pairs = [(one, other) for one, other in pairwise(ranked) if lead(one, other) > 0]
    return max(pairs, key=lambda pair: lead(*pair), default=None)


def lead(film: Film, other: Film) -> float:
    """Of the other's rating over the film's, rounded as they are shown."""
    return round_rating(other.rating or 0) - round_rating(film.rating or 0)


def round_rating(rating: float) -> float:
    """To one decimal, as it is shown: a half goes up, `8.3` for 8.25."""
    return math.floor(rating * 10 + 0.5) / 10
