"""The table `title`: every name of a film once, folded for search."""

from collections.abc import Mapping, Sequence

from importer.tmdb.parse_movie import ParsedMovie
from movies import folding
from movies.models import Title
from movies.rows import Row, group_by_movie, insert_rows, replace_rows_of_movies

# Columns of `title` that do not follow from the name.
TITLE_FACTS = ("name", "weight", "year", "countries", "is_own", "language")

# TITLE_FACTS of one name.
Facts = tuple[str, int, int | None, list[str], bool, str | None]


def save_titles(movies: Sequence[ParsedMovie], weights: Mapping[int, int]) -> list[int]:
    """Bring the titles of films to the names that they have now; the rest stay untouched. Whose
    have changed."""
    stored = stored_titles([movie.id for movie in movies])
    wanted = {
        movie.id: title_facts(movie, weights[movie.id], stored.get(movie.id, []))
        for movie in movies
    }
    changed = replace_rows_of_movies(Title, stored, wanted)
    insert_rows(
        Title,
        [title_row(movie_id, facts) for movie_id in changed for facts in wanted[movie_id]],
    )
    return changed


def title_row(movie_id: int, facts: Facts) -> Row:
    """A name's row, with what follows from the name."""
    name = facts[0]
    folded = {"key": folding.key(name), "words": folding.words(name)}
    return {"movie_id": movie_id, **dict(zip(TITLE_FACTS, facts, strict=True)), **folded}


def stored_titles(movie_ids: Sequence[int]) -> dict[int, list[Facts]]:
    """The facts of each film's titles in their order."""
    rows = Title.objects.filter(movie__in=movie_ids).order_by("movie", "id")
    return group_by_movie(rows.values_list("movie_id", *TITLE_FACTS))


def title_facts(movie: ParsedMovie, weight: int, stored: Sequence[Facts]) -> list[Facts]:
    """The facts of each of a film's names: its own, alternative ones, then translations."""
    year = movie.release_date.year if movie.release_date else None
    countries = sorted({*movie.origin_countries, *movie.production_countries})
    own = (movie.title, movie.original_title)
    translated = movie.translated
    if translated is None:
        translated = {
            name: language
            for name, *_, language in stored
            if language is not None and name not in movie.names
        }
    named: list[Facts] = [
        (name, weight, year, countries, name in own, None) for name in movie.names
    ]
    named += [
        (name, weight, year, countries, False, language) for name, language in translated.items()
    ]
    return named
