"""GET /api/v1/best/{code}/: the whole list of one country, in pages."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.refusals import detail, wrong
from tests.films import film
from tools.sandbox.sources import Films

URL = "/api/v1/best/{}/"
KEYS = [
    "m", "c", "min_votes", "by", "country_code", "country_name", "count", "next", "previous",
    "results",
]  # fmt: skip
DOCUMENTARY = [{"id": 99, "name": "Documentary"}]

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    """25 British films of the years 1976 to 2000, a short, a Swedish-British one, a Swedish."""
    british = [
        film(
            number,
            release_date=f"{1975 + number}-06-01",
            vote_average=9 - number / 10,
            vote_count=1000 * number,
        )
        for number in range(1, 26)
    ]
    british[4]["genres"] = british[7]["genres"] = DOCUMENTARY
    british[9]["release_date"] = ""
    short = film(30, runtime=12, vote_average=9.9, vote_count=500_000)
    both = [{"iso_3166_1": "GB", "name": ""}, {"iso_3166_1": "SE", "name": ""}]
    shared = film(31, origin_country=["SE"], production_countries=both)
    unvoted = film(32, origin_country=["FI"], vote_count=0)
    return Films([*british, short, shared, unvoted])


def get(client: Client, query: str = "", code: str = "GB") -> Any:
    response = client.get(URL.format(code) + query)
    assert response.status_code == 200, response.content
    return response.json()


def ids(client: Client, query: str = "", code: str = "GB") -> list[int]:
    return [movie["id"] for movie in get(client, query, code)["results"]]


def test_the_answer_has_the_shape_that_is_promised(client: Client) -> None:
    answer = get(client)

    assert list(answer) == KEYS
    assert (answer["country_code"], answer["country_name"]) == ("GB", "United Kingdom")
    assert (answer["m"], answer["by"], answer["count"]) == (25_000, "home", 25)
    assert list(answer["results"][0])[:3] == ["rank", "id", "imdb_id"]


def test_it_goes_on_where_the_list_of_all_countries_ends(client: Client) -> None:
    [britain] = [
        country
        for country in client.get("/api/v1/best/").json()["countries"]
        if country["country_code"] == "GB"
    ]
    answer = get(client)

    assert answer["results"] == britain["movies"]
    assert answer["count"] == britain["total"]


def test_pages_follow_each_other_to_the_end(client: Client) -> None:
    found, address = [], URL.format("GB")
    while address:
        page = client.get(address).json()
        found += page["results"]
        address = page["next"]

    assert [movie["rank"] for movie in found] == list(range(1, 26))
    assert len({movie["id"] for movie in found}) == 25
    weights = [movie["weighted_rating"] for movie in found]
    assert weights == sorted(weights, reverse=True)
    assert page["previous"].endswith("?page=2")


def test_a_page_is_as_long_as_is_asked(client: Client) -> None:
    answer = get(client, "?limit=20&page=2")

    assert [movie["rank"] for movie in answer["results"]] == list(range(21, 26))
    assert "limit=20" in answer["previous"]


def test_shorts_come_when_they_are_asked_for(client: Client) -> None:
    assert ids(client, "?shorts=1")[0] == 30
    assert get(client, "?shorts=1")["count"] == 26


def test_production_countries_count_when_asked(client: Client) -> None:
    assert get(client, "?by=production")["count"] == 26
    assert ids(client, code="SE") == [31]


def test_a_genre_and_years_narrow_the_list(client: Client) -> None:
    assert sorted(ids(client, "?genre=99")) == [5, 8]
    assert sorted(ids(client, "?genre=99&from=1981")) == [8]
    assert sorted(ids(client, "?from=1984&to=1986")) == [9, 11]
    answer = get(client, "?from=1990&limit=5")
    assert (answer["count"], len(answer["results"])) == (11, 5)


@pytest.mark.parametrize(("m", "c"), [(0, 7.0), (1000, 7.0), (1_000_000, 0), (1, 10)])
def test_another_weighting_gives_another_order(client: Client, m: float, c: float) -> None:
    answer = get(client, f"?m={m}&c={c}&limit=100")

    def weight(movie: dict[str, float]) -> float:
        votes, rating = movie["votes"], movie["rating"]
        return votes / (votes + m) * rating + m / (votes + m) * c

    assert (answer["m"], answer["c"]) == (m, c)
    assert len(answer["results"]) == 25
    for movie in answer["results"]:
        assert movie["weighted_rating"] == pytest.approx(weight(movie), rel=1e-14)
    order = [(-movie["weighted_rating"], -movie["votes"]) for movie in answer["results"]]
    assert order == sorted(order)


def test_one_parameter_of_the_weighting_can_be_asked_alone(client: Client) -> None:
    usual = get(client)

    assert (get(client, "?m=5")["m"], get(client, "?m=5")["c"]) == (5, usual["c"])
    assert (get(client, "?c=5")["m"], get(client, "?c=5")["c"]) == (usual["m"], 5)
    assert get(client, f"?m={usual['m']}&c={usual['c']}") == usual | {
        "next": get(client, f"?m={usual['m']}&c={usual['c']}")["next"]
    }


def test_a_country_without_a_voted_film_has_an_empty_list(client: Client) -> None:
    answer = get(client, code="FI")
    assert (answer["count"], answer["results"], answer["next"]) == (0, [], None)


@pytest.mark.parametrize("code", ["QQ", "gb", "G", "GBR", "%00", "..", "GB'--", "ＧＢ"])
def test_an_unknown_country_is_not_found(client: Client, code: str) -> None:
    response = client.get(URL.format(code))

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/json"
    assert detail(response)


def test_the_answer_to_a_wrong_code_says_how_codes_are_written(client: Client) -> None:
    said = detail(client.get(URL.format("gb")))
    assert "'gb'" in said
    assert "capital" in said


def test_the_code_that_people_take_for_britains_is_corrected(client: Client) -> None:
    said = detail(client.get(URL.format("UK")))
    assert said == "There is no country 'UK': United Kingdom has the code GB."


@pytest.mark.parametrize(
    ("wrong_code", "hint"),
    [
        ("gb", "codes are two capital letters, as in GB."),
        ("france", "France has the code FR."),
        ("Europe", "the list of Europe is europe."),
        ("South America", "the list of South America is south-america."),
        ("zz", "codes are two capital letters, as in JP."),
    ],
)
def test_what_was_meant_is_said(client: Client, wrong_code: str, hint: str) -> None:
    said = detail(client.get(URL.format(wrong_code)))
    assert said == f"There is no country {wrong_code!r}: {hint}"


@pytest.mark.parametrize("page", [4, 999_999])
def test_a_page_behind_the_last_is_not_found(client: Client, page: int) -> None:
    response = client.get(URL.format("GB") + f"?page={page}")

    assert response.status_code == 404
    assert f"page {page}" in detail(response)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?limit=0", "limit"),
        ("?limit=101", "limit"),
        ("?page=0", "page"),
        ("?page=last", "page"),
        ("?page=99999999999999999999", "page"),
        ("?m=-1", "m"),
        ("?m=nan", "m"),
        ("?m=inf", "m"),
        ("?m=1e308", "m"),
        ("?c=NaN", "c"),
        ("?c=11", "c"),
        ("?c=-Infinity", "c"),
        ("?min_votes=-1", "min_votes"),
        ("?min_votes=1000000000000", "min_votes"),
        ("?min_votes=9.5", "min_votes"),
        ("?min_votes=", "min_votes"),
        ("?by=x", "by"),
        ("?shorts=perhaps", "shorts"),
        ("?genre=1", "genre"),
        ("?genre=drama", "genre"),
        ("?genre=99999999999999999999", "genre"),
        ("?from=0", "from"),
        ("?from=20000", "from"),
        ("?to=x", "to"),
        ("?from=2001&to=2000", "from"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(client: Client, query: str, field: str) -> None:
    response = client.get(URL.format("GB") + query)

    assert response.status_code == 400, response.content
    assert list(wrong(response)) == [field]


@pytest.mark.parametrize(
    ("query", "most"), [("", 4), ("?m=1000&c=7&page=2", 4), ("?genre=18&from=1980", 5)]
)
def test_the_number_of_queries_is_fixed(client: Client, query: str, most: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        get(client, query)
    assert len(queries) == most


def test_an_unchanged_list_is_answered_with_304(client: Client) -> None:
    etag = client.get(URL.format("GB")).headers["ETag"]
    response = client.get(URL.format("GB"), headers={"if-none-match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_a_number_that_is_written_as_a_fraction_is_the_same(client: Client) -> None:
    assert ids(client, "?limit=20.0&page=2.0") == ids(client, "?limit=20&page=2")
