"""The site as it is served, by gunicorn with 2 workers of 4 threads, and readers of it."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path

from tools.benchmarks.database import Database
from tools.benchmarks.machine import MEGABYTE, BenchmarkFailed
from tools.postgres import CHECKOUT

READERS = 8
SECONDS = 5.0
START_SECONDS = 30.0
# As everything sets it that starts the service: script/server, the Dockerfile, systemd's units.
ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.I)


@contextmanager
def site(database: Database, *, access_log: str = "/dev/null", **settings: str) -> Iterator[str]:
    """`host:port` of the site on this database, for as long as the block lasts; no rate limits."""
    environment = os.environ | {
        "DATABASE_URL": database.url,
        "DEBUG": "0",
        "PORT": "0",
        "WEB_CONCURRENCY": "2",
        "API_RATE": "",
        "API_UPLOAD_RATE": "",
        **ONE_HEAP,
        **settings,
    }
    command = [sys.executable, "-m", "gunicorn", "--config=gunicorn.config.py", "settings.wsgi"]
    with tempfile.NamedTemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603
            [*command, f"--access-logfile={access_log}"],
            cwd=CHECKOUT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            yield _address(Path(log.name))
        finally:
            process.terminate()
            process.wait()


def answers_a_second(
    address: str,
    path: str | Iterable[str],
    headers: Mapping[str, str],
    *,
    seconds: float = SECONDS,
    count: int = READERS,
) -> float:
    """What so many readers get on kept-alive connections, each asking anew when it has its
    answer: for one path, or for the next of several, which must not end."""
    end = time.monotonic() + seconds
    paths = repeat(path) if isinstance(path, str) else iter(path)

    def read(_: int) -> int:
        answers = 0
        with Reader(address) as reader:
            while time.monotonic() < end:
                reader.get(next(paths), headers)
                answers += 1
        return answers

    with ThreadPoolExecutor(count) as readers:
        return sum(readers.map(read, range(count))) / seconds


class Reader:
    """A client that does so little itself that it leaves the cores to the site."""

    def __init__(self, address: str) -> None:
        self._host, _, port = address.partition(":")
        self._socket = socket.create_connection((self._host, int(port)))

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def get(self, path: str, headers: Mapping[str, str]) -> tuple[bytes, int]:
        """The head of an answer that is read whole, and the length of its body."""
        lines = [f"GET {path} HTTP/1.1", f"Host: {self._host}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        head, rest = self._head()
        if head[9:12] not in {b"200", b"304"}:
            raise BenchmarkFailed(f"{path} answered {head[9:12].decode()}")
        length = self._length(head)
        while rest < length:
            rest += len(self._receive())
        return head, length

    def _head(self) -> tuple[bytes, int]:
        """The head, and how much of the body came with it."""
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._receive()
        return received[: end + 2], len(received) - end - 4

    def _length(self, head: bytes) -> int:
        found = CONTENT_LENGTH.search(head)
        return int(found[1]) if found and head[9:12] != b"304" else 0

    def _receive(self) -> bytes:
        if not (received := self._socket.recv(1 << 18)):
            raise BenchmarkFailed("the site has closed the connection")
        return received


def workers(database: Database) -> list[Path]:
    """Gunicorn's in /proc: the processes with this database, without the first, which is their
    parent."""
    mark = f"DATABASE_URL={database.url}\0".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes():
                found.append(process)
        except OSError:  # another's, or it has just ended
            continue
    return sorted(found, key=lambda process: int(process.name))[1:]


def megabytes(process: Path, field: str = "VmHWM") -> float:
    """The most that it has had in memory, or with VmRSS what it has now."""
    for line in (process / "status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    raise BenchmarkFailed("gunicorn's worker has ended")


def _address(log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while not (found := re.search(r"Listening at: http://(\S+)", log.read_text())):
        if time.monotonic() > deadline:
            raise BenchmarkFailed(f"gunicorn did not start:\n{log.read_text()}")
        time.sleep(0.05)
    return found[1]
