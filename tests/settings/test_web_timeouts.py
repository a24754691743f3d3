"""What a locked table does to the site: its readers are told to come again, /healthz answers."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import requests
from django.conf import settings as django_settings
from django.test import Client

from tests.conftest import eventually
from tests.serving import CHECKOUT, serving
from tests.staff import log_in

pytestmark = pytest.mark.slow

READERS = 16
THREADS = 4  # of the site's one process: how many take a share of the readers is chance
FILM = "/api/v1/films/1/"
HUNG = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'movie'::regclass"


@contextmanager
def locked_movie(database_url: str) -> Iterator[psycopg.Connection]:
    """Nobody reads a film while the block lasts."""
    with psycopg.connect(database_url) as holder:
        holder.execute("LOCK TABLE movie")
        yield holder
        holder.rollback()


@contextmanager
def readers(url: str) -> Iterator[list["Future[requests.Response]"]]:
    """READERS who ask for one thing at once."""
    with ThreadPoolExecutor(READERS) as pool:
        yield [pool.submit(requests.get, url, timeout=60) for _ in range(READERS)]


def count_hung(database_url: str) -> int:
    with psycopg.connect(database_url) as connection:
        found = connection.execute(HUNG).fetchone()
    assert found is not None
    return int(found[0])


def assert_asked_to_return(answer: requests.Response) -> None:
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_healthz_answers_while_every_thread_waits_for_a_lock(
    database_url: str, tmp_path: Path
) -> None:
    with (
        serving(
            tmp_path / "log",
            DATABASE_URL=database_url,
            WEB_CONCURRENCY="1",
            WEB_LOCK_TIMEOUT="3",
            WEB_STATEMENT_TIMEOUT="20",
        ) as site,
        locked_movie(database_url),
        readers(site + FILM) as answers,
    ):
        eventually(lambda: count_hung(database_url) == THREADS, seconds=10)
        begun = time.monotonic()
        for _ in range(20):
            healthy = requests.get(f"{site}/healthz", timeout=1)
            assert healthy.json() == {"status": "ok"}
        assert time.monotonic() - begun < 2
        assert count_hung(database_url) == THREADS  # all the time
        for answer in answers:
            assert_asked_to_return(answer.result())


def test_a_connection_that_says_nothing_takes_no_thread(database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path / "log", DATABASE_URL=database_url) as site:
        host, port = site.removeprefix("http://").split(":")
        assert requests.get(f"{site}/readyz", timeout=60).ok
        silent = [socket.create_connection((host, int(port))) for _ in range(READERS)]
        begun = time.monotonic()
        assert requests.get(f"{site}/readyz", timeout=60).ok
        assert time.monotonic() - begun < 1
        for connection in silent:
            connection.close()


def test_connections_that_are_left_open_keep_nobody_waiting(
    database_url: str, tmp_path: Path
) -> None:
    """Asked to be closed, each is answered at once, and waited for without the others."""
    own = {"DATABASE_URL": database_url, "WEB_CONCURRENCY": "1"}
    question = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with serving(tmp_path / "log", **own) as site:
        host, port = site.removeprefix("http://").split(":")
        left = [socket.create_connection((host, int(port)), timeout=10) for _ in range(8)]
        for connection in left:
            connection.sendall(question)
        for connection in left:
            assert connection.recv(15) == b"HTTP/1.1 200 OK"
        begun = time.monotonic()
        assert requests.get(f"{site}/readyz", timeout=60).ok
        assert time.monotonic() - begun < 1
        for connection in left:
            connection.close()


@pytest.mark.parametrize(
    ("limit", "other"),
    [("WEB_LOCK_TIMEOUT", "WEB_STATEMENT_TIMEOUT"), ("WEB_STATEMENT_TIMEOUT", "WEB_LOCK_TIMEOUT")],
)
def test_who_waits_too_long_is_asked_to_return(
    database_url: str, tmp_path: Path, limit: str, other: str
) -> None:
    client = log_in("view_movie")
    cookies = {django_settings.SESSION_COOKIE_NAME: session_of(client)}
    environment = {"DATABASE_URL": database_url, limit: "0.5", other: "0"}
    with serving(tmp_path / "log", **environment) as site:
        with locked_movie(database_url):
            for path in (FILM, "/films/1/", "/admin/movies/movie/"):
                answer = requests.get(site + path, cookies=cookies, timeout=30)
                assert_asked_to_return(answer)
                is_json = answer.headers["Content-Type"] == "application/json"
                assert is_json == path.startswith("/api/")

        assert requests.get(site + FILM, timeout=30).status_code == 404
        assert requests.get(f"{site}/admin/movies/movie/", cookies=cookies, timeout=30).ok


def session_of(client: Client) -> str:
    return client.cookies[django_settings.SESSION_COOKIE_NAME].value


SHOW = (
    "from django.db import connection; cursor = connection.cursor();"
    " print(*(cursor.execute(f'SHOW {name}').fetchone()[0] for name in"
    " ('statement_timeout', 'lock_timeout', 'work_mem')))"
)
WEB = [sys.executable, "-c", f"import settings.wsgi; {SHOW}"]
COMMAND = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", SHOW]


@pytest.mark.parametrize(
    ("command", "limits"), [(WEB, "10s 3s 5MB"), (COMMAND, "0 0 5MB")], ids=["site", "command"]
)
def test_the_site_is_limited_and_commands_are_not(
    database_url: str, command: list[str], limits: str
) -> None:
    """And what the address says is kept."""
    sign = "&" if "?" in database_url else "?"
    said = subprocess.run(
        command,
        cwd=CHECKOUT,
        env=os.environ
        | {"SECRET_KEY": "x", "DATABASE_URL": f"{database_url}{sign}options=-c%20work_mem%3D5MB"},
        capture_output=True,
        text=True,
    )
    assert said.stdout.split("\n")[-2] == limits, said.stderr


@pytest.mark.parametrize("value", ["-1", "soon", "3601"])
def test_what_is_no_limit_is_refused(value: str) -> None:
    said = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=CHECKOUT,
        env=os.environ | {"SECRET_KEY": "x", "WEB_LOCK_TIMEOUT": value},
        capture_output=True,
        text=True,
    )
    assert said.returncode != 0
    assert "WEB_LOCK_TIMEOUT" in said.stderr
