"""Connections that say nothing, or half of something: none of them keeps a reader waiting."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
import requests

from tests.conftest import eventually
from tests.serving import serving

pytestmark = pytest.mark.slow

MANY = 50
HALF_A_HEAD = b"GET /readyz HTTP/1.1\r\nHost: local"
LOGIN = (
    b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nusername=a"
)


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[str]:
    with serving(tmp_path / "log", DATABASE_URL=database_url) as url:
        assert requests.get(f"{url}/readyz", timeout=60).ok
        yield url


@contextmanager
def connections(site: str, first: bytes) -> Iterator[list[socket.socket]]:
    host, port = site.removeprefix("http://").split(":")
    with ExitStack() as stack:
        opened = []
        for _ in range(MANY):
            connection = socket.create_connection((host, int(port)), timeout=30)
            opened.append(stack.enter_context(connection))
            connection.sendall(first)
        yield opened


def is_closed(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


@pytest.mark.parametrize(
    "first", [b"", b"G", HALF_A_HEAD], ids=["nothing", "a byte", "half a head"]
)
def test_who_has_not_asked_takes_no_thread_and_is_let_go(site: str, first: bytes) -> None:
    with connections(site, first) as opened:
        begun = time.monotonic()
        for _ in range(10):
            assert requests.get(f"{site}/readyz", timeout=60).ok
        assert time.monotonic() - begun < 3
        eventually(lambda: all(map(is_closed, opened)), seconds=20)


def test_a_byte_now_and_then_buys_no_time(site: str) -> None:
    with connections(site, HALF_A_HEAD) as opened:
        begun = time.monotonic()

        def send_on() -> bool:
            for connection in opened:
                with suppress(OSError):
                    connection.send(b"x")
            return all(map(is_closed, opened))

        eventually(send_on, seconds=20)
        assert time.monotonic() - begun < 15


@pytest.mark.parametrize("size", [1, 7, len(HALF_A_HEAD)])
def test_a_head_in_pieces_is_answered(site: str, size: int) -> None:
    head = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    host, port = site.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for begin in range(0, len(head), size):
            connection.sendall(head[begin : begin + size])
        assert connection.recv(15) == b"HTTP/1.1 200 OK"


def test_two_requests_at_once_are_both_answered(site: str) -> None:
    head = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
    host, port = site.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(head + b"\r\n" + head + b"Connection: close\r\n\r\n")
        with connection.makefile("rb") as answers:
            assert answers.read().count(b"HTTP/1.1 200 OK") == 2


def test_half_a_form_is_given_up(site: str) -> None:
    with connections(site, LOGIN):
        begun = time.monotonic()
        assert requests.get(f"{site}/readyz", timeout=120).ok
        assert requests.get(f"{site}/healthz", timeout=1).ok
    assert time.monotonic() - begun < 100


def test_who_does_not_read_the_answer_is_given_up(site: str) -> None:
    wait: Callable[[], bool] = lambda: requests.get(f"{site}/readyz", timeout=120).ok  # noqa: E731
    asked = b"GET /static/pages/world.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 40
    with connections(site, asked):
        assert wait()
