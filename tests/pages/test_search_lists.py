"""/search/ for a country, a time or both, and results that go on."""

import pytest
from django.test import Client

from tests.films import film
from tests.html import Page, load
from tests.sample_films import made_in
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")

CREW = {"cast": [], "crew": [{"id": 1, "name": "Chantal Akerman", "job": "Director"}]}


@pytest.fixture(scope="module")
def world() -> Films:
    """Seventy Brazilian films, fifty of them of 1960, a Chilean one of 1960, and one that is
    called as the year."""
    return Films(
        [
            *(
                film(
                    number,
                    title=f"Sunrise {number}",
                    vote_average=9 - number / 100,
                    release_date="1960-01-01" if number <= 50 else "1975-01-01",
                    **made_in("BR", "Brazil"),
                )
                for number in range(1, 71)
            ),
            film(80, title="Valparaíso", release_date="1960-02-02", **made_in("CL", "Chile")),
            film(81, title="1960", release_date="2010-02-02", credits=CREW),
            film(82, title="Brazil", release_date="1985-02-02"),
        ]
    )


def films(page: Page) -> list[int]:
    """Those of the list, by id."""
    found = (values.get("data-film-id") for _, values in page.elements)
    return [int(number) for number in found if number]


def test_a_country_and_a_decade_have_their_films_listed(client: Client) -> None:
    page = load(client, "/search/?name=Brazil+1970s")

    assert films(page) == list(range(51, 71))
    assert "Films from Brazil, 1970s" in page.texts
    assert "20 rated films, the best first." in page.texts
    assert "/countries/BR/?decade=1970" in page.links
    assert page.countries == "BR"
    assert "Films called so:" not in page.text


def test_a_year_alone_has_the_films_of_all_countries_and_what_is_called_so(
    client: Client,
) -> None:
    page = load(client, "/search/?name=1960")

    assert films(page) == list(range(1, 31))
    assert "Films of 1960" in page.texts
    assert "/films/81/" in page.links
    second = load(client, "/search/?name=1960&page=2")
    assert films(second) == [*range(31, 51), 80]
    assert films(load(client, "/search/?name=&year=1960")) == list(range(1, 31))


def test_titles_alone_can_be_asked_for(client: Client) -> None:
    page = load(client, "/search/?name=brazil")
    assert films(page) == list(range(1, 31))
    assert "/search/?name=brazil&titles=on" in page.links

    assert films(load(client, "/search/?name=brazil&titles=on"))[0] == 82


def test_a_country_alone_is_enough(client: Client) -> None:
    assert films(load(client, "/search/?name=&country=Chile")) == [80]
    assert films(load(client, "/search/?country=CL&year=1960")) == [80]
    page = load(client, "/search/?country=CL&year=1961")
    assert "No rated film from Chile, 1961 is in the catalogue." in page.text
    assert "/countries/CL/" in page.links


def test_results_go_on_beyond_thirty(client: Client) -> None:
    first = load(client, "/search/?name=sunrise")
    second = load(client, "/search/?name=sunrise&page=2")
    third = load(client, "/search/?name=sunrise&page=3")

    assert "/search/?name=sunrise&page=2" in first.links
    assert (len(films(first)), len(films(second)), len(films(third))) == (30, 30, 10)
    assert sorted(films(first) + films(second) + films(third)) == list(range(1, 71))
    assert not [link for link in third.links if "page=4" in link]
    assert "That was all that is called so." in load(client, "/search/?name=sunrise&page=9").text


@pytest.mark.parametrize("page", ["x", "0", "-1", "%00", "9" * 30])
def test_a_page_that_there_cannot_be_is_the_first(client: Client, page: str) -> None:
    assert len(films(load(client, f"/search/?name=sunrise&page={page}"))) == 30
    assert films(load(client, f"/search/?name=&page={page}")) == []


def test_people_are_found_beside_films(client: Client) -> None:
    assert "/people/1/" in load(client, "/search/?name=akerman").links
