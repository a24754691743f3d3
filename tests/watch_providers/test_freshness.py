"""How old what somebody reads of where to watch a film may be, and what it costs TMDB."""

import datetime
import logging

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from movies.availability import film_availability
from movies.models import Movie, Provider
from tests.watch_providers.conftest import FILM, Pass
from tests.watch_providers.tmdb import Tmdb
from tests.whole_film import create_movie
from watch_providers.freshness import refresh_availability
from watch_providers.models import TMDB, Refresh

pytestmark = pytest.mark.django_db

PATH = f"/movie/{FILM}/watch/providers"


def read(movie_id: int = FILM) -> dict[str, dict[str, list[str]]] | None:
    """As a reader does: the names of who shows the film."""
    movie = Movie.objects.get(id=movie_id)
    refresh_availability(movie)
    found = film_availability(movie)
    if found is None:
        return None
    return {
        region: {kind: [provider.name for provider in shown] for kind, shown in kinds.items()}
        for region, kinds in found.items()
    }


OLD = {"NO": {"rent": ["Nine"]}}
NEW = {"SE": {"flatrate": ["Netflix"], "buy": ["Apple TV"]}}


def test_what_is_two_days_old_is_asked_for_and_replaced(movie: Movie, tmdb: Tmdb) -> None:
    assert read() == NEW

    as_of = Movie.objects.get(id=FILM).availability_at
    assert as_of
    assert timezone.now() - as_of < datetime.timedelta(minutes=1)
    assert Provider.objects.get(id=8).logo_path == "/netflix.jpg"
    assert tmdb.asked == {PATH: 1}
    assert not Refresh.objects.exclude(movie_id=TMDB).exists()


def test_what_nobody_has_asked_for_yet_is_asked_for(db: None, tmdb: Tmdb) -> None:
    create_movie(FILM)
    assert read() == NEW


def test_what_is_a_day_old_at_most_is_not_asked_for(
    movie: Movie, tmdb: Tmdb, time_passes: Pass
) -> None:
    read()
    time_passes(24 * 3600 - 60)
    read()
    assert tmdb.asked == {PATH: 1}

    time_passes(120)
    read()
    assert tmdb.asked == {PATH: 2}


def test_fresh_or_not_is_told_by_the_film_alone(movie: Movie, tmdb: Tmdb) -> None:
    refresh_availability(movie)
    with CaptureQueriesContext(connection) as queries:
        refresh_availability(movie)
    assert not list(queries)


def test_a_film_that_nobody_shows_any_more_is_shown_nowhere(movie: Movie, tmdb: Tmdb) -> None:
    tmdb.results = {}
    assert read() == {}


def test_without_a_key_nobody_is_asked(movie: Movie, tmdb: Tmdb, settings: Settings) -> None:
    settings.TMDB_API_KEY = ""
    assert read() == OLD
    assert not tmdb.asked


def test_a_token_goes_into_the_header(movie: Movie, tmdb: Tmdb, settings: Settings) -> None:
    settings.TMDB_API_TOKEN = "the-token"
    assert read() == NEW
    assert tmdb.authorisation == ["Bearer the-token"]


@pytest.mark.parametrize("status", [401, 404, 429, 500, 503])
def test_an_error_leaves_what_is_there_and_the_film_is_left_alone_for_ever_longer(
    movie: Movie, tmdb: Tmdb, time_passes: Pass, status: int
) -> None:
    tmdb.status = status
    for expected, seconds in ((1, 9), (1, 2), (2, 18), (2, 3), (3, 0)):
        assert read() == OLD
        assert tmdb.asked[PATH] == expected
        time_passes(seconds)

    tmdb.status = 200
    time_passes(60)
    assert read() == NEW


@pytest.mark.parametrize(
    ("status", "is_asked"), [(404, True), (422, True), (401, False), (429, False), (500, False)]
)
def test_other_films_are_asked_for_unless_tmdb_itself_is_to_blame(
    movie: Movie, tmdb: Tmdb, status: int, is_asked: bool
) -> None:
    create_movie(8)
    tmdb.status = status
    read()
    read(8)
    assert ("/movie/8/watch/providers" in tmdb.asked) == is_asked


def test_tmdb_is_left_alone_for_as_long_as_it_asks_for(
    movie: Movie, tmdb: Tmdb, time_passes: Pass
) -> None:
    tmdb.status, tmdb.headers = 429, {"Retry-After": "300"}
    read()
    tmdb.status = 200
    time_passes(290)
    assert read() == OLD

    time_passes(20)
    assert read() == NEW


def test_an_answer_that_cannot_be_read_leaves_what_is_there(movie: Movie, tmdb: Tmdb) -> None:
    for number, body in enumerate((b"[]", b'{"results": []}', b"<html>", b"")):
        tmdb.body = body
        Refresh.objects.all().delete()
        assert read() == OLD, body
        assert tmdb.asked[PATH] == number + 1


def test_nobody_there_is_said_in_a_line_without_the_key(
    movie: Movie, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TMDB_API_URL, settings.TMDB_API_KEY = "http://127.0.0.1:9", "the-key"
    with caplog.at_level(logging.WARNING):
        assert read() == OLD
    assert "no answer (ConnectionError)" in caplog.text
    assert "the-key" not in caplog.text


def test_what_tmdb_says_back_is_noted_without_the_key(
    movie: Movie, tmdb: Tmdb, caplog: pytest.LogCaptureFixture
) -> None:
    tmdb.status = 500
    with caplog.at_level(logging.WARNING):
        read()
    assert "[redacted]" in Refresh.objects.get(movie_id=FILM).error
    assert "[redacted]" in caplog.text
    assert "the-key" not in caplog.text


def test_readers_ask_for_a_twentieth_of_the_rate(
    movie: Movie, tmdb: Tmdb, settings: Settings, time_passes: Pass
) -> None:
    settings.TMDB_REQUESTS_PER_SECOND = 0.2  # one in a hundred seconds
    create_movie(8)
    assert read() == NEW
    assert read(8) is None

    time_passes(101)
    assert read(8) == NEW


@pytest.mark.django_db(transaction=True)
def test_while_somebody_saves_the_film_what_is_there_is_shown(
    movie: Movie, tmdb: Tmdb, database_url: str
) -> None:
    with psycopg.connect(database_url) as importing:
        importing.execute("UPDATE movie SET popularity = 2 WHERE id = %s", [FILM])
        begun = timezone.now()
        assert read() == OLD
        assert timezone.now() - begun < datetime.timedelta(seconds=2)


@pytest.mark.django_db(transaction=True)
def test_while_somebody_asks_nobody_else_does(movie: Movie, tmdb: Tmdb, database_url: str) -> None:
    with psycopg.connect(database_url) as other:
        other.execute(
            "INSERT INTO watch_refresh VALUES (%s, now() + interval '5 s', 0, '')", [FILM]
        )
    assert read() == OLD
    assert not tmdb.asked
