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
from django.utils import timezone

from api.caching import CACHE_BYTES, cached_by_edition
from movies.models import RankingState
from tests.conftest import RunImport

BEST = "/api/v1/best/?limit=7"
CLIENTS = 8
FIRST, SECOND = (RankingState(version=version, ranked_at=timezone.now()) for version in (1, 2))
UNRANKED = RankingState()

Made = Counter[tuple[str | None, str]]
Body = Callable[..., bytes]


@pytest.fixture
def made() -> Made:
    return Counter()


@pytest.fixture
def body(made: Made) -> Body:
    @cached_by_edition
    def body(state: RankingState, *, name: str) -> bytes:
        made[state.edition, name] += 1
        return f"{name} of {state.edition}".encode()

    return body


def test_a_body_is_made_once_for_each_edition_and_parameters(body: Body, made: Made) -> None:
    for state in (FIRST, SECOND):
        for name in ("a", "b", "a"):
            assert body(state, name=name) == f"{name} of {state.edition}".encode()
    assert set(made.values()) == {1}
    assert len(made) == 4


def test_before_the_first_ranking_nothing_is_kept(body: Body, made: Made) -> None:
    assert body(UNRANKED, name="a") == body(UNRANKED, name="a")
    assert made == {(None, "a"): 2}


def test_threads_that_ask_for_the_same_at_once_have_it_made_once(body: Body, made: Made) -> None:
    names = [str(number) for number in range(200)]
    start = threading.Barrier(16)

    def ask(_: int) -> list[bytes]:
        start.wait()
        return [body(FIRST, name=name) for name in names]

    with ThreadPoolExecutor(16) as threads:
        [answers] = {tuple(bodies) for bodies in threads.map(ask, range(16))}
    assert len(answers) == 200
    assert set(made.values()) == {1}


def test_who_asks_for_another_body_does_not_wait() -> None:
    begun, go_on = threading.Event(), threading.Event()

    @cached_by_edition
    def body(state: RankingState, *, is_slow: bool) -> bytes:
        if is_slow:
            begun.set()
            assert go_on.wait(60)
        return b"slow" if is_slow else b"quick"

    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(body, FIRST, is_slow=True)
        assert begun.wait(60)
        assert threads.submit(body, FIRST, is_slow=False).result(60) == b"quick"
        assert not slow.done()
        go_on.set()
        assert slow.result(60) == b"slow"


def test_what_fails_is_made_again_for_the_next_who_asks() -> None:
    attempts = iter([1, 2])

    @cached_by_edition
    def body(state: RankingState) -> bytes:
        if next(attempts) == 1:
            raise OSError("down")
        return b"there"

    with pytest.raises(OSError, match="down"):
        body(FIRST)
    assert body(FIRST) == b"there"


def test_the_bodies_asked_for_longest_ago_are_let_go_of() -> None:
    made: Counter[int] = Counter()

    @cached_by_edition
    def body(state: RankingState, *, number: int) -> bytes:
        made[number] += 1
        return bytes(CACHE_BYTES // 2)

    for number in (1, 2, 3, 3, 1):
        body(FIRST, number=number)
    assert made == {1: 2, 2: 1, 3: 1}


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
