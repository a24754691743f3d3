"""Told to stop, an import stops, whatever it waits for; a reader that stays ends no import."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone
from psycopg import sql
from pytest_django import Settings

from importer.models import ImportRun
from movies.models import ImdbRating, RankingState
from tests.conftest import RunImport, eventually
from tests.importer.test_runs import Start, start, waits_for_a_lock
from tools.sandbox.sources import Films

__all__ = ["start"]

# How long the reader stays at least; docs/figures.md has what ten minutes of it came to.
READER_SECONDS = float(os.environ.get("READER_SECONDS", "0"))
# As README promises.
LONGEST_END_SECONDS = 10

# A kind of import, what it wants to do to a table, and what somebody else holds there meanwhile.
WAITS = [
    ("reference", "country", "ACCESS EXCLUSIVE"),
    ("ids", "tmdb_movie", "ACCESS EXCLUSIVE"),
    ("changes", "tmdb_movie", "EXCLUSIVE"),
    ("movies", "movie", "EXCLUSIVE"),
    ("imdb_ratings", "imdb_rating", "ACCESS SHARE"),
    ("imdb_ratings", "title", "EXCLUSIVE"),
    ("ranking", "standing", "ACCESS SHARE"),
    ("ranking", "word", "ACCESS SHARE"),
    ("ranking", "title", "ACCESS EXCLUSIVE"),
]


def by_signal(process: "subprocess.Popen[str]") -> str:
    process.send_signal(signal.SIGTERM)
    return ImportRun.State.INTERRUPTED


def by_cancelling(process: "subprocess.Popen[str]") -> str:
    assert ImportRun.objects.active().get().cancel()
    return ImportRun.State.CANCELLED


@pytest.mark.parametrize(("kind", "table", "mode"), WAITS)
@pytest.mark.parametrize("stop", [by_signal, by_cancelling])
def test_every_wait_ends_when_it_is_to(
    run_import: RunImport,
    source: Films,
    start: Start,
    database_url: str,
    kind: str,
    table: str,
    mode: str,
    stop: Callable[["subprocess.Popen[str]"], str],
) -> None:
    run_import("daily")
    source.films[1]["popularity"] = 5_000.0  # so that there is something to be written
    source.changed = {timezone.now().date(): [1]}
    source.ratings = [("tt0000001", 8.5, 200_000)]
    with psycopg.connect(database_url) as other:
        hold = sql.SQL("LOCK TABLE {} IN {} MODE")
        other.execute(hold.format(sql.Identifier(table), sql.SQL(mode)))
        process = start(kind, *(["--ids", "1"] if kind == "movies" else []))
        eventually(lambda: waits_for_a_lock(database_url))

        state, told_at = stop(process), time.monotonic()
        output, _ = process.communicate(timeout=120)

    assert time.monotonic() - told_at < LONGEST_END_SECONDS
    assert ImportRun.objects.latest().state == state, output
    assert "Traceback" not in output


# Loaded by Python itself at its start: a name that has four addresses.
FOUR_ADDRESSES = """
import socket
ask = socket.getaddrinfo
def getaddrinfo(host, *rest, **named):
    if host != "far.test":
        return ask(host, *rest, **named)
    return [found for number in range(1, 5) for found in ask(f"127.0.0.{number}", *rest, **named)]
socket.getaddrinfo = getaddrinfo
"""


@pytest.fixture
def unreachable() -> Iterator[str]:
    """The address of a server, under four numbers, that no connection gets through to."""
    with socket.create_server(("0.0.0.0", 0), backlog=0) as server:
        port = server.getsockname()[1]
        waiting = []
        while True:  # until its queue is full
            waiting.append(client := socket.socket())
            client.settimeout(0.5)
            try:
                client.connect(("127.0.0.1", port))
            except TimeoutError:
                break
        yield f"http://far.test:{port}"
        for client in waiting:
            client.close()


@pytest.mark.parametrize("kind", ["reference", "ids", "changes", "movies", "imdb_ratings"])
def test_who_cannot_be_reached_does_not_hold_up_the_end(
    run_import: RunImport,
    start: Start,
    environment: dict[str, str],
    unreachable: str,
    tmp_path: Path,
    kind: str,
) -> None:
    run_import("ids")
    (tmp_path / "sitecustomize.py").write_text(FOUR_ADDRESSES)
    names = ("TMDB_API_URL", "TMDB_FILES_URL", "IMDB_DATASETS_URL")
    environment |= dict.fromkeys(names, unreachable) | {"PYTHONPATH": str(tmp_path)}
    process = start(kind)
    eventually(lambda: connects(process.pid))

    by_signal(process)
    told_at = time.monotonic()
    output, _ = process.communicate(timeout=120)

    assert time.monotonic() - told_at < LONGEST_END_SECONDS, output
    assert ImportRun.objects.latest().state == ImportRun.State.INTERRUPTED
    assert "Traceback" not in output


def connects(pid: int) -> bool:
    """Whether the process has sent a SYN that nobody answers: state 2 in /proc's table."""
    own = {f"socket:[{line.split()[9]}]" for line in syns(pid)}
    try:
        links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return False
    return bool(own.intersection(links))


def syns(pid: int) -> list[str]:
    lines = Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]
    return [line for line in lines if line.split()[3] == "02"]


def test_a_run_that_waits_gives_signs_of_life(
    run_import: RunImport, start: Start, database_url: str
) -> None:
    run_import("daily")
    with psycopg.connect(database_url) as other:
        other.execute("LOCK TABLE title IN EXCLUSIVE MODE")
        process = start("imdb_ratings")
        eventually(lambda: waits_for_a_lock(database_url))
        seen = heartbeat()

        eventually(lambda: heartbeat() > seen)
        progressed_at = ImportRun.objects.active().get().progressed_at
        seen = heartbeat()
        eventually(lambda: heartbeat() > seen)
        # The thread that gives signs of life says nothing of the one that waits.
        assert ImportRun.objects.active().get().progressed_at == progressed_at

        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)


def heartbeat() -> float:
    run = ImportRun.objects.active().get()
    assert run.heartbeat_at
    return run.heartbeat_at.timestamp()


def test_a_reader_that_stays_puts_the_swaps_off_and_ends_nothing(
    run_import: RunImport,
    source: Films,
    settings: Settings,
    database_url: str,
) -> None:
    settings.SWAP_PATIENCE_SECONDS = 0.3 + READER_SECONDS / 20
    run_import("daily")
    ranked_at = RankingState.current().ranked_at
    source.ratings = [("tt0000001", 8.5, 200_000)]
    with psycopg.connect(database_url, application_name="pg_dump") as reader:
        for table in ("standing", "word", "imdb_rating"):
            reader.execute(sql.SQL("SELECT FROM {}").format(sql.Identifier(table)))
        leaves_at = time.monotonic() + READER_SECONDS
        while True:
            run = run_import("daily")
            assert run.state == ImportRun.State.SUCCEEDED
            assert run.notes.count("could not be swapped in") == 3
            assert "pg_dump" in run.notes
            assert RankingState.current().ranked_at == ranked_at
            if time.monotonic() >= leaves_at:
                break

    assert run_import("daily").notes == ""
    assert ImdbRating.objects.get().votes == 200_000
    assert RankingState.current().ranked_at != ranked_at
