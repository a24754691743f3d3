"""A disk that is full for PostgreSQL: an import waits, says why, goes on when there is room."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from pytest_django import Settings

from importer.models import ImportFailure, ImportRun, TmdbMovie
from importer.runs import outages
from importer.runs.lifecycle import request_import
from movies.models import Movie
from tests.conftest import RunImport, eventually
from tests.films import film
from tests.importer.test_runs import Start, start
from tools.sandbox.sources import Films

__all__ = ["start"]

WORDS = "could not extend file: No space left on device"
REFUSE = f"""
CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'disk_full'; END $$
"""

Fill = Callable[..., None]


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def fill(transactional_db: None) -> Iterator[Fill]:
    """As if the disk were full for what is written to some tables, until `make_room`."""
    filled: list[str] = []

    def fill(*tables: str) -> None:
        execute(REFUSE)
        for table in tables:
            execute(
                f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse()"
            )
            filled.append(table)

    yield fill
    make_room(*filled)


def make_room(*tables: str) -> None:
    for table in tables:
        execute(f"DROP TRIGGER IF EXISTS full_disk ON {table}")


def test_an_import_waits_for_room_and_goes_on(fill: Fill, start: Start) -> None:
    fill("movie", "import_failure")
    process = start("daily")
    eventually(lambda: ImportRun.objects.filter(notes__contains=WORDS).exists())

    make_room("movie", "import_failure")

    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    run = ImportRun.objects.latest()
    assert (run.state, run.failed, run.resumptions) == (ImportRun.State.SUCCEEDED, 0, 0)
    assert "tried again in 1 s" in output
    assert Movie.objects.count() == 12
    assert not ImportFailure.objects.exists()


def test_an_import_that_waits_for_room_ends_when_it_is_to(fill: Fill, start: Start) -> None:
    fill("movie")
    process = start("daily")
    eventually(lambda: ImportRun.objects.filter(notes__contains=WORDS).exists())

    process.send_signal(signal.SIGTERM)

    output, _ = process.communicate(timeout=10)
    assert ImportRun.objects.latest().state == ImportRun.State.INTERRUPTED
    assert "Traceback" not in output


def test_an_import_that_cannot_write_its_own_end_ends_all_the_same(
    fill: Fill, start: Start, source: Films
) -> None:
    source.films = {number: film(number) for number in range(1, 601)}
    process = start("daily")
    eventually(lambda: Movie.objects.exists())
    fill("import_run")
    assert process.stdout
    for line in process.stdout:
        if "tried again in" in line:
            break

    process.send_signal(signal.SIGTERM)

    output, _ = process.communicate(timeout=10)
    assert process.returncode == 1
    assert f"CommandError: PostgreSQL: {WORDS}" in output
    assert "Traceback" not in output


def test_where_no_room_is_made_the_run_fails_and_no_film_does(
    fill: Fill, run_import: RunImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outages, "GIVE_UP_SECONDS", 2)
    fill("movie", "import_failure")

    run = run_import("daily")

    assert run.state == ImportRun.State.FAILED
    assert run.error.startswith(f"movies: PostgreSQL has no room: {WORDS}")
    assert not TmdbMovie.objects.exclude(attempts=0).exists()
    assert not TmdbMovie.objects.exclude(fetched_at=None).exists()

    make_room("movie", "import_failure")
    assert run_import("daily").state == ImportRun.State.SUCCEEDED
    assert Movie.objects.count() == 12


def test_a_worker_that_can_write_nothing_uses_up_none_of_the_resumptions(
    fill: Fill, settings: Settings, environment: dict[str, str]
) -> None:
    environment["PYTHONUNBUFFERED"] = "1"
    run = request_import("daily", how="admin")
    fill("import_run")
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"],
        env=environment,
        cwd=settings.BASE_DIR,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert worker.stderr
    try:
        for line in worker.stderr:
            if WORDS in line:
                break

        make_room("import_run")

        eventually(lambda: state(run) == "succeeded")
        assert run.resumptions <= 1
    finally:
        worker.terminate()
        worker.communicate(timeout=60)


def state(run: ImportRun) -> str:
    run.refresh_from_db()
    return run.state
