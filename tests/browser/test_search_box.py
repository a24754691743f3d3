"""The search box of the header: films come up as they are typed, or it is said why none does."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import browser, open_page, site
from tests.browser.search_box import box, options, page
from tests.sample_films import ENTITIES, MARKUP

__all__ = ["browser", "open_page", "page", "site"]

SEARCH = "**/api/v1/search/*"


def words(page: Page) -> Locator:
    """What is said instead of films."""
    return page.locator(".suggestions-words")


def test_films_come_up_as_they_are_typed(page: Page) -> None:
    box(page).press_sequentially("von me")

    expect(options(page)).to_have_count(1)
    for text in ("Of Horses and Men", "“Von Menschen”", "2013 · Iceland"):
        expect(options(page)).to_contain_text(text)
    expect(options(page).locator("img")).to_have_attribute(
        "src", "https://image.tmdb.org/t/p/w92/poster.jpg"
    )
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#announcements")).to_have_text("1 film")
    assert serious_findings(page, without="#map") == []


def test_a_page_that_comes_leaves_what_is_being_typed(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/my-films/", lambda route: waiting.append(route))
    with page.expect_request("**/my-films/"):
        page.get_by_role("link", name="My films", exact=True).click()
    box(page).press_sequentially("hor")

    waiting[0].continue_()
    expect(page).to_have_title(re.compile("My films"))
    box(page).press_sequentially("ses")

    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("horses")
    expect(options(page)).to_have_count(1)


def test_a_search_that_fails_keeps_its_words(page: Page) -> None:
    page.route("**/search/?name=tokyo", lambda route: route.fulfill(status=500))
    box(page).fill("tokyo")
    box(page).press("Enter")

    expect(page.get_by_role("alert")).to_be_visible()
    expect(box(page)).to_have_value("tokyo")


def test_escape_and_leaving_close_it(page: Page) -> None:
    box(page).press_sequentially("tokyo")
    expect(options(page)).to_have_count(8)
    box(page).press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value("tokyo")
    box(page).press("ArrowDown")
    expect(options(page)).to_have_count(8)
    box(page).press("Tab")
    box(page).press("Tab")
    page.get_by_role("link", name="World", exact=True).focus()
    expect(options(page)).to_have_count(0)


def test_names_are_text_and_never_markup(page: Page) -> None:
    box(page).press_sequentially("script")

    expect(options(page).locator("b")).to_have_text([MARKUP, ENTITIES])


def test_what_is_not_known_is_said(page: Page) -> None:
    box(page).press_sequentially("zzzzzz")

    expect(words(page)).to_have_text("No film is known by this name.")
    box(page).fill("")
    expect(words(page)).to_have_text("")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            {"status": 429, "headers": {"Retry-After": "12"}, "body": "{}"},
            "Too many requests came from your address. Try again in 12 seconds.",
        ),
        ({"status": 503, "body": "{}"}, "Something is wrong with the site (error 503)."),
        ({"status": 200, "body": "<html>"}, "The site’s answer could not be read."),
    ],
)
def test_why_nothing_comes_is_said(page: Page, answer: dict[str, object], said: str) -> None:
    page.route(SEARCH, lambda route: route.fulfill(**answer))
    box(page).press_sequentially("tokyo")

    expect(words(page)).to_have_text(said)


def test_a_silent_server_is_told_from_being_offline(page: Page) -> None:
    page.route(SEARCH, lambda route: route.abort())
    box(page).press_sequentially("tokyo")
    expect(words(page)).to_have_text("The site cannot be reached.")
    page.unroute(SEARCH)

    page.context.set_offline(True)
    box(page).press_sequentially(" 1")
    expect(words(page)).to_have_text("You seem to be offline.")
    page.context.set_offline(False)
    box(page).press_sequentially("2")
    expect(options(page).first).to_contain_text("Tokyo 12")


def test_a_late_answer_does_not_replace_a_later_one(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/api/v1/search/?name=tokyo&*", lambda route: waiting.append(route))
    with page.expect_request("**/api/v1/search/?name=tokyo&*"):
        box(page).press_sequentially("tokyo")
    box(page).press_sequentially(" 12")
    expect(options(page).first).to_contain_text("Tokyo 12")

    for route in waiting:
        route.fulfill(body=json.dumps({"results": []}), content_type="application/json")

    expect(options(page).first).to_contain_text("Tokyo 12")
    expect(words(page)).to_have_text("")
