"""What moves while a page comes: nothing, also where somebody's films come after it."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.cinema_site import OpenPage, browser, open_page
from tests.browser.own_films import KEY, MY_FILMS, site
from tools.benchmarks.pages import own_films

__all__ = ["browser", "open_page", "site"]

FILMS = 2_000
MOST_SHIFT = 0.05  # web.dev/vitals allows 0.1
OBSERVED = """
window.shift = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.hadRecentInput ? 0 : entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
# What is laid out in a frame is told after it.
TWO_FRAMES = """() => new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
})"""


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Before it goes to My films, with films kept by its browser."""
    page = open_page("/about/")
    expect(page.locator(".drop-cover")).to_be_attached()  # of the last module
    page.evaluate(
        "([key, films]) => localStorage.setItem(key, films)", [KEY, json.dumps(own_films(FILMS))]
    )
    page.add_init_script(OBSERVED)
    return page


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_nothing_moves_when_somebodys_films_come(page: Page, width: int, height: int) -> None:
    waiting: list[Route] = []
    page.set_viewport_size({"width": width, "height": height})
    # Playwright takes no method of a list for a handler.
    page.route("**/my-films/page.js", lambda route: waiting.append(route))
    with page.expect_request("**/my-films/page.js"):
        page.goto(MY_FILMS)
    page.wait_for_function(PAINTED)
    expect(page.get_by_role("heading", level=1)).to_have_text("My films")
    expect(page.locator(".add-films")).to_be_hidden()
    waiting[0].continue_()

    expect(page.locator("h2.figures")).to_contain_text(f"{FILMS:,} films")
    expect(page.locator(".add-films")).to_be_visible()
    expect(page.locator("#map [role=link]")).to_have_count(250)
    page.evaluate(TWO_FRAMES)

    assert page.evaluate("shift") < MOST_SHIFT


@pytest.mark.parametrize(
    ("address", "last"), [("/my-films/2024/", ".months"), ("/next/", ".to-see .cover")]
)
def test_nothing_moves_when_a_page_is_made_on_a_phone(page: Page, address: str, last: str) -> None:
    waiting: list[Route] = []
    page.set_viewport_size({"width": 390, "height": 844})
    page.route("**/my-films/own-films.js", lambda route: waiting.append(route))
    with page.expect_request("**/my-films/own-films.js"):
        page.goto(address)
    page.wait_for_function(PAINTED)
    waiting[0].continue_()

    expect(page.locator(last).first).to_be_visible()
    expect(page.locator("#map [role=link]")).to_have_count(250)
    page.evaluate(TWO_FRAMES)

    assert page.evaluate("shift") < MOST_SHIFT


def test_where_what_reads_the_films_does_not_come_the_page_is_there(page: Page) -> None:
    page.route("**/my-films/own-films.js", lambda route: route.abort())
    page.goto(MY_FILMS)

    expect(page.locator(".not-loaded")).to_be_visible()
    expect(page.locator(".add-films")).to_be_visible()


def test_without_films_the_page_is_there_at_once(open_page: OpenPage) -> None:
    page = open_page("/about/")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(MY_FILMS)

    expect(page.locator(".add-films")).to_be_visible()
