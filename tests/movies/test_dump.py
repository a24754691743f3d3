"""`manage.py dump`: the catalogue's lists as files, of one moment, whole or not at all."""

import csv
import json
import threading
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pyarrow import parquet  # type: ignore[import-untyped]

from movies.dump.dump import dump_catalogue
from movies.dump.tables import TABLES
from movies.dump.writers import WRITERS
from movies.models import Availability, Credit, Genre, Movie, Standing, Title
from tests.films import film
from tests.snapshot import restore_snapshot
from tools.sandbox.sources import Films

ODD = 'Say "Ah", José; =1+1\nand a line'


@pytest.fixture(autouse=True)
def catalogue(imported: None, transactional_db: None) -> None:
    """The file's world, in no transaction: a dump is one of its own."""
    restore_snapshot()


@pytest.fixture(scope="module")
def world() -> Films:
    """Twenty British films, one without votes or date, of an odd title; a Swedish-Danish one."""
    both = [{"iso_3166_1": "SE", "name": ""}, {"iso_3166_1": "DK", "name": ""}]
    return Films(
        [
            *(film(number, vote_average=9 - number / 10) for number in range(1, 21)),
            film(21, vote_count=0, release_date="", title=ODD, imdb_id=None, genres=[]),
            film(22, origin_country=["SE", "DK"], production_countries=both, runtime=12),
        ]
    )


def dump(folder: Path, *formats: str) -> str:
    out = StringIO()
    asked = [argument for name in formats for argument in ("--format", name)]
    call_command("dump", str(folder), *asked, stdout=out)
    return out.getvalue()


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_ndjson(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def as_text(row: dict[str, Any]) -> dict[str, str]:
    """A row as a CSV has it."""
    return {
        name: "" if value is None else " ".join(map(str, value)) if isinstance(value, list)
        else str(value)
        for name, value in row.items()
    }  # fmt: skip


def test_every_format_has_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "dump"
    dump(folder, *WRITERS)

    for table in TABLES:
        lines = read_ndjson(folder / f"{table.name}.ndjson")
        assert lines
        assert list(lines[0]) == list(table.columns)
        assert read_csv(folder / f"{table.name}.csv") == list(map(as_text, lines))
        columns = parquet.read_table(folder / f"{table.name}.parquet").to_pylist()
        assert [as_text(row) for row in columns] == list(map(as_text, lines))
    assert read_csv(folder / "films.csv")[20]["title"] == ODD


def test_a_lists_ranks_are_those_of_the_api(tmp_path: Path, client: Client) -> None:
    folder = tmp_path / "dump"
    dump(folder)

    rows = read_csv(folder / "lists.csv")
    assert len(rows) == Standing.objects.count()
    for code in ("GB", "SE", "DK"):
        listed = client.get(f"/api/v1/best/{code}/?limit=100").json()["results"]
        ranked = [row for row in rows if row["country_code"] == code and row["rank"]]
        assert [int(row["film_id"]) for row in ranked] == [movie["id"] for movie in listed]
        assert [int(row["rank"]) for row in ranked] == [movie["rank"] for movie in listed]


def test_it_says_of_which_moment_it_is_and_where_changes_go_on(
    tmp_path: Path, client: Client
) -> None:
    said = dump(tmp_path / "dump", "ndjson")

    manifest = json.loads((tmp_path / "dump" / "manifest.json").read_text())
    assert manifest["rows"]["films"] == 22
    assert manifest["ranked_at"] == client.get("/api/v1/best/").json()["updated_at"]
    answer = client.get("/api/v1/changes/", {"since": manifest["cursor"]})
    assert (answer.status_code, answer.json()["results"]) == (200, [])
    assert "films.ndjson: 22 rows" in said


def test_all_of_it_is_of_one_moment(tmp_path: Path) -> None:
    """What is committed while it is written is in none of the files."""
    changed: list[str] = []

    def change(file: str, rows: int) -> None:
        changed.append(file)
        other = threading.Thread(target=delete_everything)
        other.start()
        other.join()

    dump_catalogue(tmp_path / "dump", ["csv"], change)

    assert len(changed) == len(TABLES)
    assert Movie.objects.count() == Genre.objects.count() == 0
    assert len(read_csv(tmp_path / "dump" / "lists.csv")) == 22
    assert read_csv(tmp_path / "dump" / "genres.csv")


@pytest.mark.parametrize("table", ["standing", "country_total", "imdb_rating"])
def test_no_table_is_swapped_meanwhile(tmp_path: Path, database_url: str, table: str) -> None:
    """The new one's rows would not be there yet at the moment of the dump."""
    refused: list[str] = []

    def swap(file: str, rows: int) -> None:
        with (
            psycopg.connect(database_url) as other,
            pytest.raises(psycopg.errors.LockNotAvailable),
        ):
            other.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE NOWAIT")
        refused.append(file)

    dump_catalogue(tmp_path / "dump", ["csv"], swap)
    assert len(refused) == len(TABLES)


def delete_everything() -> None:
    """On a connection of its own."""
    for model in (Title, Credit, Availability, Movie, Standing, Genre):
        model._default_manager.all().delete()
    connection.close()


def test_the_terms_lie_beside_it(tmp_path: Path) -> None:
    said = dump(tmp_path / "dump")

    terms = (tmp_path / "dump" / "TERMS.txt").read_text()
    assert "not endorsed, certified, or otherwise approved by TMDB" in " ".join(terms.split())
    assert "IMDb" in terms
    assert "TERMS.txt" in said


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there already"):
        dump(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_one_has_left_is_in_nobodys_way(tmp_path: Path) -> None:
    part = tmp_path / "dump.part"
    part.mkdir()
    (part / "films.csv").write_text("half of")

    dump(tmp_path / "dump")
    assert len(read_csv(tmp_path / "dump" / "films.csv")) == 22
    assert [path.name for path in tmp_path.iterdir()] == ["dump"]


def test_where_it_fails_nothing_is_left(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE language RENAME TO tongue")
    try:
        with pytest.raises(CommandError, match="Nothing was written"):
            dump(tmp_path / "dump")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE tongue RENAME TO language")
    assert list(tmp_path.iterdir()) == []


def test_where_it_cannot_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="Nothing was written"):
        dump(tmp_path / "file" / "dump")


def test_a_format_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="xlsx"):
        dump(tmp_path / "dump", "xlsx")
