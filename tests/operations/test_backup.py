"""`manage.py backup` and `restore`: destroyed and brought back, every answer is the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from psycopg.conninfo import conninfo_to_dict

from operations.postgresql_programs import database
from tests.conftest import RunImport
from tests.serving import CHECKOUT

pytestmark = pytest.mark.slow

PATHS = ("best/", "countries/", "films/1/", "search/?name=film", "genres/")
BACK_UP = ["manage.py", "backup"]
RESTORE = ["manage.py", "restore"]


def manage(database_url: str, *command: object) -> subprocess.CompletedProcess[str]:
    connection.close()
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        timeout=120,
    )


def answers() -> list[bytes]:
    cache.clear()
    return [Client().get(f"/api/v1/{path}").content for path in PATHS]


def destroy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE standing, word, title CASCADE")
        cursor.execute("CREATE TABLE unheard_of (id int)")
        cursor.execute("CREATE SCHEMA unheard_of CREATE TABLE films (id int)")
        cursor.execute("UPDATE movie SET title = 'destroyed'")


@pytest.fixture
def backup(run_import: RunImport, database_url: str, tmp_path: Path) -> Path:
    run_import("daily")
    path = tmp_path / "films.dump"
    said = manage(database_url, *BACK_UP, path)
    assert said.returncode == 0, said.stderr
    return path


def test_postgresqls_programs_are_told_what_the_settings_say_and_no_more(
    database_url: str,
) -> None:
    """The libpq of psycopg's wheel adds options that the programs of PostgreSQL 15 refuse."""
    told = conninfo_to_dict(database().removeprefix("--dbname="))

    assert told["dbname"] == connection.settings_dict["NAME"]
    assert set(told) <= {"dbname", "host", "port", "user", "client_encoding", "options"}


def test_what_was_destroyed_is_answered_as_before(backup: Path, database_url: str) -> None:
    before = answers()
    destroy()
    said = manage(database_url, *RESTORE, backup, "--replace")

    assert said.returncode == 0, said.stderr
    assert answers() == before
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(to_regclass('unheard_of'), to_regclass('unheard_of.films'))"
        )
        assert cursor.fetchone() == (None,)


def test_a_broken_backup_changes_nothing(backup: Path, database_url: str) -> None:
    before = answers()
    content = backup.read_bytes()
    backup.write_bytes(content[: len(content) * 2 // 3])
    said = manage(database_url, *RESTORE, backup, "--replace")

    assert said.returncode != 0
    assert "nothing is restored" in said.stderr
    assert answers() == before


def test_a_version_that_is_gone_back_to_finds_its_own_tables(
    backup: Path, database_url: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'axes'")
        cursor.execute("DROP TABLE axes_accesslog, axes_accessattempt CASCADE")
    before = backup.with_name("before.dump")
    assert manage(database_url, *BACK_UP, before).returncode == 0
    assert manage(database_url, *RESTORE, backup, "--replace").returncode == 0
    said = manage(database_url, *RESTORE, before, "--replace", "--no-migrate")

    assert said.returncode == 0, said.stderr
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('axes_accesslog')")
        assert cursor.fetchone() == (None,)
    assert manage(database_url, *RESTORE, backup, "--replace").returncode == 0


def test_films_that_are_there_are_not_replaced_unasked(backup: Path, database_url: str) -> None:
    said = manage(database_url, *RESTORE, backup)

    assert said.returncode != 0
    assert "--replace" in said.stderr


def test_a_backup_is_its_owners_to_read_and_has_no_unfinished_part(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    assert list(backup.parent.glob("*.unfinished")) == []


def test_a_database_that_is_away_leaves_the_last_backup(backup: Path) -> None:
    content = backup.read_bytes()
    said = manage("postgresql://nobody@127.0.0.1:9/none", *BACK_UP, backup)

    assert said.returncode != 0
    assert backup.read_bytes() == content
