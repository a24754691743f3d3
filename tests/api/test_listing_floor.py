"""Films with too few votes come after all others, in best/ and in one country's list."""

from typing import Any

import pytest
from django.test import Client

from tests.api.refusals import wrong
from tests.films import film
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    """Slovakia has three films that enough people have rated, and three that few have; Malta one
    that few have; Czech films are somebody else's but for one."""
    slovak = {"origin_country": ["SK"], "original_language": "sk"}
    rated = {1: (5.0, 90_000), 2: (7.0, 2_000), 3: (6.0, 50)}
    few = {4: (10.0, 1), 5: (9.0, 49), 6: (1.0, 40)}
    return Films(
        [
            *(
                film(number, vote_average=rating, vote_count=votes, **slovak)
                for number, (rating, votes) in (rated | few).items()
            ),
            film(7, vote_count=3, origin_country=["MT"]),
            film(8, origin_country=["CZ", "US"], title="The Illusionist"),
            film(9, origin_country=["CZ", "GB"], original_language="cs", vote_count=9),
        ]
    )


def listed(client: Client, query: str = "", code: str = "SK") -> list[tuple[int, bool]]:
    answer = client.get(f"/api/v1/best/{code}/{query}").json()
    return [(movie["id"], movie["few_votes"]) for movie in answer["results"]]


def head(client: Client, query: str, code: str = "SK") -> list[tuple[int, bool]]:
    countries: list[Any] = client.get(f"/api/v1/best/{query}").json()["countries"]
    [films] = [one["movies"] for one in countries if one["country_code"] == code]
    return [(movie["id"], movie["few_votes"]) for movie in films]


def test_they_come_last_in_the_same_order(client: Client) -> None:
    assert listed(client) == [(2, False), (3, False), (1, False), (5, True), (4, True), (6, True)]


def test_best_fills_up_with_them_only_where_there_are_too_few_others(client: Client) -> None:
    assert head(client, "?limit=3") == [(2, False), (3, False), (1, False)]
    assert head(client, "?limit=5") == listed(client)[:5]
    assert head(client, "?limit=3", "MT") == [(7, True)]


def test_pages_go_on_from_one_part_to_the_other(client: Client) -> None:
    pages = (listed(client, f"?limit=2&page={page}") for page in (1, 2, 3))
    assert [found for page in pages for found in page] == listed(client)


@pytest.mark.parametrize("floor", [0, 1, 50, 2_000, 10**9])
def test_another_floor_can_be_asked_for(client: Client, floor: int) -> None:
    found = listed(client, f"?min_votes={floor}")

    votes = {1: 90_000, 2: 2_000, 3: 50, 4: 1, 5: 49, 6: 40}
    assert found == [(movie_id, votes[movie_id] < floor) for movie_id, _ in found]
    plain = [movie_id for movie_id, _ in listed(client, "?min_votes=0")]
    expected = sorted(plain, key=lambda movie_id: votes[movie_id] < floor)
    assert [movie_id for movie_id, _ in found] == expected
    answer = client.get(f"/api/v1/best/SK/?min_votes={floor}").json()
    assert (answer["min_votes"], answer["count"]) == (floor, 6)


def test_it_goes_with_another_weighting_and_a_narrower_list(client: Client) -> None:
    assert listed(client, "?m=0&min_votes=41") == [
        (5, False), (2, False), (3, False), (1, False), (4, True), (6, True),
    ]  # fmt: skip
    assert listed(client, "?min_votes=60&from=1999&to=1999&genre=18")[:2] == [
        (2, False), (1, False),
    ]  # fmt: skip


def test_search_and_a_film_say_it_too(client: Client) -> None:
    found = client.get("/api/v1/search/?name=film+5").json()["results"]
    said = [(movie["id"], movie["few_votes"]) for movie in found]
    assert said[0] == (5, True)
    # The films of other numbers follow, as many as the search's time allows, each with what
    # holds for it.
    rated = {1, 2, 3, 8}
    assert said == [(number, number not in rated) for number, _ in said]
    assert client.get("/api/v1/films/4/").json()["few_votes"] is True
    assert client.get("/api/v1/films/3/").json()["few_votes"] is False


def test_a_co_production_is_its_homes_alone_unless_asked_otherwise(client: Client) -> None:
    assert listed(client, code="CZ") == [(9, True)]
    assert listed(client, "?by=origin", "CZ") == [(8, False), (9, True)]
    assert listed(client, code="US") == [(8, False)]
    assert listed(client, code="GB") == []
    [illusionist] = client.get("/api/v1/search/?name=illusionist").json()["results"]
    assert illusionist["country_codes"] == ["US"]


@pytest.mark.parametrize("name", ["CZ", "czechia", "Czech Republic", "bohemia"])
def test_a_search_takes_a_country_by_any_name(client: Client, name: str) -> None:
    query = {"name": "illusionist", "country": name}
    assert client.get("/api/v1/search/", query).json()["results"] == []
    found = client.get("/api/v1/search/", query | {"by": "origin"}).json()["results"]
    assert [movie["id"] for movie in found] == [8]


def test_a_search_tells_the_code_that_people_take_for_britains(client: Client) -> None:
    query = {"name": "illusionist", "country": "UK"}
    response = client.get("/api/v1/search/", query)

    assert response.status_code == 400
    assert "GB" in wrong(response)["country"][0]
    assert client.get("/api/v1/search/", query | {"country": "uk"}).status_code == 200


def test_a_search_finds_countries_by_name(client: Client) -> None:
    found = client.get("/api/v1/search/?name=england").json()["countries"]
    assert found == [{"code": "GB", "name": "United Kingdom"}]
    begun = client.get("/api/v1/search/?name=slov").json()["countries"]
    assert [country["code"] for country in begun] == ["SI", "SK"]
