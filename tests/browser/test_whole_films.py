"""A film of which all is known, its people, and what can be watched, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import (
    OpenPage,
    address,
    browser,
    go,
    heading,
    is_the_same,
    open_page,
)
from tests.browser.conftest import ServeFilms
from tests.whole_payloads import BARE, OVERVIEW, WHOLE, whole_films

__all__ = ["browser", "open_page", "site"]

FILM = f"/films/{WHOLE}/"
NARROWED = "/countries/SE/?watch=flatrate&watch_region=SE"
WIDTHS = (1360, 360)


@pytest.fixture(scope="module")
def site(serve_films: ServeFilms) -> str:
    return serve_films("whole", whole_films())


def fits(page: Page) -> bool:
    """Whether nothing is wider than the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", [FILM, f"/films/{BARE}/", "/people/301/", NARROWED])
def test_every_page_fits_and_can_be_read_by_everybody(
    open_page: OpenPage, path: str, width: int
) -> None:
    page = open_page(path, width)

    expect(heading(page)).to_be_visible()
    assert fits(page)
    for closed in page.locator("#panel details").all():
        closed.locator("summary").click()
    assert fits(page)
    assert not serious_findings(page, without="#map")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_whole_film_shows_who_made_it_and_where_to_watch_it(
    open_page: OpenPage, width: int
) -> None:
    page = open_page(FILM, width, locale="sv-SE")

    expect(page.get_by_text(OVERVIEW)).to_be_visible()
    expect(page.get_by_role("link", name="Sigrún Jónsdóttir").first).to_be_visible()
    expect(page.get_by_role("link", name="Trailer")).to_have_attribute(
        "href", "https://www.youtube.com/watch?v=Ab_c-12"
    )
    own = page.locator("[data-part=own]")
    expect(own.get_by_label("In")).to_have_value("SE")
    expect(own.locator("dl")).to_contain_text("Kinostream")
    expect(own.locator("img").first).to_have_attribute(
        "src", "https://image.tmdb.org/t/p/w92/logo-8.jpg"
    )
    expect(page.get_by_role("link", name="JustWatch")).to_be_visible()


def test_the_region_is_chosen_once(open_page: OpenPage) -> None:
    page = open_page(FILM, locale="sv-SE")
    page.locator("[data-part=own]").get_by_label("In").select_option("Norway")
    expect(page.locator("[data-part=own] dl")).to_have_text("Buy Filmhaus")

    go(page, "/countries/SE/")
    page.get_by_label("To watch").select_option("With a subscription")

    expect(page.locator("#best")).to_have_text("0 films · with a subscription in Norway")
    assert address(page) == "/countries/SE/?watch=flatrate&watch_region=NO"
    assert is_the_same(page)


def test_a_region_in_which_nobody_shows_it_says_so(open_page: OpenPage) -> None:
    page = open_page(FILM, locale="pt-BR")

    own = page.locator("[data-part=own]")
    expect(own.get_by_label("In")).to_have_value("BR")
    expect(own).to_contain_text("No service there is known to show it; below are the regions")


def test_without_a_script_all_regions_are_there(open_page: OpenPage) -> None:
    page = open_page(FILM, java_script_enabled=False)
    page.get_by_text("In 2 regions").click()

    expect(page.locator(".region")).to_have_count(2)
    expect(page.locator("[data-region=SE]")).to_contain_text("Kinostream")


def test_a_list_is_narrowed_to_what_can_be_streamed_and_goes_on(open_page: OpenPage) -> None:
    page = open_page("/countries/SE/", locale="sv-SE")
    expect(page.get_by_label("Where")).to_be_hidden()

    page.get_by_label("To watch").select_option("With a subscription")

    expect(page.locator("#best")).to_have_text("6 films · with a subscription in Sweden")
    expect(page.get_by_label("Where")).to_have_value("SE")
    expect(page.locator("#films > li")).to_have_count(6)
    page.get_by_label("To watch").select_option("Any service")
    expect(page.locator("#best")).to_have_text("The best films")
    assert address(page) == "/countries/SE/"


def test_a_search_is_narrowed_too(open_page: OpenPage) -> None:
    page = open_page("/search/?name=sommar", locale="sv-SE")
    page.get_by_label("To watch").select_option("With a subscription")
    page.locator(".search-form").get_by_role("button", name="Search").click()

    expect(page.locator(".found > li")).to_have_count(6)
    assert address(page) == "/search/?name=sommar&watch=flatrate&watch_region=SE"


def test_a_person_is_opened_from_a_film_and_leads_to_others(open_page: OpenPage) -> None:
    page = open_page(FILM)
    page.get_by_role("link", name="Sigrún Jónsdóttir").first.click()

    expect(heading(page)).to_have_text("Sigrún Jónsdóttir")
    assert address(page) == "/people/301/"
    expect(page.get_by_role("heading", level=2)).to_have_text(["Directed", "Played in"])
    page.get_by_role("link", name="Sommar 12").click()
    expect(heading(page)).to_have_text("Sommar 12")
    assert is_the_same(page)
