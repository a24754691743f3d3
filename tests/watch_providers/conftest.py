"""A film that nobody has asked about for two days, and a TMDB to ask."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.db.models import F
from django.utils import timezone
from pytest_django import Settings

from movies.availability import renew_availability
from movies.models import Movie
from tests.watch_providers.tmdb import Tmdb
from tests.web import serving
from tests.whole_film import create_movie
from watch_providers.models import Refresh

Pass = Callable[[float], None]
FILM = 7
TWO_DAYS = datetime.timedelta(days=2)


@pytest.fixture
def tmdb(settings: Settings) -> Iterator[Tmdb]:
    tmdb = Tmdb()
    with serving(tmdb.handler()) as url:
        settings.TMDB_API_URL = url
        settings.TMDB_API_KEY, settings.TMDB_API_TOKEN = "the-key", ""
        settings.TMDB_REQUESTS_PER_SECOND = 0
        yield tmdb
        tmdb.answers.set()


@pytest.fixture
def movie(db: None) -> Movie:
    """It was to be had at provider 9 in Norway two days ago."""
    movie = create_movie(FILM)
    asked_at = timezone.now() - TWO_DAYS
    renew_availability(FILM, [("NO", "rent", [9])], {9: ("Nine", None)}, asked_at)
    movie.refresh_from_db()
    return movie


@pytest.fixture
def time_passes() -> Pass:
    """Makes everything that is known of the last refresh so many seconds older."""

    def shift(seconds: float) -> None:
        by = datetime.timedelta(seconds=seconds)
        Refresh.objects.update(not_before=F("not_before") - by)
        Movie.objects.update(availability_at=F("availability_at") - by)

    return shift
