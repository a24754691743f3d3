"""What somebody's films are marked as, changed in the tables of My films: of films that are
there, and of rows that no film was found for."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, browser, open_page
from tests.browser.own_films import (
    KEY,
    MY_FILMS,
    RATINGS,
    country,
    imdb_watchlist,
    page,
    ready,
    seen,
    site,
    upload,
)
from tests.browser.test_settling import open_dialog, rows
from tools.benchmarks.pages import own_films

__all__ = ["browser", "open_page", "page", "rows", "site"]


@pytest.fixture
def sweden(page: Page) -> Locator:
    upload(page, "ratings.csv", RATINGS)
    country(page, "Sweden").locator("summary").click()
    expect(country(page, "Sweden").locator("tbody tr")).to_have_count(2)
    return country(page, "Sweden")


def own(place: Locator, film: str) -> Locator:
    """What opens the marks of a film in a table."""
    return place.get_by_role("button", name=f"change your marks of {film}")


def test_a_rating_is_changed_where_it_stands_by_keyboard_alone(
    page: Page, sweden: Locator
) -> None:
    own(sweden, "Persona").focus()
    page.keyboard.press("Enter")
    expect(own(sweden, "Persona")).to_have_attribute("aria-expanded", "true")
    rating = sweden.get_by_label("Your rating")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(rating).to_be_focused()
    expect(rating).to_have_value("6")
    page.keyboard.press("ArrowUp")

    expect(own(sweden, "Persona")).to_have_text("7")
    expect(rating).to_have_value("7")
    expect(rating).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(own(sweden, "Persona")).to_be_focused()
    page.keyboard.press("Enter")
    expect(rating).to_have_count(0)
    expect(own(sweden, "Persona")).to_be_focused()


def test_a_table_is_sorted_by_what_its_head_says(page: Page, sweden: Locator) -> None:
    films = sweden.locator("tbody th")
    expect(films).to_have_text(["The Seventh Seal", "Persona"])
    sweden.get_by_role("button", name="Film", exact=True).click()
    expect(films).to_have_text(["Persona", "The Seventh Seal"])
    expect(sweden.get_by_role("button", name="Film", exact=True)).to_be_focused()
    expect(sweden.locator("[aria-sort=ascending]")).to_have_text("Film")
    sweden.get_by_role("button", name="World’s").click()
    expect(films).to_have_text(["The Seventh Seal", "Persona"])


def test_a_film_that_is_no_longer_seen_goes_and_comes_back(page: Page, sweden: Locator) -> None:
    own(sweden, "The Seventh Seal").click()
    sweden.get_by_role("button", name="Seen", exact=True).click()

    expect(own(sweden, "The Seventh Seal")).to_have_count(0)
    expect(own(sweden, "Persona")).to_be_focused()
    seen(page, "1 of 5 countries, 2 films")
    page.keyboard.press("Control+z")
    expect(own(sweden, "The Seventh Seal")).to_have_text("9")


def test_a_film_that_is_wanted_is_said_to_be_seen(page: Page) -> None:
    upload(page, "watchlist.csv", imdb_watchlist("tt0000001"))
    sweden = country(page, "Sweden")
    sweden.locator("summary").click()
    expect(own(sweden, "The Seventh Seal")).to_have_text("Wanted")
    own(sweden, "The Seventh Seal").click()
    sweden.get_by_role("button", name="Seen", exact=True).click()

    seen(page, "1 of 5 countries, 1 film")
    expect(own(sweden, "The Seventh Seal")).to_have_text("–")
    expect(sweden.get_by_role("button", name="Seen", exact=True)).to_be_focused()


def test_a_row_is_settled_as_wanted_whatever_its_file_says(page: Page, rows: Locator) -> None:
    marks = open_dialog(page, "Persona").get_by_role("group", name="Your marks: Persona")
    marks.get_by_role("button", name="Want").click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(rows).to_have_count(2)
    seen(page, "0 of 5 countries, 0 films")
    expect(page.locator("[data-part=summary]")).to_contain_text("Wanted: 1 film")
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(3)


def test_a_row_is_settled_with_another_rating(page: Page, rows: Locator) -> None:
    dialog = open_dialog(page, "Ran, the Film")
    dialog.get_by_label("search by any title").fill("ran")
    dialog.get_by_role("button", name="Search").click()
    dialog.get_by_role("group", name="Your marks: Ran").get_by_label("Your rating").select_option(
        "2"
    )

    expect(rows).to_have_count(2)
    country(page, "Japan").locator("summary").click()
    expect(own(country(page, "Japan"), "Ran")).to_have_text("2")


def test_among_ten_thousand_films_one_is_marked(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate("kept => localStorage.setItem(...kept)", [KEY, json.dumps(own_films(10_000))])
    page.goto(MY_FILMS)
    seen(page, "2 of 5 countries, 10,000 films")
    sweden = country(page, "Sweden")
    sweden.locator("summary").click()
    sweden.get_by_role("button", name="Show 200 more").click()
    expect(sweden.locator("tbody tr")).to_have_count(400)
    sweden.locator(".own").nth(300).click()

    wanted = sweden.get_by_role("button", name="Want", exact=True)
    wanted.click()
    expect(wanted).to_have_attribute("aria-pressed", "true")
    expect(sweden.locator("tbody tr")).to_have_count(401)
    expect(sweden.locator(".own").nth(300)).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("width", [320, 1440])
def test_marks_in_a_table_fit_and_have_no_serious_findings(
    open_page: OpenPage, width: int
) -> None:
    page = open_page(MY_FILMS, width)
    ready(page)
    upload(page, "ratings.csv", RATINGS)
    country(page, "Sweden").locator("summary").click()
    own(country(page, "Sweden"), "Persona").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_findings(page, without="#map") == []
