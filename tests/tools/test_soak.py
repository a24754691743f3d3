"""A soak's requests and what is told of its answers and its memory."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tools.benchmarks.answers import Answers
from tools.benchmarks.database import Database
from tools.benchmarks.process_memory import Memory
from tools.benchmarks.reading_mix import MIX, Mix, Sample
from tools.paced_requests import Request, asking


class Site(BaseHTTPRequestHandler):
    """Answers by the path."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        status = int(self.path.strip("/"))
        self.send_response(status)
        if status == 503:
            self.send_header("Retry-After", "1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_answers_are_good_postponed_or_wrong() -> None:
    kinds = iter(["200", "304", "503", "500", *["200"] * 1000])
    answers, enough = Answers(), threading.Event()

    def note(*said: object) -> None:
        answers.note(*said)  # type: ignore[arg-type]
        if answers.count >= 20:
            enough.set()

    with serving() as address:
        lock = threading.Lock()

        def request() -> Request:
            with lock:
                kind = next(kinds)
            return Request(kind, f"/{kind}/")

        with asking(address, request, note, rate=200):
            assert enough.wait(60)

    assert answers.postponed == {"503": 1}
    assert answers.wrong == {"500: 500": 1}
    assert len(answers.seconds["304"]) == 1
    assert len(answers.seconds["200"]) >= 17


def test_where_nobody_listens_is_wrong() -> None:
    answers, asked = Answers(), threading.Event()

    def note(*said: object) -> None:
        answers.note(*said)  # type: ignore[arg-type]
        asked.set()

    with serving() as address:
        pass
    with asking(address, lambda: Request("home", "/"), note, rate=50):
        assert asked.wait(60)

    assert answers.wrong.total() == answers.count
    assert "ConnectionRefusedError" in answers.examples[0]


def test_every_kind_is_asked_for_by_a_hundred_addresses() -> None:
    mix = Mix(Sample([(1, "tt0000001", "Heat"), (2, "tt0000002", "Alien")], [7]))

    requests = [mix.next() for _ in range(3000)]

    assert {request.kind for request in requests} == set(MIX)
    assert len({request.headers["X-Forwarded-For"] for request in requests}) == 100
    uploads = [request for request in requests if request.kind == "upload"]
    assert all(b"tt0000001" in (request.body or b"") for request in uploads)


@pytest.mark.parametrize(
    ("figures", "thirds"),
    [([1.0, 2, 3, 4, 5, 6], (1.5, 3.5, 5.5)), ([4.0], (4, 4, 4)), ([2.0, 4], (2, 2, 4))],
)
def test_memory_by_thirds(figures: list[float], thirds: tuple[float, float, float]) -> None:
    memory = Memory(Database("postgresql:///nowhere"))
    memory.megabytes["web"] = figures

    assert memory.thirds("web") == thirds
