"""GET /api/v1/films/{id}/: all that is known of one film."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caching.kept import bodies
from caching.versions import answered
from movies.models import ImdbRating
from tests.api.refusals import detail, wrong
from tests.conftest import RunImport
from tests.films import film, unlist
from tools.sandbox.sources import Films

URL = "/api/v1/films/{}/"

pytestmark = pytest.mark.usefixtures("catalogue")

# What the appended parts of its details say, which are empty: see test_whole_film.
NOTHING_APPENDED: dict[str, Any] = {
    "translated_titles": [],
    "overview": "",
    "tagline": "",
    "backdrop_url": None,
    "trailer_url": None,
    "collection": None,
    "directors": [],
    "cast": [],
    "availability": {},
    "availability_source": "JustWatch",
}


@pytest.fixture(scope="module")
def world() -> Films:
    horses = film(
        21,
        title="Of Horses and Men",
        original_title="Hross í oss",
        original_language="is",
        imdb_id="tt3074732",
        release_date="2013-08-30",
        runtime=81,
        vote_average=6.9,
        vote_count=100,
        origin_country=["IS"],
        production_countries=[
            {"iso_3166_1": "FI", "name": "Finland"},
            {"iso_3166_1": "IS", "name": "Iceland"},
        ],
        spoken_languages=[
            {"iso_639_1": "is", "english_name": "Icelandic", "name": ""},
            {"iso_639_1": "sv", "english_name": "Swedish", "name": ""},
        ],
        genres=[{"id": 35, "name": "Comedy"}, {"id": 18, "name": "Drama"}],
        alternative_titles={
            "titles": [
                {"iso_3166_1": "DE", "title": "Von Menschen und Pferden", "type": ""},
                {"iso_3166_1": "GB", "title": "Of Horses and Men", "type": ""},
            ]
        },
    )
    bare = film(
        22,
        imdb_id="",
        release_date="",
        runtime=0,
        poster_path=None,
        vote_count=0,
        origin_country=[],
        production_countries=[],
        genres=[],
        spoken_languages=[],
    )
    return Films([horses, bare, film(23)], ratings=[("tt3074732", 7.1, 300)])


def get(client: Client, movie_id: int, query: str = "") -> Any:
    response = client.get(URL.format(movie_id) + query)
    assert response.status_code == 200
    return response.json()


def test_it_tells_all_that_is_known(client: Client) -> None:
    answer = get(client, 21)

    assert answer.pop("weighted_rating") > 0
    assert answer.pop("availability_as_of") is not None
    del answer["home_countries"]
    assert answer.pop("few_votes") is False
    assert answer == {
        "id": 21,
        "imdb_id": "tt3074732",
        "name": "Of Horses and Men",
        "original_name": "Hross í oss",
        "year": 2013,
        "country_codes": ["IS"],
        "country_names": ["Iceland"],
        "co_production_codes": ["FI"],
        "rating": pytest.approx((6.9 * 100 + 7.1 * 300) / 400, rel=1e-14),
        "votes": 400,
        "poster_url": "https://image.tmdb.org/t/p/w500/poster.jpg",
        "release_date": "2013-08-30",
        "status": "Released",
        "runtime": 81,
        "popularity": 97.9,
        "genres": [{"id": 35, "name": "Comedy"}, {"id": 18, "name": "Drama"}],
        "original_language": {"code": "is", "name": "Icelandic"},
        "spoken_languages": [
            {"code": "is", "name": "Icelandic"},
            {"code": "sv", "name": "Swedish"},
        ],
        "origin_countries": [{"code": "IS", "name": "Iceland"}],
        "production_countries": [
            {"code": "FI", "name": "Finland"},
            {"code": "IS", "name": "Iceland"},
        ],
        "titles": ["Of Horses and Men", "Hross í oss", "Von Menschen und Pferden"],
        **NOTHING_APPENDED,
        "tmdb_rating": 6.9,
        "tmdb_votes": 100,
        "imdb_rating": 7.1,
        "imdb_votes": 300,
        "links": {
            "tmdb": "https://www.themoviedb.org/movie/21",
            "imdb": "https://www.imdb.com/title/tt3074732/",
        },
    }


def test_what_is_not_known_is_null_or_empty(client: Client) -> None:
    answer = get(client, 22)

    for key in (
        "imdb_id", "year", "rating", "weighted_rating", "poster_url", "release_date", "runtime",
        "tmdb_rating", "imdb_rating",
    ):  # fmt: skip
        assert answer[key] is None, key
    for key in ("country_codes", "genres", "spoken_languages", "origin_countries"):
        assert answer[key] == [], key
    assert (answer["votes"], answer["imdb_votes"]) == (0, 0)
    assert answer["links"]["imdb"] is None


def test_the_countries_of_its_line_are_those_of_the_lens(client: Client) -> None:
    assert get(client, 21, "?by=production")["country_codes"] == ["FI", "IS"]


def test_it_shows_the_votes_of_now(client: Client) -> None:
    ImdbRating.objects.filter(imdb_id="tt3074732").update(votes=900)
    assert get(client, 21)["votes"] == 1000


def test_a_film_that_tmdb_has_deleted_is_gone(
    client: Client, run_import: RunImport, source: Films
) -> None:
    del source.films[23]
    unlist(23)
    run_import("movies", "--ids", "23")

    response = client.get(URL.format(23))
    assert response.status_code == 410
    assert "23" in detail(response)


def test_a_film_that_has_not_been_fetched_yet_is_not_found_and_says_so(
    client: Client, run_import: RunImport, source: Films
) -> None:
    source.films[24] = film(24)
    run_import("ids")

    response = client.get(URL.format(24))
    assert response.status_code == 404
    assert "not been fetched" in detail(response)


@pytest.mark.parametrize("movie_id", ["0", "999", "2147483648", "9" * 30, "abc", "-1", "1.5"])
def test_an_unknown_film_is_not_found(client: Client, movie_id: str) -> None:
    response = client.get(URL.format(movie_id))

    assert response.status_code == 404
    assert detail(response)


def test_a_wrong_lens_is_refused_by_name(client: Client) -> None:
    response = client.get(URL.format(21) + "?by=x")
    assert (response.status_code, list(wrong(response))) == (400, ["by"])


def test_it_takes_five_queries_and_two_once_the_names_are_known(client: Client) -> None:
    counts = []
    for _ in range(2):
        bodies.clear()
        answered.clear()
        with CaptureQueriesContext(connection) as queries:
            get(client, 21)
        counts.append(len(queries))
    assert counts == [5, 2]


def test_the_film_is_read_after_its_version_where_its_answer_has_made_room(client: Client) -> None:
    before = get(client, 21)
    bodies.clear()
    with CaptureQueriesContext(connection) as queries:
        assert get(client, 21) == before
    assert len(queries) == 3
