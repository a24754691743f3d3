"""A thousand readers at the moment when new lists are swapped in."""

import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from movies.derived import ranking
from movies.models import Movie, RankingState
from tests.conftest import RunImport

THREADS, EACH = 8, 125
LIST = "/api/v1/best/GB/"


@pytest.mark.django_db(transaction=True)
def test_nobody_has_an_old_list_as_the_new_one_and_each_is_read_once(
    run_import: RunImport, settings: Settings
) -> None:
    settings.API_RATE = ""
    run_import("daily")
    before = RankingState.current()
    begun = threading.Barrier(THREADS + 1)
    statements: list[str] = []

    def note(execute: Callable[..., Any], statement: str, *arguments: Any) -> Any:
        statements.append(str(statement))
        return execute(statement, *arguments)

    def read(_: int) -> list[tuple[str, bytes]]:
        try:
            with connection.execute_wrapper(note):
                begun.wait()
                answers = [Client().get(LIST) for _ in range(EACH)]
            assert {answer.status_code for answer in answers} == {200}
            return [(answer.headers["ETag"], answer.content) for answer in answers]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        readers = threads.map(read, range(THREADS))
        begun.wait()
        Movie.objects.update(tmdb_rating=3.0)
        ranking.rebuild_ranking()
        answers = [answer for found in readers for answer in found]
    answers.append(read_once())

    found: dict[str, set[bytes]] = defaultdict(set)
    for etag, body in answers:
        found[etag].add(body)
    assert len(answers) == THREADS * EACH + 1
    # Each edition is one answer, and no reader's new one was made of the old lists.
    assert all(len(every) == 1 for every in found.values())
    after = RankingState.current()
    assert before.c != after.c
    [(_, last)] = [item for item in found.items() if (after.edition or "") in item[0]]
    assert f'"c":{after.c}'.encode() in next(iter(last))
    assert sum("standing" in statement for statement in statements) <= len(found)


def read_once() -> tuple[str, bytes]:
    answer = Client().get(LIST)
    return answer.headers["ETag"], answer.content
