"""GET /api/v1/best/: the head of every country's list."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from movies.models import ImdbRating, RankingState
from tests.api.refusals import detail, wrong
from tests.conftest import RunImport
from tests.films import FILM_KEYS, film, unlist
from tools.sandbox.sources import Films

URL = "/api/v1/best/"
ICELANDIC = {
    "origin_country": ["IS"],
    "production_countries": [
        {"iso_3166_1": "FI", "name": "Finland"},
        {"iso_3166_1": "IS", "name": "Iceland"},
    ],
}


@pytest.fixture(scope="module")
def world() -> Films:
    """Twelve British films, a short of twelve minutes, an Icelandic one, one without votes."""
    british = [film(number, vote_average=9 - number / 4) for number in range(1, 13)]
    short = film(20, vote_average=9.5, runtime=12)
    icelandic = film(
        21,
        title="Of Horses and Men",
        original_title="Hross í oss",
        imdb_id="tt3074732",
        release_date="2013-08-30",
        poster_path="/horses.jpg",
        vote_average=6.9,
        vote_count=92,
        **ICELANDIC,
    )
    unknown = film(22, origin_country=["SE"], vote_count=0)
    return Films([*british, short, icelandic, unknown])


def get(client: Client, query: str = "", **headers: str) -> Any:
    response = client.get(URL + query, headers=headers)
    assert response.status_code == 200
    return response.json()


def lists(answer: Any) -> dict[str, list[int]]:
    """The ids of each country's films in their order."""
    return {
        country["country_code"]: [movie["id"] for movie in country["movies"]]
        for country in answer["countries"]
    }


@pytest.mark.usefixtures("catalogue")
class TestTheAnswer:
    def test_has_the_shape_that_is_promised(self, client: Client) -> None:
        answer = get(client)

        assert list(answer) == ["m", "c", "min_votes", "by", "updated_at", "countries"]
        assert (answer["m"], answer["min_votes"], answer["by"]) == (25_000, 50, "home")
        assert datetime.fromisoformat(answer["updated_at"]).tzinfo is not None
        for country in answer["countries"]:
            assert list(country) == ["country_code", "country_name", "total", "movies"]
            assert all(list(movie) == ["rank", *FILM_KEYS] for movie in country["movies"])

    def test_says_of_a_film_what_is_known(self, client: Client) -> None:
        answer = get(client)

        [iceland] = [best for best in answer["countries"] if best["country_code"] == "IS"]
        assert (iceland["country_name"], iceland["total"]) == ("Iceland", 1)
        [movie] = iceland["movies"]
        weighted = 92 / 25_092 * 6.9 + 25_000 / 25_092 * answer["c"]
        assert movie == {
            "rank": 1,
            "id": 21,
            "imdb_id": "tt3074732",
            "name": "Of Horses and Men",
            "original_name": "Hross í oss",
            "year": 2013,
            "country_codes": ["IS"],
            "country_names": ["Iceland"],
            "co_production_codes": ["FI"],
            "rating": 6.9,
            "votes": 92,
            "weighted_rating": pytest.approx(weighted, rel=1e-15),
            "few_votes": False,
            "poster_url": "https://image.tmdb.org/t/p/w500/horses.jpg",
        }

    def test_has_the_ten_best_of_each_country_without_shorts(self, client: Client) -> None:
        answer = get(client)

        assert lists(answer) == {"IS": [21], "GB": list(range(1, 11))}
        for country in answer["countries"]:
            ranks = [movie["rank"] for movie in country["movies"]]
            assert ranks == list(range(1, len(ranks) + 1))
        assert [country["total"] for country in answer["countries"]] == [1, 12]

    def test_has_countries_by_their_names(self, client: Client) -> None:
        names = [country["country_name"] for country in get(client)["countries"]]
        assert names == ["Iceland", "United Kingdom"]

    def test_leaves_out_countries_without_a_voted_film(self, client: Client) -> None:
        assert "SE" not in lists(get(client))

    def test_is_shorter_with_a_limit(self, client: Client) -> None:
        assert lists(get(client, "?limit=3")) == {"IS": [21], "GB": [1, 2, 3]}

    def test_takes_shorts_when_asked(self, client: Client) -> None:
        answer = get(client, "?shorts=1&limit=2")

        assert lists(answer) == {"IS": [21], "GB": [20, 1]}
        assert [country["total"] for country in answer["countries"]] == [1, 13]

    def test_takes_every_production_country_when_asked(self, client: Client) -> None:
        answer = get(client, "?by=production&limit=1")

        assert answer["by"] == "production"
        assert lists(answer) == {"FI": [21], "IS": [21], "GB": [1]}
        [movie] = answer["countries"][0]["movies"]
        assert (movie["country_codes"], movie["country_names"]) == (
            ["FI", "IS"],
            ["Finland", "Iceland"],
        )

    def test_is_json_whatever_a_browser_says_it_takes(self, client: Client) -> None:
        response = client.get(URL, headers={"accept": "text/html,*/*;q=0.8"})
        assert response.headers["Content-Type"] == "application/json"

    @pytest.mark.parametrize("query", ["", "?by=production&shorts=1&limit=10"])
    def test_takes_four_queries(self, client: Client, query: str) -> None:
        with CaptureQueriesContext(connection) as queries:
            get(client, query)
        assert len(queries) == 4


