"""3,000 rows drawn from a catalogue, as other sites would write them: hardly one is guessed wrong.

`MADE_UP_FROM=payloads.ndjson.gz script/test … -s` does it with the films of another file.
"""

import gzip
import os
from pathlib import Path

import msgspec
import pytest

from importer.tmdb.parse_movie import ParsedMovie, parse_movie
from tests.movies.watched.made_up_export import MadeUpRow, draw, fill, namesakes, outcomes
from tools.sandbox.catalogue import load_films
from tools.sandbox.payloads import Payload

ROWS = 3_000


@pytest.fixture
def movies(db: None) -> list[ParsedMovie]:
    """Are in the catalogue."""
    found = [parse_movie(msgspec.json.encode(each), each["id"]) for each in payloads()]
    fill(found)
    return found


def payloads() -> list[Payload]:
    if path := os.environ.get("MADE_UP_FROM"):
        with gzip.open(Path(path)) as lines:
            return [msgspec.json.decode(line) for line in lines]
    return load_films()


def test_hardly_a_row_is_taken_for_another_film(movies: list[ParsedMovie]) -> None:
    rows = draw(movies, ROWS)
    assert len(rows) == min(ROWS, sum(movie.release_date is not None for movie in movies))

    right, wrong = told(rows)

    assert wrong <= len(rows) / 1_000
    assert right >= 0.98 * len(rows)


def test_of_films_that_share_their_name_most_are_told_apart(movies: list[ParsedMovie]) -> None:
    rows = draw(namesakes(movies), ROWS)
    assert rows

    right, wrong = told(rows)

    assert wrong <= len(rows) / 50
    assert right >= 0.9 * len(rows)


def told(rows: list[MadeUpRow]) -> tuple[int, int]:
    """How many rows are matched right and wrong; all of it is said, for docs/figures.md."""
    counts, wrong = outcomes(rows)
    print(len(rows), "rows:", dict(counts), *wrong, sep="\n")  # noqa: T201
    right = sum(number for outcome, number in counts.items() if outcome.startswith("right"))
    return right, len(wrong)
