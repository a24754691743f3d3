"""A small API to mirror, and how to make what was fetched old."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F
from pytest_django import Settings

from ghibli.models import Refresh
from tools.sandbox.ghibli import Entry, Ghibli
from tools.sandbox.server import Sandbox

Pass = Callable[[float], None]


def film(film_id: str, *people: str, **changes: Any) -> Entry:
    """A film that links to these people, and what is different about it."""
    return {
        "id": film_id,
        "title": f"Film {film_id}",
        "original_title": f"映画 {film_id}",
        "director": "Somebody",
        "release_date": "1999",
        "people": [f"https://elsewhere.example/people/{person}" for person in people],
        "url": f"https://elsewhere.example/films/{film_id}",
    } | changes


def person(person_id: str, *films: str, **changes: Any) -> Entry:
    """A person who links to these films, and what is different about them."""
    return {
        "id": person_id,
        "name": f"Person {person_id}",
        "films": [f"https://elsewhere.example/films/{film}" for film in films],
        "url": f"https://elsewhere.example/people/{person_id}",
    } | changes


@pytest.fixture
def ghibli(sandbox: Sandbox, settings: Settings) -> Ghibli:
    """Two films with a person each and one without; the sandbox serves them."""
    settings.GHIBLI_API_URL = sandbox.ghibli_url
    settings.GHIBLI_TIMEOUT_SECONDS = 20.0
    films = [film("a", "1"), film("b", ""), film("c", "")]
    sandbox.ghibli = Ghibli(films, [person("1"), person("2", "b")])
    return sandbox.ghibli


@pytest.fixture
def time_passes() -> Pass:
    """Makes everything that is known of the last refresh so many seconds older."""

    def shift(seconds: float) -> None:
        by = datetime.timedelta(seconds=seconds)
        Refresh.objects.update(fetched_at=F("fetched_at") - by, failed_at=F("failed_at") - by)

    return shift
