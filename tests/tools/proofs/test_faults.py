"""What `script/prove faults` makes of films that were imported in spite of faults."""

import gzip
import json
from pathlib import Path

import psycopg
import pytest

from tests.conftest import RunImport
from tools.proofs.faults import ALL_DUE, MARK, all_as_given, as_given, everywhere_once, leaks
from tools.proofs.payloads import Film, read_films, read_world
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

# What happens to films 1 to 5; the others come as they are.
FAULTS: dict[int | str, str] = {
    1: "404",
    2: "nul",
    3: "padded",
    4: "unknown-country",
    5: "unknown-language",
}


@pytest.fixture
def films(source: Films, tmp_path: Path) -> dict[int, Film]:
    return read_films(written(source, tmp_path))


def written(source: Films, folder: Path) -> Path:
    path = folder / "films.ndjson.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, source.films.values())).encode()))
    return path


@pytest.fixture
def imported(sandbox: Sandbox, run_import: RunImport, database_url: str) -> str:
    """The address of a database with what was left of the films."""
    sandbox.faults.only.update(FAULTS)
    run_import("daily")
    return database_url


def change(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode())


def test_a_film_may_be_in_or_gone_or_asked_for_again_or_have_failed(
    imported: str, films: dict[int, Film]
) -> None:
    assert list(everywhere_once(imported, films)) == []


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (
            "WITH titles AS (DELETE FROM title WHERE movie_id = 6) DELETE FROM movie WHERE id = 6",
            "film 6 is nowhere",
        ),
        ("UPDATE import_failure SET resolved_at = now()", "film 2 is nowhere"),
        ("UPDATE import_failure SET movie_id = 6", "film 6 is in and failed"),
        ("UPDATE tmdb_movie SET gone_at = now() WHERE id = 6", "film 6 is in and gone"),
        ("UPDATE import_failure SET dump = NULL", "1 failures have no dump"),
        ("DELETE FROM tmdb_movie WHERE id = 1", "1 films are not known at all, such as 1"),
        ("UPDATE tmdb_movie SET id = 99 WHERE id = 1", "film 99 is asked for again"),
    ],
)
def test_a_film_in_no_place_or_in_two_is_named(
    imported: str, films: dict[int, Film], statement: str, says: str
) -> None:
    change(imported, statement)

    assert says in "; ".join(everywhere_once(imported, films))


def test_what_the_sandbox_adds_is_no_difference(imported: str, films: dict[int, Film]) -> None:
    del films[2]
    assert list(as_given(imported, films)) == []

    change(imported, "UPDATE movie SET origin_countries = origin_countries || 'QX'::text")
    assert len(list(as_given(imported, films))) == len(films) - 1


# What is odd in films 6 to 10, which are stored without it.
ODD: dict[int | str, str] = {
    6: "odd-date",
    7: "odd-runtime",
    8: "alternative_titles-null",
    9: "watch/providers-missing",
    10: "blank-country",
}


def test_odd_parts_are_left_out_until_the_films_are_fetched_once_more(
    sandbox: Sandbox, run_import: RunImport, database_url: str, source: Films, tmp_path: Path
) -> None:
    for payload in source.films.values():
        payload["alternative_titles"] = {"titles": [{"title": "Another"}]}
    world = read_world(written(source, tmp_path))
    sandbox.faults.only.update(ODD)
    run_import("daily")

    assert list(as_given(database_url, world.films)) == []
    left_out = "; ".join(all_as_given(database_url, world))
    assert "movie 6, release_date: stored None" in left_out
    assert "movie 7, runtime: stored None" in left_out
    assert "title of movie 8, name" in left_out
    assert "odd parts are still told of" in left_out

    sandbox.faults.only.clear()
    change(database_url, ALL_DUE)
    run_import("daily")
    assert list(all_as_given(database_url, world)) == []


def test_another_value_is_not_left_out(imported: str, films: dict[int, Film]) -> None:
    del films[2]
    change(imported, "UPDATE movie SET runtime = 90.5::int + 1 WHERE id = 6")
    change(imported, "UPDATE movie SET title = '' WHERE id = 7")
    change(imported, "INSERT INTO title (movie_id, name, key, words, weight, countries, is_own) "
           "VALUES (8, 'More', 'more', '{more}', 18, '{}', false)")  # fmt: skip

    wrong = "; ".join(as_given(imported, films))

    assert "movie 6, runtime" in wrong
    assert "movie 7, title" in wrong
    assert "title of movie 8, name" in wrong


def test_a_key_is_found_as_text_and_in_a_dump(imported: str, tmp_path: Path) -> None:
    log = tmp_path / "import.log"
    log.write_text("nothing to see here")
    assert list(leaks(imported, log)) == []

    change(imported, f"UPDATE import_run SET error = 'GET /3?api_key=a%2B{MARK}'")
    assert "import_run" in "".join(leaks(imported, log))

    change(imported, "UPDATE import_run SET error = ''")
    change(imported, f"UPDATE import_failure SET dump = '{MARK}'")
    assert "import_failure" in "".join(leaks(imported, log))
