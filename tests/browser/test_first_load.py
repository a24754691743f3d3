"""How much a page asks for before it is there."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.cinema_site import POSTERS, OpenPage, browser, open_page, send_poster, site

__all__ = ["browser", "open_page", "site"]

# With what notices files that are dropped, and the icon; without the posters.
MOST_REQUESTS = 25


# Each with what is there when all of it is.
PAGES = {
    "/": "h1",
    "/countries/JP/": "h1",
    "/films/101/": "h1",
    "/search/?name=tokyo": "h1",
    "/about/": "h1",
    "/my-films/": "#find-film",
    "/next/": ".to-see .film-card",
}


@pytest.mark.parametrize(("address", "made"), PAGES.items())
def test_the_first_load_takes_few_requests(
    site: str, browser: Browser, address: str, made: str
) -> None:
    page: Page = browser.new_context().new_page()
    page.route(POSTERS, send_poster)
    asked: list[str] = []
    # What is taken from a preload that has been answered is told as a request that never finishes.
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(site + address)
    expect(page.locator("#map [role=link]")).to_have_count(250)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".drop-cover")).to_be_attached()  # of the last module
    expect(page.locator(made).first).to_be_visible()
    page.context.close()
    own = [url for url in asked if "image.tmdb.org" not in url]

    assert own
    assert len(own) <= MOST_REQUESTS, "\n".join(own)


def test_a_list_that_goes_on_asks_for_what_that_takes_when_it_is_pressed(
    open_page: OpenPage,
) -> None:
    page = open_page("/countries/JP/")
    expect(page.locator(".drop-cover")).to_be_attached()
    loaded = """() => performance.getEntriesByType("resource")
        .some(({ name }) => name.includes("/shell/pagination."))"""
    assert not page.evaluate(loaded)
    page.get_by_role("link", name="Show more").click()

    expect(page.locator("#films .film")).to_have_count(20)
    assert page.evaluate(loaded)


def test_where_that_does_not_come_the_next_page_is_gone_to(open_page: OpenPage) -> None:
    page = open_page("/countries/JP/")
    expect(page.locator(".drop-cover")).to_be_attached()
    page.route("**/shell/pagination.js", lambda route: route.abort())
    page.get_by_role("link", name="Show more").click()

    expect(page.get_by_role("link", name="Tokyo 11", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Tokyo 1", exact=True)).to_have_count(0)
