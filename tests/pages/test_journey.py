"""/next/ and the films that it chooses from: narrowed by time, length and where to watch them."""

from typing import Any

import pytest
from django.test import Client

from tests.films import film
from tests.html import load
from tests.whole_payloads import KINOSTREAM
from tools.sandbox.payloads import Payload
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")

FILMS = "/next/films/"


def of(country: str, movie_id: int, **changes: object) -> Payload:
    produced = [{"iso_3166_1": code, "name": code} for code in (country, "FR")]
    return film(movie_id, origin_country=[country], production_countries=produced, **changes)


@pytest.fixture(scope="module")
def world() -> Films:
    """The lower a film's number the better it is."""
    watch = {"watch/providers": {"results": {"SE": {"flatrate": [KINOSTREAM]}}}}
    return Films(
        [
            of("JP", 1, vote_average=9.0, runtime=150, release_date="1954-04-26"),
            of("JP", 2, vote_average=8.0, runtime=90, release_date="1999-12-31", **watch),
            of("JP", 3, vote_average=7.0, runtime=91, release_date="2000-01-01"),
            of("SE", 4, vote_average=6.0, runtime=120, release_date="1957-02-16", **watch),
            of("SE", 5, vote_average=5.0, runtime=0, release_date="1959-12-31"),
            of("KE", 6, vote_average=9.0, runtime=30, release_date="1955-12-31"),
            *[of("IN", 10 + number, vote_average=7.0) for number in range(8)],
        ]
    )


def films(client: Client, query: str) -> dict[str, list[int]]:
    answer = client.get(f"{FILMS}?{query}").json()
    return {
        one["country_code"]: [movie["id"] for movie in one["movies"]]
        for one in answer["countries"]
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"JP": [1, 2, 3], "SE": [4, 5], "IN": [10, 11, 12, 13, 14]}),
        ("decade=1950", {"JP": [1], "SE": [4, 5]}),
        ("decade=2000", {"JP": [3]}),
        ("length=short", {"JP": [2], "IN": [10, 11, 12, 13, 14]}),
        ("length=medium", {"JP": [3], "SE": [4]}),
        ("length=long", {"JP": [1]}),
        ("length=long&decade=1990", {}),
        ("watch=flatrate&watch_region=SE", {"JP": [2], "SE": [4]}),
        ("watch=rent,buy&watch_region=SE", {}),
        ("watch=flatrate&watch_region=SE&decade=1950&length=medium", {"SE": [4]}),
        # What is not valid is not asked for.
        ("decade=1957&length=endless&watch=flatrate&watch_region=XX", None),
        ("length=long'&decade=%00", None),
    ],
)
def test_the_best_few_of_each_country_that_has_such_a_film(
    client: Client, query: str, found: dict[str, list[int]] | None
) -> None:
    assert films(client, query) == (films(client, "") if found is None else found)


def test_a_film_has_what_the_browser_keeps_of_it(client: Client) -> None:
    answer: Any = client.get(f"{FILMS}?length=long").json()
    assert answer["countries"][0]["movies"] == [
        {
            "id": 1,
            "imdb_id": "tt0000001",
            "name": "Film 1",
            "year": 1954,
            "country_codes": ["JP"],
            "co_production_codes": ["FR"],
            "rating": 9.0,
            "poster_url": "https://image.tmdb.org/t/p/w500/poster.jpg",
            "runtime": 150,
            "few_votes": False,
        }
    ]


def test_the_form_says_what_is_asked_for(client: Client) -> None:
    page = load(client, "/next/?decade=1950&length=long&watch=flatrate&watch_region=SE")
    chosen = [
        found["value"] for tag, found in page.elements if tag == "option" and "selected" in found
    ]
    assert chosen == ["long", "1950", "flatrate", "SE"]
    assert "JustWatch" in page.text


def test_other_methods_are_refused(client: Client) -> None:
    assert client.post(FILMS).status_code == 405


def test_too_many_requests_are_refused(client: Client, settings: Any) -> None:
    settings.API_RATE = "2/min"
    assert [client.get(FILMS).status_code for _ in range(3)] == [200, 200, 429]
