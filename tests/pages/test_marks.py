"""What the pages have for marks: the facts of a film, and a year's page."""

import json

import pytest
from django.test import Client

from tests.html import load
from tests.sample_films import MARKUP, sample_films
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


def test_a_film_in_a_list_has_what_the_browser_keeps_of_it(client: Client) -> None:
    [facts] = load(client, "/countries/IS/").attributes("div", "data-film")
    assert json.loads(facts) == {
        "id": 201,
        "imdb_id": "tt0000201",
        "name": "Of Horses and Men",
        "year": 2013,
        "country_codes": ["IS"],
        "co_production_codes": ["FI"],
        "rating": client.get("/api/v1/films/201/").json()["rating"],
        "poster_url": "https://image.tmdb.org/t/p/w500/poster.jpg",
    }


@pytest.mark.parametrize("address", ["/films/201/", "/search/?name=horses"])
def test_so_it_has_on_its_page_and_in_a_search(client: Client, address: str) -> None:
    facts = load(client, address).attributes("div", "data-film")
    assert [json.loads(one)["id"] for one in facts] == [201]


def test_markup_in_a_name_stays_in_its_attribute(client: Client) -> None:
    names = [
        json.loads(one)["name"]
        for one in load(client, "/countries/MT/").attributes("div", "data-film")
    ]
    assert MARKUP in names


@pytest.mark.parametrize("year", [1890, 2026])
def test_a_year_has_a_page(client: Client, year: int) -> None:
    page = load(client, f"/my-films/{year}/")
    assert f"My {year} in films" in page.text


@pytest.mark.parametrize("year", [0, 1889, 2200, 99999])
def test_a_year_of_no_films_has_none(client: Client, year: int) -> None:
    assert client.get(f"/my-films/{year}/").status_code == 404
