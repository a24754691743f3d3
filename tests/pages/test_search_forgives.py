"""/search/ for misspelt names, for places and genres, and for times without a film."""

import pytest
from django.test import Client

from tests.films import film
from tests.html import Page, load
from tests.sample_films import made_in
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")

HORROR, COMEDY = 27, 35


def by(number: int, name: str) -> dict[str, object]:
    return {"cast": [], "crew": [{"id": number, "name": name, "job": "Director"}]}


@pytest.fixture(scope="module")
def world() -> Films:
    """Two directors, films of three countries, two genres, and a co-production of Chad's."""
    horror = [{"id": HORROR, "name": "Horror"}]
    comedy = [{"id": COMEDY, "name": "Comedy"}]
    return Films(
        [
            film(1, title="Pulp", credits=by(1, "Quentin Tarantino"), **made_in("US", "USA")),
            film(2, title="The Shining", genres=horror, credits=by(2, "Stanley Kubrick")),
            film(3, title="Playtime", genres=comedy, **made_in("FR", "France")),
            film(4, title="Suspiria", genres=horror, release_date="1977-02-01",
                 **made_in("IT", "Italy")),
            film(5, title="Abouna", origin_country=["FR"], original_language="fr",
                 release_date="1955-01-01",
                 production_countries=[{"iso_3166_1": "TD", "name": "Chad"}]),
            film(6, title="Spirited Away", release_date="2001-07-20", **made_in("JP", "Japan")),
            film(7, title="Tokyo Story", release_date="1953-11-03", **made_in("JP", "Japan")),
            film(8, title="Africa"),
            film(9, title="Horror Express"),
        ]
    )  # fmt: skip


def films(page: Page) -> list[int]:
    """Those of the list, by id."""
    found = (values.get("data-film-id") for _, values in page.elements)
    return [int(number) for number in found if number]


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("swizerland", "/countries/CH/"),
        ("fance", "/countries/FR/"),
        ("itlay", "/countries/IT/"),
        ("tarantno", "/people/1/"),
        ("quentin tarentino", "/people/1/"),
        ("kubrik", "/people/2/"),
        ("stanly kubrik", "/people/2/"),
        ("spirted awy", "/films/6/"),
    ],
)
def test_the_nearest_names_are_found_and_it_says_that_they_are(
    client: Client, typed: str, link: str
) -> None:
    page = load(client, f"/search/?name={typed}")

    assert link in page.links
    assert f"Nothing is called “ {typed} ”. The nearest names:" in page.text


@pytest.mark.parametrize("typed", ["spirited away", "france", "kubrick", "tokyo sto"])
def test_what_is_called_so_is_no_guess(client: Client, typed: str) -> None:
    assert "Nothing is called" not in load(client, f"/search/?name={typed}").text


def test_headings_say_what_is_listed(client: Client) -> None:
    assert "Films called “ spirited ”" in load(client, "/search/?name=spirited").text
    page = load(client, "/search/?name=kubrick")
    assert "Films called" not in page.text
    assert {"People", "Films", "Stanley Kubrick"} <= set(page.texts)
    assert films(page) == [2]
    page = load(client, "/search/?name=fance")
    assert "Country" in page.texts


def test_an_article_is_no_beginning_of_countries_and_people(client: Client) -> None:
    page = load(client, "/search/?name=the")

    assert not {"/countries/BS/", "/countries/NL/"} & set(page.links)
    assert "/films/2/" in page.links


def test_a_continent_has_its_films_and_those_that_are_called_so(client: Client) -> None:
    page = load(client, "/search/?name=asia")
    assert "Films from Asia" in page.texts
    assert sorted(films(page)) == [6, 7]
    assert "/continents/asia/" in page.links
    assert "/films/8/" in load(client, "/search/?name=africa").links


def test_a_genre_is_offered_beside_titles_and_listed_where_films_are_asked_for(
    client: Client,
) -> None:
    page = load(client, "/search/?name=horror")
    assert films(page) == [9]
    assert "/search/?name=horror+films" in page.links

    page = load(client, "/search/?name=horror+films")
    assert "Horror films" in page.texts
    assert sorted(films(page)) == [2, 4]


def test_a_genre_that_no_title_is_called_is_listed_at_once(client: Client) -> None:
    page = load(client, "/search/?name=comedy")
    assert "Comedy films" in page.texts
    assert films(page) == [3]


@pytest.mark.parametrize(
    ("typed", "heading", "listed"),
    [
        ("french comedy", "Comedy films from France", [3]),
        ("italian horror 1970s", "Horror films from Italy, 1970s", [4]),
        ("japanese films", "Films from Japan", [6, 7]),
        ("european horror", "Horror films from Europe", [2, 4]),
    ],
)
def test_a_genre_a_country_and_a_time_are_understood(
    client: Client, typed: str, heading: str, listed: list[int]
) -> None:
    page = load(client, f"/search/?name={typed}")

    assert heading in page.texts
    assert sorted(films(page)) == listed


def test_a_time_without_films_leads_to_those_that_have_some(client: Client) -> None:
    page = load(client, "/search/?name=japan+1970s")

    assert "No rated film from Japan, 1970s is in the catalogue." in page.text
    assert "There are some of the 1950s (1) and 2000s (1) ." in page.text
    assert {"/countries/JP/?decade=1950", "/countries/JP/?decade=2000"} <= set(page.links)


def test_a_country_with_co_productions_alone_shows_them(client: Client) -> None:
    page = load(client, "/search/?name=chad")

    assert films(page) == [5]
    assert "1 co-production, the best first." in page.texts
    assert "No rated film from Chad" not in page.text
    assert page.links.count("/countries/TD/") == 1


def test_somebody_is_found_beside_a_time(client: Client) -> None:
    assert "/people/2/" in load(client, "/search/?name=kubrick+1980s").links


def test_there_is_one_field_for_the_name(client: Client) -> None:
    page = load(client, "/search/?name=spirited")

    names = [found for tag, found in page.elements if found.get("name") == "name"]
    assert [found.get("type") for found in names] == ["search", "hidden"]
