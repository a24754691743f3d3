"""What `script/prove kills --workers` sees of two workers."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import eventually
from tools.proofs.crew import Crew
from tools.proofs.imports import Importer, addresses
from tools.sandbox.server import Sandbox


@pytest.fixture
def crew(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[Crew]:
    """No worker yet; imports are slow enough to be seen."""
    slowly = {"TMDB_REQUESTS_PER_SECOND": "2", "DEBUG": "1"}
    with Crew(Importer(database_url, tmp_path, addresses(sandbox.url) | slowly)) as crew:
        yield crew


def test_it_sees_who_is_at_work_and_that_the_other_goes_on(crew: Crew) -> None:
    crew.request()
    crew.hire()
    crew.hire()
    eventually(lambda: crew.look().workers == 2 and crew.look().moment.kind == "fetch")
    first = crew.look().at_work
    assert first in crew.workers

    killed_at = crew.kill(first)

    eventually(lambda: crew.look().has_moved_on(killed_at))
    assert [crew.look().at_work] == list(crew.workers)
    assert crew.dead() == []
    assert crew.dismiss(patience=60) == [0]
    assert crew.look().is_open


def test_a_database_that_is_away_shows_nothing(crew: Crew, database_url: str) -> None:
    assert crew.look().is_unknown
    crew.request()
    assert crew.look().state == "queued"

    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND query LIKE '%advisory%'"
        )

    assert crew.look().is_unknown
    assert crew.look().state == "queued"
