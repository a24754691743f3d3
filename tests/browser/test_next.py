"""/next/ in a browser: what to see of the countries that are still missing."""

from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import POSTERS, OpenPage, browser, expect_on_the_map, open_page
from tests.browser.own_films import (
    BOLD,
    imdb_ratings,
    imdb_watchlist,
    rated,
    ready,
    seen,
    site,
    upload,
)

__all__ = ["browser", "open_page", "site"]

NEXT = "/next/"
BEST = "**/api/v1/best/**"


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page(NEXT)


def add(page: Page, *numbers: int, wanted: tuple[int, ...] = ()) -> None:
    ready(page)
    page.get_by_role("link", name="My films", exact=True).click()
    upload(page, "ratings.csv", imdb_ratings(*map(rated, numbers)))
    expect(page.locator(".files-table tbody tr")).to_have_count(1)
    if wanted:
        upload(page, "list.csv", imdb_watchlist(*(f"tt{number:07}" for number in wanted)))
        expect(page.locator(".files-table tbody tr")).to_have_count(2)


def go_next(page: Page) -> None:
    page.get_by_role("link", name="Next", exact=True).click()


def continent(page: Page, name: str) -> Locator:
    return page.locator(".continent").filter(has=page.get_by_role("heading", name=name))


def films(page: Page, country: str) -> list[str]:
    section = page.locator(".to-see").filter(has=page.get_by_role("heading", name=country))
    expect(section).to_be_visible()
    return section.locator("li a").all_text_contents()


def test_countries_not_yet_seen_have_their_best_three_by_continent(page: Page) -> None:
    add(page, 1, 3)
    go_next(page)

    expect(page.locator("#panel")).to_contain_text("3 of 5 countries are still to be seen.")
    expect(page.locator(".continent > summary")).to_have_text(
        ["Africa 2 of 2 countries to see", "Europe 1 of 2 countries to see"]
    )
    assert films(page, "Senegal") == ["Black Girl", "Mandabi", "Hyenas"]
    assert films(page, "Kenya") == ["Rafiki"]
    continent(page, "Europe").locator("summary").click()
    assert films(page, "Iceland") == [BOLD]


def test_what_is_wanted_comes_first_and_is_marked(page: Page) -> None:
    add(page, 1, wanted=(6,))
    go_next(page)

    assert films(page, "Senegal") == ["Touki Bouki", "Black Girl", "Mandabi"]
    assert page.locator(".to-see .badge").all_inner_texts() == ["on your list"]


def test_without_films_it_works_from_all_countries_and_says_so(page: Page) -> None:
    expect(page.locator("#panel")).to_contain_text("All 5 countries are here")
    expect(page.locator(".continent > summary")).to_have_count(3)
    page.get_by_role("link", name="Add your films").click()
    expect(page.get_by_role("heading", name="My films", level=1)).to_be_visible()


def test_a_surprise_is_an_unseen_country_with_its_best_film_said_and_shown_on_the_map(
    page: Page,
) -> None:
    add(page, 1, 3, 5, 10)  # Senegal alone is left
    go_next(page)

    page.get_by_role("button", name="Surprise me").click()

    surprise = page.locator(".surprise")
    expect(surprise.get_by_role("heading", name="Senegal")).to_be_focused()
    expect(surprise.locator(".film-card a")).to_have_text("Black Girl")
    expect(page.locator("#announcements")).to_have_text("Senegal: Black Girl, 1999.")
    expect_on_the_map(page, "SN")


def test_a_surprise_is_another_one_each_time(page: Page) -> None:
    heading = page.locator(".surprise h2")
    names = []
    for _ in range(4):
        page.get_by_role("button", name="Surprise me").click()
        names.append(heading.inner_text())

    assert all(one != following for one, following in pairwise(names))


def test_who_has_seen_every_country_is_told(page: Page) -> None:
    add(page, 1, 3, 5, 6, 10)
    seen(page, "5 of 5 countries, 5 films")
    go_next(page)

    expect(page.get_by_role("heading", name="You have seen every country!")).to_be_visible()
    expect(page.get_by_role("button", name="Surprise me")).to_have_count(0)


def test_a_failing_server_is_said_to_fail_and_asked_again(page: Page) -> None:
    page.route(BEST, lambda route: route.fulfill(status=503))
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("There are no films to suggest yet.")

    page.unroute(BEST)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".continent")).to_have_count(3)


def test_without_a_poster_the_name_stands_in(page: Page) -> None:
    page.route(POSTERS, lambda route: route.abort())
    page.reload()
    continent(page, "Asia").locator("summary").click()
    cards = continent(page, "Asia").locator(".film-card")

    expect(cards.locator("img")).to_have_count(0)  # one has none, the other's does not come
    expect(cards.locator(".stand-in")).to_have_text(["Ran", "Tokyo Story"])


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_of_the_window(open_page: OpenPage, width: int) -> None:
    page = open_page(NEXT, width)
    page.get_by_role("button", name="Surprise me").click()

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_it_says_what_is_missing(open_page: OpenPage) -> None:
    page = open_page(NEXT, java_script_enabled=False)

    expect(page.locator("#panel .note")).to_contain_text("This page needs JavaScript")


@pytest.mark.parametrize("width", [360, 1280])
def test_no_state_has_serious_accessibility_findings(open_page: OpenPage, width: int) -> None:
    page = open_page(NEXT, width)
    expect(page.locator(".continent")).to_have_count(3)
    assert serious_findings(page, without="#map") == []

    page.get_by_role("button", name="Surprise me").click()
    assert serious_findings(page, without="#map") == []

    add(page, 1, 3, 5, 6, 10)
    go_next(page)
    expect(page.get_by_role("heading", name="You have seen every country!")).to_be_visible()
    assert serious_findings(page, without="#map") == []
