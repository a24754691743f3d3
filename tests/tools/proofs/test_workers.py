"""What `script/prove kills --workers` sees of two workers."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import eventually
from tools.proofs.imports import Importer, addresses
from tools.proofs.worker_pool import WorkerPool
from tools.sandbox.server import Sandbox


@pytest.fixture
def pool(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[WorkerPool]:
    """No worker yet; imports are slow enough to be seen."""
    sandbox.source.countries = sandbox.source.countries[:1]  # each is asked for its films
    slowly = {"TMDB_REQUESTS_PER_SECOND": "2", "DEBUG": "1"}
    with WorkerPool(Importer(database_url, tmp_path, addresses(sandbox.url) | slowly)) as pool:
        yield pool


def test_it_sees_who_is_at_work_and_that_the_other_goes_on(pool: WorkerPool) -> None:
    pool.request_import()
    pool.start_worker()
    pool.start_worker()
    eventually(lambda: pool.look().workers == 2 and pool.look().moment.kind == "fetch")
    first = pool.look().at_work
    assert first in pool.workers

    killed_at = pool.kill(first)

    eventually(lambda: pool.look().has_moved_on(killed_at))
    assert [pool.look().at_work] == list(pool.workers)
    assert pool.ended_workers() == []
    assert pool.terminate(patience=60) == [0]
    assert pool.look().is_open


def test_a_database_that_is_away_shows_nothing(pool: WorkerPool, database_url: str) -> None:
    assert pool.look().is_unknown
    pool.request_import()
    assert pool.look().state == "queued"

    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND query LIKE '%advisory%'"
        )

    assert pool.look().is_unknown
    assert pool.look().state == "queued"
