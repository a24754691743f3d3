"""Requests that come at a pace, whether the last one has its answer or not."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

# Connections at the same time, and for how long one may lie idle: gunicorn ends it after two.
CONNECTIONS = 32
IDLE_SECONDS = 1.0
TIMEOUT = 30.0
GOOD = {200, 304}


@dataclass(frozen=True)
class Request:
    """What is asked for, and what sort of thing that is."""

    kind: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True)
class Answer:
    """Its status, 0 where none came, and what it says where it is not a good one."""

    status: int
    text: str = ""
    is_postponed: bool = False


class Connection:
    """Kept alive, and opened anew when it has been idle for too long."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPConnection(address, timeout=TIMEOUT)
        self._used = 0.0

    def ask(self, request: Request) -> Answer:
        if time.monotonic() - self._used > IDLE_SECONDS:
            self._connection.close()
        try:
            method = "GET" if request.body is None else "POST"
            self._connection.request(method, request.path, request.body, dict(request.headers))
            answer = self._connection.getresponse()
            body = answer.read()
        except (OSError, HTTPException) as error:
            self._connection.close()
            return Answer(0, repr(error))
        self._used = time.monotonic()
        if answer.status in GOOD:
            return Answer(answer.status)
        text = "" if answer.getheader("Content-Encoding") else body.decode(errors="replace")
        is_postponed = answer.status == 503 and bool(answer.getheader("Retry-After"))
        return Answer(answer.status, text, is_postponed)

    def close(self) -> None:
        self._connection.close()


# What was asked for, what came, when it was due, and after how many seconds it was there.
Note = Callable[[Request, Answer, float, float], None]


@contextmanager
def asking(
    address: str, next_request: Callable[[], Request], note: Note, rate: float
) -> Iterator[None]:
    """Ask `rate` times a second for the length of the block."""
    begun = time.monotonic()
    numbers = itertools.count()
    is_over = threading.Event()

    def moments() -> Iterator[float]:
        """When each of one thread's requests is due."""
        while not is_over.wait(max(0.0, (due := begun + next(numbers) / rate) - time.monotonic())):
            yield due

    def ask() -> None:
        connection = Connection(address)
        for due in moments():
            request = next_request()
            answer = connection.ask(request)
            note(request, answer, due, time.monotonic() - due)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
