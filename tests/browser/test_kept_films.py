"""What the browser keeps of somebody's films, where it lets the site, and how it forgets them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cinema_site import OpenPage, browser, open_page
from tests.browser.own_films import (
    KEY,
    MY_FILMS,
    RATINGS,
    imdb_ratings,
    page,
    rated,
    ready,
    seen,
    site,
    upload,
)

__all__ = ["browser", "open_page", "page", "site"]

DAMAGED = [
    "{",
    "null",
    "[]",
    '{"version": 2}',
    '{"version": 1, "films": [[1]], "files": []}',
    "x" * 99,
]
FORBIDDEN = """
    Object.defineProperty(window, "localStorage", {
        get() { throw new DOMException("Not here.", "SecurityError"); },
    });
"""
FULL = """
    Storage.prototype.setItem = () => { throw new DOMException("Full.", "QuotaExceededError"); };
"""


def scripted(open_page: OpenPage, script: str) -> Page:
    """The page with a script of the test's before all of its own."""
    page = open_page("/nowhere/")
    page.add_init_script(script)
    page.goto(MY_FILMS)
    ready(page)
    return page


def test_films_are_there_again_after_a_reload_and_in_another_tab(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    seen(page, "1 of 5 countries, 3 films")

    page.reload()
    seen(page, "1 of 5 countries, 3 films")
    expect(page.locator("#map")).to_contain_text("seen: 1 country")

    other = page.context.new_page()
    other.goto(MY_FILMS)
    ready(other)
    seen(other, "1 of 5 countries, 3 films")
    upload(other, "more.csv", imdb_ratings(rated(3)))
    seen(page, "2 of 5 countries, 4 films")


def test_all_of_it_can_be_cleared_but_not_by_accident(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    clear = page.locator("[data-part=files]").get_by_role("button", name="Clear my films")
    clear.click()
    dialog = page.get_by_role("dialog", name="Clear my films?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    seen(page, "1 of 5 countries, 3 films")

    clear.click()
    dialog.get_by_role("button", name="Clear my films").click()

    expect(page.locator("h2.figures")).to_have_count(0)
    expect(page.get_by_label("Files from IMDb or Letterboxd")).to_be_focused()
    expect(page.locator("#map")).to_contain_text("Rated films")
    assert page.evaluate("key => localStorage.getItem(key)", KEY) is None


@pytest.mark.parametrize(("script", "words"), [(FORBIDDEN, "does not let"), (FULL, "no room")])
def test_without_storage_the_films_are_there_until_the_page_is_left(
    open_page: OpenPage, script: str, words: str
) -> None:
    page = scripted(open_page, script)
    upload(page, "ratings.csv", RATINGS)

    seen(page, "1 of 5 countries, 3 films")
    expect(page.locator("[data-part=trouble]")).to_contain_text(words)
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.locator("#panel")).to_contain_text("4 of 5 countries are still to be seen")


def test_when_only_the_rows_without_a_film_have_no_room_they_go(open_page: OpenPage) -> None:
    small = """
        const setItem = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
            if (value.includes("A series")) throw new DOMException("", "QuotaExceededError");
            setItem.call(this, key, value);
        };
    """
    page = scripted(open_page, small)
    upload(page, "ratings.csv", RATINGS)
    expect(page.locator("[data-part=trouble]")).to_contain_text("keep the rows")
    expect(page.locator(".unplaced-table tbody tr")).to_have_count(2)

    page.reload()
    seen(page, "1 of 5 countries, 3 films")
    expect(page.locator("[data-part=unplaced]")).to_contain_text("Those of ratings.csv are not")


def test_what_is_damaged_is_said_to_be_and_can_be_added_anew(page: Page) -> None:
    trouble = page.locator("[data-part=trouble]")
    expect(trouble).to_have_text("")
    for kept in DAMAGED:
        page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEY, kept])
        page.reload()
        expect(trouble, kept).to_contain_text("cannot be read any more")

    upload(page, "ratings.csv", RATINGS)
    expect(trouble).to_be_hidden()
    page.reload()
    seen(page, "1 of 5 countries, 3 films")
