"""How old what somebody reads may be, and what it costs the API. Cron is not at work here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.test import Client
from pytest_django import Settings

from ghibli.models import Film
from tests.ghibli.conftest import Pass, film
from tools.sandbox.ghibli import Ghibli
from tools.sandbox.server import Sandbox

pytestmark = pytest.mark.django_db

Load = Callable[[], tuple[list[str], bool]]


@pytest.fixture(params=["page", "json"])
def load(request: pytest.FixtureRequest, client: Client) -> Load:
    """Load the page or the JSON: the films' titles, and whether it says that they are fresh."""

    def page() -> tuple[list[str], bool]:
        text = client.get("/movies/").content.decode()
        titles = [film.title for film in Film.objects.listed()]
        assert all(f">{title}<" in text for title in titles)
        return titles, "does not answer" not in text

    def json() -> tuple[list[str], bool]:
        body = client.get("/api/v1/movies/").json()
        return [film["title"] for film in body["movies"]], body["fresh"]

    return page if request.param == "page" else json


def test_the_first_load_fetches(load: Load, ghibli: Ghibli) -> None:
    assert load() == (["Film a", "Film b", "Film c"], True)


def test_while_it_is_fresh_the_api_is_not_asked(
    load: Load, ghibli: Ghibli, sandbox: Sandbox, time_passes: Pass
) -> None:
    load()
    ghibli.films = [film("z")]
    time_passes(55)

    assert load() == (["Film a", "Film b", "Film c"], True)
    assert sandbox.requests["films"] == 1


def test_what_changes_at_the_source_is_there_61_seconds_later(
    load: Load, ghibli: Ghibli, sandbox: Sandbox, time_passes: Pass
) -> None:
    load()
    ghibli.films = [film("a", title="Renamed"), film("z")]
    time_passes(61)

    assert load() == (["Film z", "Renamed"], True)
    assert sandbox.requests["films"] == 2


def test_the_limit_is_a_setting(
    load: Load, ghibli: Ghibli, sandbox: Sandbox, settings: Settings, time_passes: Pass
) -> None:
    settings.GHIBLI_MAX_AGE_SECONDS = 5
    load()
    time_passes(6)
    load()

    assert sandbox.requests["films"] == 2


def test_without_an_answer_what_is_there_is_shown_as_old(
    load: Load, ghibli: Ghibli, sandbox: Sandbox, time_passes: Pass
) -> None:
    load()
    sandbox.faults.only["films"] = "500"
    time_passes(61)

    assert load() == (["Film a", "Film b", "Film c"], False)


def test_after_a_failure_the_api_is_left_alone_for_ten_seconds(
    load: Load, ghibli: Ghibli, sandbox: Sandbox, time_passes: Pass
) -> None:
    sandbox.faults.only["films"] = "500"
    for _ in range(3):
        assert load() == ([], False)
    time_passes(5)
    load()
    assert sandbox.requests["films"] == 1

    sandbox.faults.only.clear()
    time_passes(6)

    assert load() == (["Film a", "Film b", "Film c"], True)


def test_a_clock_that_was_set_back_does_not_keep_old_films_fresh(
    load: Load, ghibli: Ghibli, sandbox: Sandbox, time_passes: Pass
) -> None:
    load()
    time_passes(-3600)
    load()

    assert sandbox.requests["films"] == 2


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_longer_than_the_limit_for_somebody_else(
    load: Load,
    ghibli: Ghibli,
    sandbox: Sandbox,
    time_passes: Pass,
    database_url: str,
    settings: Settings,
) -> None:
    load()
    time_passes(61)
    settings.GHIBLI_TIMEOUT_SECONDS = 0.2

    with somebody_asking(database_url):
        assert load() == (["Film a", "Film b", "Film c"], False)
    assert sandbox.requests["films"] == 1


@contextmanager
def somebody_asking(database_url: str) -> Iterator[None]:
    """As a process that has just begun to ask the API, and hangs."""
    with psycopg.connect(database_url) as connection:
        connection.execute("SELECT FROM ghibli_refresh FOR UPDATE")
        yield