def test_films_of_the_same_weight_are_in_the_order_of_votes_and_ids(
    run_import: RunImport, source: Films, client: Client, settings: Settings
) -> None:
    settings.RATING_MIN_VOTES = settings.RATING_MIN_LISTED = 0
    rated = {3: (6.0, 10), 1: (6.0, 10), 2: (6.0, 90), 5: (9.0, 1), 4: (3.0, 1)}
    source.films = {
        number: film(number, vote_average=rating, vote_count=votes)
        for number, (rating, votes) in rated.items()
    }
    run_import("daily")

    for limit in range(1, 6):
        assert lists(get(client, f"?limit={limit}")) == {"GB": [5, 2, 1, 3, 4][:limit]}
    answer = get(client)
    weights = [movie["weighted_rating"] for movie in answer["countries"][0]["movies"]]
    assert weights == [9.0, 6.0, 6.0, 6.0, 3.0]


def test_what_tmdb_does_not_know_is_null(
    run_import: RunImport, source: Films, client: Client
) -> None:
    unknown = {"imdb_id": "", "release_date": "", "poster_path": None}
    source.films = {1: film(1, **unknown)}
    run_import("daily")

    [country] = get(client)["countries"]
    [movie] = country["movies"]
    assert [movie[key] for key in ("imdb_id", "year", "poster_url")] == [None] * 3


def test_imdbs_votes_count(
    run_import: RunImport, source: Films, client: Client, transactional_db: None
) -> None:
    ImdbRating.objects.create(imdb_id="tt0000012", rating=9.9, votes=1_000_000)
    run_import("daily")

    [movie] = get(client, "?limit=1")["countries"][1]["movies"]
    assert (movie["id"], movie["votes"]) == (12, 1_000_100)
    assert movie["rating"] == pytest.approx((6.0 * 100 + 9.9 * 1_000_000) / 1_000_100, rel=1e-14)


def test_a_former_state_has_a_list_of_its_own(
    run_import: RunImport, source: Films, client: Client
) -> None:
    soviet = {"origin_country": ["SU"], "production_countries": []}
    source.films = {1: film(1, **soviet), 2: film(2, origin_country=["RU"])}
    run_import("daily")

    answer = get(client)
    assert lists(answer) == {"RU": [2], "SU": [1]}
    assert [country["country_name"] for country in answer["countries"]] == [
        "Russia",
        "Soviet Union",
    ]


