"""/continents/{name}/: the best films of a continent, and its countries."""

import re

import pytest
from django.test import Client

from tests.html import load
from tests.sample_films import sample_films
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


def test_it_has_the_best_films_and_the_countries_by_their_number(client: Client) -> None:
    page = load(client, "/continents/europe/")

    assert "Europe · World in Movies" in page.texts
    assert "/films/201/" in page.links
    assert "/films/101/" not in page.links
    assert "2013 · Iceland" in page.texts
    # Former states are there, too, and those with most films come first.
    countries = [link for link in page.links if link.startswith("/countries/")]
    assert countries[:2] == ["/countries/SU/", "/countries/MT/"]
    assert page.text.index("Co-productions only:") < page.text.index("Finland")
    assert "SU" not in str(page.countries)


@pytest.mark.parametrize("name", ["asia", "europe"])
def test_it_counts_as_the_first_page_does(client: Client, name: str) -> None:
    """Today's countries alone; former states stand apart."""
    home = load(client, "/").text
    page = load(client, f"/continents/{name}/").text
    found = re.search(r"([\d,]+) rated films? from (\d+) countr(?:y|ies)", page)

    assert found, page
    films, countries = found.groups()
    words = rf"{name.title()} {countries} countr(y|ies), {films} rated films?\b"
    assert re.search(words, " ".join(home.split()))


def test_former_states_are_counted_apart(client: Client) -> None:
    assert "from 1 former state" in load(client, "/continents/europe/").text


def test_it_goes_on(client: Client) -> None:
    first = load(client, "/continents/asia/")

    assert "25 rated films from 1 country" in first.texts
    assert "?page=2" in first.links
    assert "/films/111/" in load(client, "/continents/asia/?page=2").links
    load(client, "/continents/asia/?page=4", 404)


def test_the_first_page_leads_to_it(client: Client) -> None:
    links = load(client, "/").links
    assert {"/continents/asia/", "/continents/europe/"} <= set(links)


def test_one_without_a_film_says_so(client: Client) -> None:
    page = load(client, "/continents/antarctica/")

    assert "No rated film" in page.texts
    assert "/countries/AQ/" in page.links


@pytest.mark.parametrize("name", ["atlantis", "world", "Asia", "%00"])
def test_there_is_no_other(client: Client, name: str) -> None:
    assert "There is no continent" in load(client, f"/continents/{name}/", 404).text
