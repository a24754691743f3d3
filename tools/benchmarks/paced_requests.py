"""Requests that come at a pace, whether the last one has its answer or not; what came of them."""

import itertools
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

# Connections at the same time, and for how long one may lie idle: gunicorn ends it after two.
CONNECTIONS = 32
IDLE_SECONDS = 1.0
TIMEOUT = 30.0
GOOD = {200, 304}
SHOWN = 20


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


class Answers:
    """The seconds of the good ones by kind, who was asked to return in a moment, as a site says
    that has enough to do, and all that were wrong."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.postponed: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.examples: list[str] = []
        self._lock = threading.Lock()

    def note(self, request: Request, answer: Answer, seconds: float) -> None:
        with self._lock:
            if answer.status in GOOD:
                self.seconds[request.kind].append(seconds)
            elif answer.is_postponed:
                self.postponed[request.kind] += 1
            else:
                self._note_wrong(request, answer)

    def _note_wrong(self, request: Request, answer: Answer) -> None:
        self.wrong[f"{request.kind}: {answer.status or answer.text}"] += 1
        if len(self.examples) < SHOWN:
            when = time.strftime("%H:%M:%S", time.gmtime())
            self.examples.append(f"{when} {request.path} {answer.status} {answer.text[:200]}")

    @property
    def count(self) -> int:
        good = sum(map(len, self.seconds.values()))
        return good + self.postponed.total() + self.wrong.total()


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


def ask_at_a_pace(
    address: str, next_request: Callable[[], Request], answers: Answers, rate: float, end: float
) -> list[threading.Thread]:
    """Begin to ask `rate` times a second until time.monotonic() is `end`; the threads that do."""
    begun = time.monotonic()
    numbers = itertools.count()
    threads = [
        threading.Thread(
            target=_ask, args=(address, next_request, answers, _moments(begun, rate, end, numbers))
        )
        for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    return threads


def _moments(begun: float, rate: float, end: float, numbers: Iterator[int]) -> Iterator[float]:
    """When each of one thread's requests is to be asked."""
    while (moment := begun + next(numbers) / rate) < end:
        time.sleep(max(0.0, moment - time.monotonic()))
        yield moment


def _ask(
    address: str, next_request: Callable[[], Request], answers: Answers, moments: Iterator[float]
) -> None:
    connection = Connection(address)
    for moment in moments:
        request = next_request()
        answer = connection.ask(request)
        answers.note(request, answer, time.monotonic() - moment)
    connection.close()
