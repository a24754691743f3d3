"""Many readers at once, in the processes and threads of a real web server."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from pytest_django import Settings

from movies.models import Movie
from tests.serving import serving
from tests.watch_providers.conftest import FILM, Pass
from tests.watch_providers.tmdb import Tmdb

READERS = 50
PATIENCE = 2.0
# What a busy machine may take for fifty pages, besides.
SLACK = 4.0
ADDRESSES = [f"/films/{FILM}/", f"/api/v1/films/{FILM}/"]
PATH = f"/movie/{FILM}/watch/providers"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(
    movie: Movie, tmdb: Tmdb, settings: Settings, database_url: str, tmp_path: Path
) -> Iterator[str]:
    with serving(
        tmp_path / "gunicorn.log",
        DATABASE_URL=database_url,
        TMDB_API_URL=settings.TMDB_API_URL,
        TMDB_API_KEY=settings.TMDB_API_KEY,
        API_RATE="",
    ) as url:
        yield url


def load_all_at_once(site: str, path: str) -> tuple[list[requests.Response], float]:
    """The answers, and how many seconds passed until the last one was there."""
    begun = time.monotonic()
    with ThreadPoolExecutor(READERS) as readers:
        coming = readers.map(lambda _: requests.get(site + path, timeout=120), range(READERS))
        return list(coming), time.monotonic() - begun


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("status", [200, 500])
def test_fifty_readers_ask_tmdb_once(site: str, tmdb: Tmdb, address: str, status: int) -> None:
    tmdb.status = status
    answers, _ = load_all_at_once(site, address)

    assert {answer.status_code for answer in answers} == {200}
    assert tmdb.asked == {PATH: 1}


@pytest.mark.parametrize("address", ADDRESSES)
def test_fifty_readers_ask_a_silent_tmdb_once_and_wait_no_longer_than_one(
    site: str, tmdb: Tmdb, time_passes: Pass, address: str
) -> None:
    tmdb.answers.clear()
    answers, seconds = load_all_at_once(site, address)

    assert {answer.status_code for answer in answers} == {200}
    assert all("Nine" in answer.text for answer in answers)
    assert tmdb.asked == {PATH: 1}
    assert seconds < PATIENCE + SLACK

    # And the next ones are not held up again.
    longest = max(answer.elapsed.total_seconds() for answer in load_all_at_once(site, address)[0])
    assert longest < PATIENCE
    assert tmdb.asked == {PATH: 1}


def test_who_reads_after_that_sees_what_has_come(site: str, tmdb: Tmdb) -> None:
    assert "Nine" not in requests.get(site + ADDRESSES[0], timeout=60).text
    assert "Netflix" in requests.get(site + ADDRESSES[1], timeout=60).text
    assert tmdb.asked == {PATH: 1}
