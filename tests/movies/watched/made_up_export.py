"""An export of films of a catalogue as other sites would have them: years that are one off,
accents left out, original titles, capitals."""

import dataclasses
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from importer.tmdb.parse_movie import ParsedMovie
from movies.folding import key, words
from movies.models import Lens, Movie, Title
from movies.watched.found import Match
from movies.watched.matching import find_movies
from movies.watched.rows import Row

SEED = 13
# How often each thing is changed.
OFF_BY_ONE, PLAIN, ORIGINAL, CAPITALS = 0.1, 0.1, 0.1, 0.05


PARSED = {field.name for field in dataclasses.fields(ParsedMovie)}


class MadeUpRow(NamedTuple):
    """A row, and the film that it is about."""

    movie_id: int
    name: str
    year: int


def fill(movies: Sequence[ParsedMovie]) -> None:
    """Put the films and their titles into the database."""
    fields = {field.attname for field in Movie._meta.concrete_fields if field.attname in PARSED}
    Movie.objects.bulk_create(
        Movie(**{name: getattr(movie, name) for name in fields}) for movie in movies
    )
    Title.objects.bulk_create(
        Title(
            movie_id=movie.id,
            name=name,
            key=key(name),
            words=words(name),
            weight=min(movie.tmdb_votes, 30_000),
            year=movie.release_date.year if movie.release_date else None,
            is_own=name in (movie.title, movie.original_title),
        )
        for movie in movies
        for name in movie.names
    )


def draw(movies: Sequence[ParsedMovie], count: int) -> list[MadeUpRow]:
    """Rows about so many of the films, each about another one; the same ones every time."""
    chance = random.Random(SEED)
    dated = [movie for movie in movies if movie.release_date]
    return [_row(movie, chance) for movie in chance.sample(dated, min(count, len(dated)))]


def namesakes(movies: Sequence[ParsedMovie]) -> list[ParsedMovie]:
    """The films whose title another film has as well, of whatever year."""
    by_name: defaultdict[str, set[int]] = defaultdict(set)
    for movie in movies:
        for name in movie.names:
            by_name[key(name)].add(movie.id)
    return [movie for movie in movies if len(by_name[key(movie.title)]) > 1]


def _row(movie: ParsedMovie, chance: random.Random) -> MadeUpRow:
    name = movie.original_title if chance.random() < ORIGINAL else movie.title
    if chance.random() < PLAIN:
        name = "".join(
            letter for letter in unicodedata.normalize("NFD", name)
            if not unicodedata.combining(letter)
        )  # fmt: skip
    if chance.random() < CAPITALS:
        name = name.upper()
    off = chance.choice([-1, 1]) if chance.random() < OFF_BY_ONE else 0
    assert movie.release_date
    return MadeUpRow(movie.id, name, movie.release_date.year + off)


def outcomes(rows: Sequence[MadeUpRow]) -> tuple[Counter[str], list[str]]:
    """How many are matched right, wrong, or why they are not matched; and the wrong ones."""
    wanted = [Row(number, row.name, row.year) for number, row in enumerate(rows, 2)]
    counts: Counter[str] = Counter()
    wrong = []
    for row, found in zip(rows, find_movies(wanted, Lens.ORIGIN), strict=True):
        if not isinstance(found, Match):
            counts[found.reason] += 1
        elif found.movie.id == row.movie_id:
            counts[f"right, {found.certainty}"] += 1
        else:
            counts[f"wrong, {found.certainty}"] += 1
            wrong.append(f"{row} was taken for {found.movie.title} of {found.movie.year}")
    return counts, wrong
