"""What changes with the ranking only is made once for each edition, however many ask at once."""

import gzip
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from caching.bodies import OVERHEAD_BYTES, Body, KeptBodies, compress
from tests.conftest import RunImport

BEST = "/api/v1/best/?limit=7"
CLIENTS = 8
CACHE_BYTES = 100_000
FIRST, SECOND = "first", "second"

Made = Counter[tuple[str, str]]
AnyBody = Callable[..., bytes]


@pytest.fixture
def kept() -> KeptBodies:
    return KeptBodies(CACHE_BYTES)


@pytest.fixture
def made() -> Made:
    return Counter()


@pytest.fixture
def body(kept: KeptBodies, made: Made) -> AnyBody:
    def body(edition: str, *, name: str) -> bytes:
        def make() -> Body:
            made[edition, name] += 1
            return Body(compress(f"{name} of {edition}".encode()), {})

        return kept.get_or_make((edition, name), make).plain

    return body


def test_a_body_is_made_once_for_each_edition_and_parameters(body: AnyBody, made: Made) -> None:
    for edition in (FIRST, SECOND):
        for name in ("a", "b", "a"):
            assert body(edition, name=name) == f"{name} of {edition}".encode()
    assert set(made.values()) == {1}
    assert len(made) == 4


def test_threads_that_ask_for_the_same_at_once_have_it_made_once(kept: KeptBodies) -> None:
    made: Counter[int] = Counter()
    start = threading.Barrier(16)
    numbers = range(30)

    def ask(_: int) -> list[bytes]:
        start.wait()
        return [kept.get_or_make(number, lambda number=number: make(number)).plain  # type: ignore[misc]
                for number in numbers]  # fmt: skip

    def make(number: int) -> Body:
        made[number] += 1
        return Body(compress(str(number).encode()), {})

    with ThreadPoolExecutor(16) as threads:
        [answers] = {tuple(bodies) for bodies in threads.map(ask, range(16))}
    assert len(answers) == len(numbers)
    assert set(made.values()) == {1}


def test_who_asks_for_another_body_does_not_wait(kept: KeptBodies) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> Body:
        begun.set()
        assert go_on.wait(60)
        return Body(b"slow", {})

    with ThreadPoolExecutor(2) as threads:
        waits = threads.submit(kept.get_or_make, "slow", slow)
        assert begun.wait(60)
        quick = threads.submit(kept.get_or_make, "quick", lambda: Body(b"quick", {}))
        assert quick.result(60).compressed == b"quick"
        assert not waits.done()
        go_on.set()
        assert waits.result(60).compressed == b"slow"


def test_what_fails_is_made_again_for_the_next_who_asks(kept: KeptBodies) -> None:
    attempts = iter([1, 2])

    def make() -> Body:
        if next(attempts) == 1:
            raise OSError("down")
        return Body(b"there", {})

    with pytest.raises(OSError, match="down"):
        kept.get_or_make("key", make)
    assert kept.get_or_make("key", make).compressed == b"there"


def test_what_fails_is_made_by_one_of_those_who_have_waited(kept: KeptBodies) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def fail() -> Body:
        begun.set()
        assert go_on.wait(60)
        raise OSError("down")

    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(kept.get_or_make, "key", fail)
        assert begun.wait(60)
        others = [
            threads.submit(kept.get_or_make, "key", lambda: Body(b"there", {})) for _ in range(3)
        ]
        go_on.set()
        with pytest.raises(OSError, match="down"):
            first.result(60)
        assert {other.result(60).compressed for other in others} == {b"there"}


def test_the_bodies_asked_for_longest_ago_are_let_go_of(kept: KeptBodies) -> None:
    made: Counter[int] = Counter()

    def ask(number: int) -> None:
        def make() -> Body:
            made[number] += 1
            return Body(bytes(CACHE_BYTES // 2 - OVERHEAD_BYTES), {})

        kept.get_or_make(number, make)

    for number in (1, 2, 3, 3, 1):
        ask(number)
    assert made == {1: 2, 2: 1, 3: 1}


def test_no_number_of_bodies_takes_more_than_the_bound(kept: KeptBodies) -> None:
    for number in range(500):
        kept.get_or_make(number, lambda: Body(bytes(1_000), {}))
        assert kept.bytes <= CACHE_BYTES
    assert kept.bytes > CACHE_BYTES * 0.9


def test_a_body_above_the_bound_is_an_answer_all_the_same(kept: KeptBodies) -> None:
    assert len(kept.get_or_make("key", lambda: Body(bytes(CACHE_BYTES), {})).compressed)
    assert "key" not in kept
    assert kept.bytes == 0


@pytest.mark.django_db(transaction=True)
def test_clients_that_ask_at_once_have_the_list_of_all_countries_read_once(
    run_import: RunImport,
) -> None:
    run_import("daily")
    start = threading.Barrier(CLIENTS)
    statements: list[str] = []

    def note(execute: Callable[..., Any], statement: str, *arguments: Any) -> Any:
        # Of a query that psycopg has put together Django is given no text.
        statements.append(str(statement))
        return execute(statement, *arguments)

    def ask(_: int) -> bytes:
        try:
            with connection.execute_wrapper(note):
                start.wait()
                response = Client().get(BEST, headers={"accept-encoding": "gzip"})
            assert response.status_code == 200
            return gzip.decompress(response.content)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as threads:
        bodies = set(threads.map(ask, range(CLIENTS)))

    assert len(bodies) == 1
    assert sum("FROM catalogue" in statement for statement in statements) == CLIENTS
    assert sum("standing" in statement for statement in statements) == 1
