"""What is discovered is fetched while the files are read, and nothing comes of it but time."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from importer.errors import FetchFailed, NoSuchMovie
from importer.models import ImportRun
from importer.tmdb.connection import CONNECTIONS
from importer.tmdb.prefetch import Prefetch
from movies.models import Movie, Standing
from tests.conftest import RunImport, eventually
from tests.films import film
from tests.sandbox_settings import sandbox_settings
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films
from tools.sandbox.wire import Answer, Request

FILMS = 30


@pytest.fixture(scope="module")
def world() -> Films:
    """Thirty films of Sweden's, one of them IMDb's best."""
    films = [film(number, origin_country=["SE"]) for number in range(1, FILMS + 1)]
    films[3]["imdb_id"] = "tt0000004"
    world = Films(films, ratings=[("tt0000004", 9.9, 2_000_000)])
    world.countries = [{"iso_3166_1": "SE", "english_name": "Sweden", "native_name": "Sverige"}]
    return world


class PatientSandbox(Sandbox):
    """Keeps the files of a folder back until all films have been asked for."""

    kept_back = "none"

    async def answer(self, request: Request) -> Answer:
        while request.path.startswith(self.kept_back) and self.requests["movie"] < FILMS:
            await asyncio.sleep(0.01)
        return await super().answer(request)


@pytest.fixture
def sandbox(source: Films, settings: Settings, tmp_path: Path) -> Iterator[PatientSandbox]:
    server = PatientSandbox(source)
    with server:
        for name, value in sandbox_settings(server, tmp_path / "exports").items():
            setattr(settings, name, value)
        settings.TMDB_REQUESTS_PER_SECOND = 0
        settings.TMDB_BACKOFF_SECONDS = 0.02
        yield server


@pytest.fixture
def prefetch() -> Iterator[Prefetch]:
    with Prefetch() as prefetch:
        yield prefetch


class Server:
    """Answers with the film's number; `hold` keeps it from it."""

    def __init__(self, failures: dict[int, Exception] | None = None) -> None:
        self.failures = failures or {}
        self.asked: list[int] = []
        self.may_answer = threading.Event()
        self.may_answer.set()

    def movie(self, movie_id: int) -> bytes:
        self.asked.append(movie_id)
        self.may_answer.wait()
        if failure := self.failures.get(movie_id):
            raise failure
        return b"film %d" % movie_id


def test_a_film_that_was_fetched_ahead_is_taken_once(prefetch: Prefetch) -> None:
    server = Server()

    prefetch.start([1, 2], server.movie)
    eventually(lambda: len(server.asked) == 2)

    assert prefetch.take(2) == b"film 2"
    assert prefetch.take(2) is None
    assert prefetch.take(3) is None
    assert prefetch.take(1) == b"film 1"


def test_what_is_under_way_at_the_end_is_waited_for_and_the_rest_left(prefetch: Prefetch) -> None:
    server = Server()
    server.may_answer.clear()
    last = CONNECTIONS + 1
    prefetch.start(range(1, last + 1), server.movie)
    eventually(lambda: len(server.asked) == CONNECTIONS)

    prefetch.end()
    server.may_answer.set()

    assert prefetch.take(1) == b"film 1"
    assert prefetch.take(last) is None
    assert last not in server.asked


def test_what_failed_fails_for_whoever_takes_it(prefetch: Prefetch) -> None:
    gone, broken = NoSuchMovie("gone"), FetchFailed("broken")
    server = Server({1: gone, 2: broken})
    server.may_answer.clear()
    prefetch.start([1, 2], server.movie)
    eventually(lambda: len(server.asked) == 2)
    server.may_answer.set()

    for movie_id, failure in (1, gone), (2, broken):
        with pytest.raises(type(failure)) as raised:
            prefetch.take(movie_id)
        assert raised.value is failure
        assert prefetch.take(movie_id) is None


def test_a_film_that_there_is_not_ends_nothing(prefetch: Prefetch) -> None:
    films = range(1, 3 * CONNECTIONS)
    server = Server(dict.fromkeys(films, NoSuchMovie("gone")))

    prefetch.start(films, server.movie)

    eventually(lambda: len(server.asked) == len(films))


def test_the_first_that_fails_is_the_last(prefetch: Prefetch) -> None:
    films = range(1, 3 * CONNECTIONS)
    server = Server(dict.fromkeys(films, FetchFailed("broken")))
    server.may_answer.clear()
    prefetch.start(films, server.movie)
    eventually(lambda: len(server.asked) == CONNECTIONS)

    server.may_answer.set()

    for movie_id in range(1, CONNECTIONS + 1):
        with pytest.raises(FetchFailed):
            prefetch.take(movie_id)
    assert prefetch.take(CONNECTIONS + 1) is None
    assert len(server.asked) == CONNECTIONS


def test_begun_once_more_it_asks_for_nothing_twice(prefetch: Prefetch) -> None:
    server = Server()
    prefetch.start([1, 2], server.movie)
    eventually(lambda: len(server.asked) == 2)
    prefetch.start([2, 3], server.movie)
    eventually(lambda: len(server.asked) == 3)

    assert [prefetch.take(number) for number in (1, 2, 3)] == [b"film 1", b"film 2", b"film 3"]
    assert sorted(server.asked) == [1, 2, 3]


def test_films_come_in_although_their_export_and_ratings_cannot_be_read(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    sandbox.faults.shares = {"export-html": 1.0}

    run = run_import("daily")

    assert run.state == ImportRun.State.FAILED
    assert run.error.startswith("ids: ")
    assert Movie.objects.count() == run.fetched == FILMS


def test_each_film_is_asked_for_once(run_import: RunImport, sandbox: Sandbox) -> None:
    run = run_import("daily")

    assert run.state == ImportRun.State.SUCCEEDED
    assert run.fetched == FILMS
    assert sandbox.asked == dict.fromkeys(range(1, FILMS + 1), 1)
    best = Standing.objects.filter(country="SE").latest("weighted_rating")
    assert (best.movie_id, best.votes > 2_000_000) == (4, True)


@pytest.mark.parametrize("folder", ["/p/exports/", "/imdb/"])
def test_films_are_asked_for_before_the_files_are_read(
    run_import: RunImport, sandbox: PatientSandbox, folder: str
) -> None:
    sandbox.kept_back = folder

    assert run_import("daily").state == ImportRun.State.SUCCEEDED
    assert sandbox.requests["movie"] == FILMS


@pytest.mark.parametrize(("arguments", "asked"), [(["discover"], 0), (["daily", "--limit", 2], 2)])
def test_no_more_is_fetched_than_the_run_is_for(
    run_import: RunImport, sandbox: Sandbox, arguments: list[str | int], asked: int
) -> None:
    run_import("reference")

    run = run_import(str(arguments[0]), *arguments[1:])

    assert run.state == ImportRun.State.SUCCEEDED
    assert sum(sandbox.asked.values()) == asked