@pytest.mark.django_db
def test_before_the_first_ranking_there_is_nothing(client: Client) -> None:
    nothing: dict[str, Any] = {
        "m": None,
        "c": None,
        "min_votes": None,
        "by": "home",
        "updated_at": None,
        "countries": [],
    }
    assert get(client) == nothing


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?limit=0", "limit"),
        ("?limit=11", "limit"),
        ("?limit=-1", "limit"),
        ("?limit=ten", "limit"),
        ("?limit=1.5", "limit"),
        ("?limit=" + "9" * 5000, "limit"),
        ("?by=x", "by"),
        ("?by=ORIGIN", "by"),
        ("?by=%00", "by"),
        ("?by=origin%27%3B--", "by"),
        ("?shorts=perhaps", "shorts"),
        ("?shorts=2", "shorts"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(client: Client, query: str, field: str) -> None:
    response = client.get(URL + query)

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/json"
    assert list(wrong(response)) == [field]
    assert wrong(response)[field]


@pytest.mark.django_db
def test_every_wrong_parameter_is_named(client: Client) -> None:
    response = client.get(URL + "?limit=0&by=x&shorts=perhaps")
    assert set(wrong(response)) == {"limit", "by", "shorts"}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_can_only_be_read(client: Client, method: str) -> None:
    response = getattr(client, method)(URL)

    assert response.status_code == 405
    assert detail(response)


@pytest.mark.django_db
def test_a_format_that_there_is_not_is_refused_in_json(client: Client) -> None:
    response = client.get(URL, headers={"accept": "text/html"})

    assert response.status_code == 406
    assert detail(response)


@pytest.mark.usefixtures("catalogue")
class TestTheETag:
    def test_is_weak_and_answered_with_304(self, client: Client) -> None:
        first = client.get(URL)
        assert first.headers["ETag"].startswith('W/"')
        assert "Last-Modified" not in first.headers

        with CaptureQueriesContext(connection) as queries:
            second = client.get(URL, headers={"if-none-match": first.headers["ETag"]})

        assert (second.status_code, second.content) == (304, b"")
        assert second.headers["ETag"] == first.headers["ETag"]
        assert len(queries) == 1

    def test_of_another_version_is_answered_in_full(self, client: Client) -> None:
        assert lists(get(client, **{"if-none-match": 'W/"another"'}))

    def test_is_another_after_a_ranking(self, client: Client, run_import: RunImport) -> None:
        before = client.get(URL).headers["ETag"]
        run_import("ranking")

        response = client.get(URL, headers={"if-none-match": before})
        assert response.status_code == 200
        assert response.headers["ETag"] != before

    def test_is_another_in_another_database_of_as_many_rankings(
        self, client: Client, run_import: RunImport
    ) -> None:
        before = client.get(URL).headers["ETag"]
        version = RankingState.current().version
        RankingState.objects.all().delete()
        run_import("ranking")
        RankingState.objects.update(version=version)

        assert client.get(URL).headers["ETag"] != before

    def test_is_another_when_a_film_is_gone_and_so_is_the_film(
        self, client: Client, run_import: RunImport, source: Films
    ) -> None:
        before = client.get(URL).headers["ETag"]
        del source.films[2]
        unlist(2)
        run_import("movies", "--ids", "2")

        response = client.get(URL, headers={"if-none-match": before})
        assert response.headers["ETag"] != before
        assert lists(response.json())["GB"] == [1, *range(3, 12)]
        assert response.json()["countries"][1]["total"] == 11


def test_a_wrong_question_is_not_answered_with_not_modified(
    client: Client, run_import: RunImport
) -> None:
    run_import("daily")
    known = {"if-none-match": client.get(URL).headers["ETag"]}

    assert client.get(URL, headers=known).status_code == 304
    assert client.get(f"{URL}?limit=0", headers=known).status_code == 400
    assert client.get(URL, headers={**known, "accept": "text/html"}).status_code == 406
    assert client.get(URL, headers={**known, "accept": "text/csv"}).status_code == 200
    assert client.post(URL, headers=known).status_code == 405
