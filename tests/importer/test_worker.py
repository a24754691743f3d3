"""`manage.py run_worker`, one and several: what is requested gets done, whatever dies."""

import datetime
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from importer.models import ImportRun, TmdbMovie
from importer.runs import lock
from importer.runs.lifecycle import AlreadyRunning, request_import
from movies.models import Movie
from tests.conftest import eventually
from tests.films import film
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

StartWorker = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def start_worker(settings: Settings, environment: dict[str, str]) -> Iterator[StartWorker]:
    """Starts a worker as a process of its own, which ends with the test."""
    workers: list[subprocess.Popen[bytes]] = []
    environment["TMDB_REQUESTS_PER_SECOND"] = "100"

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "run_worker"]
        worker = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)
        workers.append(worker)
        return worker

    # What the schedule would add, at whatever time of the day, is another test's matter.
    now = timezone.now()
    ImportRun.objects.create(
        kind="daily",
        state="cancelled",
        requested_how="admin",
        started_at=now + datetime.timedelta(days=1),
        finished_at=now + datetime.timedelta(days=1),
    )
    yield start
    for worker in workers:
        worker.kill()
        worker.wait()


@pytest.fixture
def many_films(source: Films) -> None:
    """Films enough for ten seconds."""
    source.films = {movie_id: film(movie_id) for movie_id in range(1, 1001)}


def state(run: ImportRun) -> str:
    run.refresh_from_db()
    return run.state


def test_ten_threads_that_ask_at_once_get_one_run(transactional_db: None) -> None:
    requested: list[ImportRun] = []
    refused: list[str] = []
    together = threading.Barrier(10)

    def ask() -> None:
        together.wait()
        try:
            requested.append(request_import("daily", how="admin"))
        except AlreadyRunning as reason:
            refused.append(str(reason))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(requested) == ImportRun.objects.count() == 1
    assert len(refused) == 9
    assert all(reason.startswith("already queued: daily") for reason in refused)


def test_a_worker_executes_what_is_requested(start_worker: StartWorker) -> None:
    run = request_import("daily", how="admin", by="somebody")

    start_worker()

    eventually(lambda: state(run) == "succeeded")
    assert Movie.objects.count() == 12


def test_workers_are_counted(start_worker: StartWorker) -> None:
    assert lock.count_workers() == 0

    start_worker()
    start_worker()

    eventually(lambda: lock.count_workers() == 2)


def test_a_worker_that_is_told_to_end_puts_its_run_back(
    many_films: None, start_worker: StartWorker
) -> None:
    run = request_import("daily", how="admin")
    worker = start_worker()
    eventually(lambda: Movie.objects.exists())

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=60) == 0
    assert state(run) == "queued"
    start_worker()
    eventually(lambda: state(run) == "succeeded")
    assert Movie.objects.count() == 1000


def test_another_worker_goes_on_when_the_one_at_work_is_killed(
    many_films: None, start_worker: StartWorker, sandbox: Sandbox
) -> None:
    run = request_import("daily", how="admin")
    chance = random.Random(1)
    workers = [start_worker(), start_worker()]
    for _ in range(4):
        eventually(lambda: at_work(workers) is not None)
        eventually(partial(saved_at_least, Movie.objects.count() + chance.randint(1, 150)))
        killed = at_work(workers)
        assert killed is not None
        killed.kill()
        killed.wait()
        workers.remove(killed)
        workers.append(start_worker())

    eventually(lambda: state(run) == "succeeded")
    assert run.resumptions == 4
    assert Movie.objects.count() == TmdbMovie.objects.exclude(fetched_at=None).count() == 1000
    assert ImportRun.objects.filter(state="succeeded").count() == 1


def saved_at_least(number: int) -> bool:
    return Movie.objects.count() >= number


def at_work(workers: list[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes] | None:
    """The worker whose connection holds the lock, by what PostgreSQL knows of its process."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
            " WHERE locktype = 'advisory' AND objid = %s AND granted",
            [lock.IMPORT_LOCK],
        )
        names = {name for (name,) in cursor.fetchall()}
    return next((worker for worker in workers if f"import {worker.pid}" in names), None)
