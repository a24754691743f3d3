"""The life of a run: alone, stoppable, and never lost sight of."""

import os
import pty
import signal
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from pytest_django import Settings

from importer.models import ImportFailure, ImportRun
from importer.runs import lock
from movies.models import Movie, Standing
from tests.conftest import RunImport, eventually
from tests.films import film
from tools.postgres import EmbeddedPostgres
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films


@pytest.fixture
def postgres() -> Iterator[EmbeddedPostgres]:
    """A server of its own, in a folder that every account can get to."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder) / "home")
        yield server
        server.stop()


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(settings: Settings, environment: dict[str, str], database_url: str) -> Iterator[Start]:
    """Starts `manage.py run_import` as a process of its own; what is left of it ends here."""
    processes: list[subprocess.Popen[str]] = []
    environment["TMDB_REQUESTS_PER_SECOND"] = "40"

    def start(*arguments: str, url: str = database_url) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_import", *arguments],
            env=environment | {"DATABASE_URL": url},
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.fixture
def slow_world(source: Films, sandbox: Sandbox) -> None:
    """Films enough for an import of half a minute at 40 a second."""
    source.films = {movie_id: film(movie_id) for movie_id in range(1, 1201)}


def fetching() -> bool:
    return ImportRun.objects.active().filter(step="fetching films", done__gt=0).exists()


def test_one_run_is_active_at_a_time_in_the_database_itself(transactional_db: None) -> None:
    ImportRun.objects.create(kind="ids", requested_how="command")

    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRun.objects.create(kind="movies", requested_how="command", state="running")


def test_a_second_import_is_told_what_is_running(slow_world: None, start: Start) -> None:
    start("daily")
    eventually(fetching)

    second = start("ranking")

    output, _ = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "already running: daily, started" in output
    assert "by command, fetching films" in output
    assert "left" in output


def test_a_signal_ends_a_run_at_its_next_commit(slow_world: None, start: Start) -> None:
    process = start("daily")
    eventually(fetching)

    process.send_signal(signal.SIGTERM)

    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    run = ImportRun.objects.latest()
    assert run.state == ImportRun.State.INTERRUPTED
    assert run.done == Movie.objects.count()
    assert "Traceback" not in output


def test_a_run_that_is_asked_to_be_cancelled_ends(slow_world: None, start: Start) -> None:
    process = start("daily")
    eventually(fetching)

    ImportRun.objects.active().update(cancel_requested=True)

    process.communicate(timeout=60)
    assert ImportRun.objects.latest().state == ImportRun.State.CANCELLED


def test_what_a_killed_run_left_is_closed_and_gone_on_with(
    slow_world: None, start: Start, run_import: RunImport, sandbox: Sandbox
) -> None:
    process = start("daily")
    eventually(fetching)
    process.kill()
    process.communicate()
    killed = ImportRun.objects.get(state=ImportRun.State.RUNNING)
    eventually(lambda: not lock.is_import_running())
    saved = Movie.objects.count()
    sandbox.asked.clear()

    assert run_import("daily").state == ImportRun.State.SUCCEEDED

    killed.refresh_from_db()
    assert killed.state == ImportRun.State.INTERRUPTED
    assert Movie.objects.count() == 1200
    assert sum(sandbox.asked.values()) <= 1200 - saved + 200


def test_a_lock_without_a_row_is_in_the_way_as_well(
    run_import: RunImport, database_url: str, start: Start
) -> None:
    with psycopg.connect(database_url) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [lock.IMPORT_LOCK])
        output, _ = start("ids").communicate(timeout=60)

    assert "already running" in output


def test_a_step_that_fails_does_not_stop_the_later_ones(
    run_import: RunImport, sandbox: Sandbox, settings: Settings
) -> None:
    run_import("ids")
    settings.TMDB_FILES_URL = sandbox.url + "/nowhere"

    run = run_import("daily")

    assert run.state == ImportRun.State.FAILED
    assert run.error.startswith("ids: ")
    assert Movie.objects.count() == 12
    failure = ImportFailure.objects.unresolved().get()
    assert (failure.kind, failure.movie_id, failure.run) == ("ids", None, run)

    settings.TMDB_FILES_URL = sandbox.files_url
    assert run_import("daily").state == ImportRun.State.SUCCEEDED
    assert not ImportFailure.objects.unresolved().exists()


def test_an_outage_of_tmdb_ends_the_step_and_leaves_the_films_due(
    run_import: RunImport, source: Films, sandbox: Sandbox, settings: Settings
) -> None:
    source.films = {movie_id: film(movie_id) for movie_id in range(1, 401)}
    run_import("ids")
    sandbox.faults.shares = {"reset": 1.0}

    run = run_import("movies")

    assert run.state == ImportRun.State.FAILED
    assert "films in a row" in run.error
    assert run.failed < 400


def test_a_film_that_alone_cannot_be_had_is_no_success(
    run_import: RunImport, settings: Settings
) -> None:
    settings.TMDB_API_URL = "http://127.0.0.1:9/3"

    run = run_import("movies", "--ids", "3")

    assert run.state == ImportRun.State.FAILED
    assert ImportFailure.objects.unresolved().filter(movie_id=3).exists()


def test_without_postgresql_there_is_one_sentence(start: Start, tmp_path: Path) -> None:
    process = start("ids", url=f"postgresql://nobody@/nothing?host={tmp_path}")

    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert output.startswith("CommandError: PostgreSQL: connection is bad: ")


def test_a_run_outlives_a_restart_of_postgresql(
    source: Films, start: Start, postgres: EmbeddedPostgres
) -> None:
    source.films = {movie_id: film(movie_id) for movie_id in range(1, 1001)}
    url = postgres.start()
    migrate(url)
    process = start("daily", url=url)
    eventually(lambda: count(url, "SELECT count(*) FROM movie") > 0)

    postgres.stop()
    postgres.start()

    output, _ = process.communicate(timeout=300)
    assert process.returncode == 0, output
    assert "waiting for it" in output
    assert count(url, "SELECT count(*) FROM movie") == 1000
    assert count(url, "SELECT count(*) FROM import_run WHERE state = 'succeeded'") == 1


def migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        env=os.environ | {"DEBUG": "1", "DATABASE_URL": url},
        check=True,
    )


def count(url: str, query: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


def test_a_terminal_sees_a_bar_and_a_log_sees_lines(
    source: Films, sandbox: Sandbox, start: Start, settings: Settings, database_url: str
) -> None:
    source.films = {movie_id: film(movie_id) for movie_id in range(1, 121)}
    lines, _ = start("daily").communicate(timeout=300)
    bar = in_a_terminal(sandbox, settings, database_url)

    assert "fetching films: 120 of 120 films, " in lines
    assert "fetching films: 100% |" in bar
    assert "fetching films: 100% |" not in lines


def in_a_terminal(sandbox: Sandbox, settings: Settings, database_url: str) -> str:
    """What `run_import movies` of twenty films shows on a terminal."""
    ids = ",".join(map(str, range(1, 21)))
    here, there = pty.openpty()
    termios.tcsetwinsize(there, (25, 120))
    with subprocess.Popen(
        [sys.executable, "manage.py", "run_import", "movies", "--ids", ids],
        env=os.environ
        | {
            "DEBUG": "1",
            "DATABASE_URL": database_url,
            "TMDB_API_URL": sandbox.tmdb_url,
            "TMDB_API_KEY": "sandbox",
        },
        cwd=settings.BASE_DIR,
        stdout=there,
        stderr=there,
    ):
        os.close(there)
        shown = b""
        try:
            while piece := os.read(here, 4096):
                shown += piece
        except OSError:  # the way a terminal says that nobody is there any more
            pass
    os.close(here)
    return shown.decode()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nothing"], "invalid choice: 'nothing'"),
        (["movies", "--ids", "1,x"], "not numbers separated by commas: '1,x'"),
        (["movies", "--ids", "0"], "ids of films are from 1 to 2147483647"),
        (["movies", "--limit", "0"], "has to be from 1 to 2147483647"),
        (["movies", "--limit", "99999999999999999999"], "has to be from 1 to 2147483647"),
        (["ids", "--date", "2026-13-01"], "no day of the form YYYY-MM-DD: '2026-13-01'"),
        (["ids", "--limit", "5"], "ids takes no --limit"),
        ([], "one of the arguments kind --due is required"),
    ],
)
def test_a_wrong_argument_is_named(db: None, arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("run_import", *arguments)

    assert says in str(refused.value)
    assert not ImportRun.objects.exists()


def test_a_wrong_argument_ends_the_command_without_a_traceback(start: Start) -> None:
    process = start("movies", "--ids", "1,x")

    output, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert output.startswith("usage: ")
    assert output.endswith("not numbers separated by commas: '1,x'\n")


def test_a_reader_in_the_way_of_the_swap_does_not_hold_up_the_end(
    run_import: RunImport, start: Start, database_url: str
) -> None:
    run_import("daily")
    with psycopg.connect(database_url) as reader:
        reader.execute("SELECT count(*) FROM standing")
        process = start("ranking")
        eventually(lambda: waits_for_a_lock(database_url))

        process.send_signal(signal.SIGTERM)

        process.communicate(timeout=60)
    assert ImportRun.objects.latest().state == ImportRun.State.INTERRUPTED
    assert Standing.objects.count() == 12


def waits_for_a_lock(url: str) -> bool:
    waiting = "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
    return count(url, f"{waiting} WHERE datname = current_database() AND NOT granted") > 0
