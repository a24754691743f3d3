"""/search/: what the search box leads to."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.html import Page, load
from tests.sample_films import sample_films
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


def test_it_shows_the_films_and_the_title_that_matched(client: Client) -> None:
    page = load(client, "/search/?name=von+menschen")

    assert "Films called “ von menschen ”" in page.text
    assert "/films/201/" in page.links
    assert "also known as “ Von Menschen ”" in page.text
    assert "2013 · Iceland" in page.texts
    assert page.attributes("input", "value").count("von menschen") == 2


def test_year_and_country_narrow_it(client: Client) -> None:
    page = load(client, "/search/?name=tokyo&year=1954&country=JP")
    assert len([link for link in page.links if link.startswith("/films/")]) == 5

    page = load(client, "/search/?name=tokyo&year=1954&country=SE")
    assert "No film is known by this name there and then." in page.texts
    assert "/search/?name=tokyo" in page.links


@pytest.mark.parametrize("country", ["nippon", "Japan", "JP"])
def test_a_country_in_the_address_may_be_a_name(client: Client, country: str) -> None:
    page = load(client, f"/search/?name=tokyo&year=1954&country={country}")

    assert len([link for link in page.links if link.startswith("/films/")]) == 5


def test_the_code_that_people_take_for_britains_is_corrected(client: Client) -> None:
    page = load(client, "/search/?name=tokyo&country=UK")

    assert "There is no country “UK”: United Kingdom has the code GB." in page.texts


def test_countries_of_that_name_are_linked(client: Client) -> None:
    page = load(client, "/search/?name=nippon")

    assert "/countries/JP/" in page.links
    assert "/countries/JP/" not in load(client, "/search/?name=tokyo").links


def test_nothing_found_says_so(client: Client) -> None:
    assert "No film is known by this name." in load(client, "/search/?name=zzzzzz").text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("name=", "This field is required."),
        ("name=%3F%21", "A name has at least a letter or a digit."),
        (f"name={'x' * 201}", "No film has a name as long as that."),
        ("name=tokyo&year=soon", "A year is a number, as in 1957."),
        ("name=tokyo&country=ZZ", "There is no such country."),
        ("name=a%00b", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_searched_by_is_said_beside_it(
    client: Client, query: str, words: str
) -> None:
    page = load(client, f"/search/?{query}")

    assert words in page.texts
    assert not [link for link in page.links if link.startswith("/films/")]


def test_without_a_name_it_asks_for_one(client: Client) -> None:
    page = load(client, "/search/")

    assert "This field is required." not in page.texts
    assert any("will do, accents left out" in text for text in page.texts)


def test_who_asks_too_often_is_told_when_to_come_again(client: Client, settings: Settings) -> None:
    settings.API_RATE = "2/minute"
    for _ in range(2):
        load(client, "/search/?name=tokyo")
    refused = client.get("/search/?name=tokyo")

    seconds = int(refused.headers["Retry-After"])
    assert refused.status_code == 429
    assert 0 < seconds <= 60
    page = Page(refused.content.decode())
    assert "Too many requests" in page.texts
    assert f"They came from your address. Try again in {seconds} seconds." in page.texts


def test_there_can_be_no_limit(client: Client, settings: Settings) -> None:
    settings.API_RATE = ""
    assert {client.get("/search/").status_code for _ in range(20)} == {200}
