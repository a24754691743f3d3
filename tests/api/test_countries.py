"""GET /api/v1/countries/ and /api/v1/genres/: what films can be asked by."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from movies.models import Country, RankingState
from tests.api.refusals import detail, wrong
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.sources import Films

URL = "/api/v1/countries/"

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    soviet = {"origin_country": ["SU"], "production_countries": []}
    return Films([film(1), film(2, vote_count=0), film(3, **soviet), film(4, runtime=5)])


def get(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(URL + query)
    assert response.status_code == 200
    return {country["code"]: country for country in response.json()}


def test_a_country_has_the_number_of_its_films(client: Client) -> None:
    assert get(client)["GB"] == {
        "code": "GB",
        "name": "United Kingdom",
        "continent": "Europe",
        "is_current": True,
        "successors": [],
        "movies": 3,
        "rated": 2,
        "films_by_decade": {"1990": 3},
        "neighbours": ["IE"],
        "home": {"movies": 3, "rated": 2},
    }


def test_one_country_is_as_in_the_list(client: Client) -> None:
    assert client.get(URL + "GB/").json() == get(client)["GB"]
    assert client.get(URL + "SU/?by=production").json() == get(client, "?by=production")["SU"]
    missing = client.get(URL + "UK/")
    assert (missing.status_code, "GB" in detail(missing)) == (404, True)
    assert client.get(URL + "GB/?by=x").status_code == 400


@pytest.mark.parametrize("code", ["%00", "a%00b", "%F0%9F%8E%AC", "%ED%A0%80", "G" * 4_000])
def test_what_can_be_no_code_is_not_found(client: Client, code: str) -> None:
    missing = client.get(f"{URL}{code}/")
    assert (missing.status_code, "codes are" in detail(missing)) == (404, True)


def test_the_films_that_a_country_calls_its_own_are_told_through_every_lens(
    client: Client,
) -> None:
    soviet = get(client, "?by=production")["SU"]

    assert (soviet["movies"], soviet["home"]) == (0, {"movies": 1, "rated": 1})
    assert soviet["neighbours"] == []


def test_neighbours_are_countries_that_are_neighbours_too(client: Client) -> None:
    countries = get(client)

    assert countries["CH"]["neighbours"] == ["AT", "DE", "FR", "IT", "LI"]
    assert countries["JP"]["neighbours"][0] == "KR"
    for code, country in countries.items():
        assert set(country["neighbours"]) < countries.keys(), code
        if country["is_current"]:
            assert country["neighbours"], code


def test_a_former_state_says_what_it_became(client: Client) -> None:
    soviet = get(client)["SU"]

    assert (soviet["is_current"], soviet["rated"]) == (False, 1)
    assert {"GE", "LV", "RU", "UA"} < set(soviet["successors"])
    assert get(client, "?by=production")["SU"]["movies"] == 0


def test_every_country_is_there_with_or_without_films(client: Client) -> None:
    countries = get(client)

    assert len(countries) > 240
    assert (countries["TV"]["movies"], countries["TV"]["rated"]) == (0, 0)
    names = [country["name"] for country in client.get(URL).json()]
    assert names.index("Algeria") < names.index("Japan") < names.index("Zimbabwe")


def test_a_wrong_lens_is_refused_by_name(client: Client) -> None:
    response = client.get(URL + "?by=x")
    assert (response.status_code, list(wrong(response))) == (400, ["by"])


def test_it_takes_two_queries_and_unchanged_one(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        etag = client.get(URL).headers["ETag"]
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        assert client.get(URL, headers={"if-none-match": etag}).status_code == 304
    assert len(queries) == 1


def test_new_names_are_seen_by_who_has_the_former_ones(
    client: Client, run_import: RunImport
) -> None:
    known = {"if-none-match": client.get(URL).headers["ETag"]}
    Country.objects.filter(code="JP").update(name="Nippon")
    run_import("reference")

    assert client.get(URL, headers=known).status_code == 200
    assert get(client)["JP"]["name"] == "Japan"


def test_before_a_ranking_nobody_is_told_that_nothing_has_changed(
    client: Client, run_import: RunImport
) -> None:
    RankingState.objects.all().delete()
    Country.objects.all().delete()
    empty = client.get(URL)
    run_import("reference")

    assert (empty.json(), empty.headers.get("ETag")) == ([], None)
    assert len(client.get(URL, headers={"if-none-match": "*"}).json()) > 240


def test_genres_have_tmdbs_numbers(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        genres = client.get("/api/v1/genres/").json()

    assert {"id": 18, "name": "Drama"} in genres
    assert [genre["name"] for genre in genres] == sorted(genre["name"] for genre in genres)
    assert len(queries) == 1
