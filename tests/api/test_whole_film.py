"""GET /api/v1/films/{id}/: what the parts of a film's details say of it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.dateparse import parse_datetime
from pytest_django import Settings

from movies.models import Movie
from tests.api.refusals import wrong
from tests.whole_film import (
    BARE,
    OVERVIEW,
    WHOLE,
    create_bare_film,
    create_movie,
    create_whole_film,
)

URL = "/api/v1/films/{}/"
IMAGES = "https://image.tmdb.org/t/p"
KINOSTREAM = {"id": 8, "name": "Kinostream", "logo_url": f"{IMAGES}/w92/kinostream.jpg"}
FILMHAUS = {"id": 9, "name": "Filmhaus", "logo_url": None}
SVENSK = {"id": 10, "name": "Svensk Film", "logo_url": f"{IMAGES}/w92/svenskfilm.jpg"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole() -> Movie:
    return create_whole_film()


def get(client: Client, movie_id: int, query: str = "") -> Any:
    response = client.get(URL.format(movie_id) + query)
    assert response.status_code == 200, response.content
    return response.json()


def test_it_tells_who_made_it_its_story_and_where_to_watch_it(
    client: Client, whole: Movie
) -> None:
    answer = get(client, WHOLE)

    assert whole.availability_at
    assert parse_datetime(answer["availability_as_of"]) == whole.availability_at
    expected = {
        "overview": OVERVIEW,
        "tagline": "Forty winters without a word.",
        "backdrop_url": f"{IMAGES}/w1280/valley.jpg",
        "trailer_url": "https://www.youtube.com/watch?v=Ab_c-12",
        "collection": {"id": 501, "name": "The Village Collection"},
        "directors": [
            {
                "id": 301,
                "name": "Sigrún Jónsdóttir",
                "profile_url": f"{IMAGES}/w185/sigrun.jpg",
            },
            {"id": 302, "name": "Ólafur Þór", "profile_url": None},
        ],
        "cast": [
            {
                "id": 303,
                "name": "Baltasar Örn",
                "profile_url": f"{IMAGES}/w185/baltasar.jpg",
                "character": "Gummi",
            },
            {"id": 304, "name": "Halla Ask", "profile_url": None, "character": ""},
        ],
        "home_countries": [{"code": "IS", "name": "Iceland"}],
        "titles": [
            "The Silent Neighbours",
            "Þöglu nágrannarnir",
            "Die stillen Nachbarn",
            "Les Voisins silencieux",
        ],
        "translated_titles": [
            {"language": "de", "title": "Die stillen Nachbarn"},
            {"language": "fr", "title": "Les Voisins silencieux"},
        ],
        "availability": {
            "DE": {"buy": [FILMHAUS]},
            "NO": {"free": [SVENSK]},
            "SE": {"flatrate": [KINOSTREAM, SVENSK], "rent": [FILMHAUS]},
        },
        "availability_source": "JustWatch",
    }
    assert {name: answer[name] for name in expected} == expected


def test_a_region_has_what_there_is_in_it_alone(client: Client, whole: Movie) -> None:
    assert get(client, WHOLE, "?region=NO")["availability"] == {"NO": {"free": [SVENSK]}}


def test_in_a_region_where_others_are_shown_a_film_may_be_shown_nowhere(
    client: Client, whole: Movie
) -> None:
    create_bare_film()
    assert get(client, BARE, "?region=NO")["availability"] == {}


@pytest.mark.parametrize("region", ["no", "XX", "NOR", "1", "%00", "DÄ"])
def test_an_unknown_region_is_refused_by_name(client: Client, whole: Movie, region: str) -> None:
    response = client.get(URL.format(WHOLE), {"region": region})
    assert response.status_code == 400
    assert list(wrong(response)) == ["region"]
    if region == "XX":
        assert "“XX”" in wrong(response)["region"][0]


def test_what_tmdb_does_not_know_is_empty(client: Client) -> None:
    create_bare_film()
    answer = get(client, BARE)

    assert (answer["overview"], answer["tagline"]) == ("", "")
    assert (answer["directors"], answer["cast"], answer["home_countries"]) == ([], [], [])
    assert answer["availability"] == {}
    assert answer["availability_as_of"] is not None
    for name in ("backdrop_url", "trailer_url", "collection"):
        assert answer[name] is None, name


@pytest.mark.parametrize(
    ("site", "key", "url"),
    [
        ("YouTube", "a?b&c", "https://www.youtube.com/watch?v=a%3Fb%26c"),
        ("Vimeo", "123456", "https://vimeo.com/123456"),
        ("Dailymotion", "x7", None),
        ("YouTube", None, None),
    ],
)
def test_a_trailer_is_at_a_site_that_is_known(
    client: Client, site: str, key: str | None, url: str | None
) -> None:
    create_movie(1, overview="", tagline="", trailer_site=site, trailer_key=key)
    assert get(client, 1)["trailer_url"] == url


def test_pictures_come_from_where_the_setting_says(
    client: Client, whole: Movie, settings: Settings
) -> None:
    settings.TMDB_IMAGE_URL = "http://localhost:8081/t/p"
    answer = get(client, WHOLE)

    assert answer["poster_url"] == "http://localhost:8081/t/p/w500/neighbours.jpg"
    [director, _] = answer["directors"]
    assert director["profile_url"] == "http://localhost:8081/t/p/w185/sigrun.jpg"


def test_it_takes_one_query_more_than_a_film_without_all_that(
    client: Client, whole: Movie
) -> None:
    create_movie(1, genre_ids=[18])
    counts = []
    for movie_id in (1, WHOLE):
        with CaptureQueriesContext(connection) as queries:
            get(client, movie_id)
        counts.append(len(queries))
    assert counts == [7, 8]
