"""DATABASE_REPLICA_URL: what is read where, and when not from the replica."""

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
import requests
from django.test import RequestFactory

from settings.replica import LagClock, is_reading
from tests.conftest import eventually
from tests.serving import serving
from tools.postgres import EmbeddedPostgres
from tools.proofs.databases import migrate
from tools.proofs.imports import sandbox
from tools.proofs.standby import Standby

GENRE = "INSERT INTO genre (id, name) VALUES (%s, %s)"


def test_a_replica_that_has_all_does_not_lag() -> None:
    clock = LagClock()

    assert clock.lag(Decimal(100), Decimal(100), 0) == 0
    assert clock.lag(Decimal(100), Decimal(100), 3600) == 0


def test_what_was_written_just_now_is_no_lag_after_an_idle_hour() -> None:
    clock = LagClock()
    clock.lag(Decimal(100), Decimal(100), 0)

    assert clock.lag(Decimal(150), Decimal(100), 3600) == 0
    assert clock.lag(Decimal(160), Decimal(100), 3602) == 2
    assert clock.lag(Decimal(170), Decimal(150), 3603) == 0  # it gets on
    assert clock.lag(Decimal(180), Decimal(160), 3605) == 2


@pytest.mark.parametrize(
    ("method", "path", "reads"),
    [
        ("get", "/", True),
        ("head", "/films/1/", True),
        ("get", "/api/v1/movies/", True),
        ("post", "/api/v1/watched/", True),
        ("get", "/admin/", False),
        ("post", "/admin/login/", False),
        ("get", "/readyz", False),
        ("get", "/metrics", False),
    ],
)
def test_what_is_read_from_it(method: str, path: str, *, reads: bool) -> None:
    assert is_reading(getattr(RequestFactory(), method)(path)) is reads


class Servers:
    """A primary with its standby, both new."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o755)
        self.primary = EmbeddedPostgres(folder / "primary")
        self.standby = Standby(folder / "standby", self.primary)


@pytest.fixture
def servers() -> Iterator[Servers]:
    # Not in pytest's folder, which PostgreSQL's account cannot get to.
    with tempfile.TemporaryDirectory(prefix="servers-") as folder:
        found = Servers(Path(folder))
        found.primary.start()
        try:
            found.standby.start()
            yield found
        finally:
            found.standby.stop()
            found.primary.stop()


def genres(site: str) -> int:
    answer = requests.get(f"{site}/api/v1/genres/", timeout=60)
    assert answer.status_code == 200, answer.text
    return len(answer.json())


def replay(server: EmbeddedPostgres, word: str) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"SELECT pg_wal_replay_{word}()")


def add_genre(server: EmbeddedPostgres, number: int) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(GENRE, [number, f"Genre {number}"])


@pytest.mark.slow
def test_readers_are_answered_by_whichever_is_there(servers: Servers, tmp_path: Path) -> None:
    migrate(servers.primary.url)
    log = tmp_path / "log"
    with serving(
        log,
        DATABASE_URL=servers.primary.url,
        DATABASE_REPLICA_URL=servers.standby.url,
        REPLICA_LAG_SECONDS="2",
        WEB_CONCURRENCY="1",
        API_RATE="",
    ) as site:
        add_genre(servers.primary, 1)
        requests.get(site, timeout=60)
        eventually(lambda: log.read_text().count("reading from the replica") == 1)
        eventually(lambda: genres(site) == 1)

        # A standby that stands still answers as it was, until it lags too much.
        replay(servers.standby, "pause")
        add_genre(servers.primary, 2)
        assert genres(site) == 1
        eventually(lambda: genres(site) == 2, seconds=30)
        assert "lags by more than 2 s" in log.read_text()
        replay(servers.standby, "resume")
        eventually(lambda: log.read_text().count("reading from the replica") == 2, seconds=30)

        # Without the standby the primary answers, and nobody sees an error.
        servers.standby.stop()
        for _ in range(10):
            assert genres(site) == 2
        servers.standby.start()
        eventually(lambda: log.read_text().count("reading from the replica") == 3, seconds=30)

        # Without the primary the standby does.
        servers.primary.stop()
        for _ in range(10):
            assert genres(site) == 2
        assert requests.get(f"{site}/movies/", timeout=60).status_code in {200, 503}
        servers.primary.start()


@pytest.mark.slow
def test_ghiblis_films_are_renewed_on_the_primary(servers: Servers, tmp_path: Path) -> None:
    migrate(servers.primary.url)
    log = tmp_path / "log"
    with (
        sandbox() as address,
        serving(
            log,
            DATABASE_URL=servers.primary.url,
            DATABASE_REPLICA_URL=servers.standby.url,
            GHIBLI_API_URL=f"{address}/ghibli",
            WEB_CONCURRENCY="1",
        ) as site,
    ):
        requests.get(site, timeout=60)
        eventually(lambda: "reading from the replica" in log.read_text())
        answer = requests.get(f"{site}/api/v1/movies/", timeout=60)
        assert answer.status_code == 200, answer.text
        assert answer.json()
