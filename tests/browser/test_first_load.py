"""How much the first page asks for before it is there."""

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.cinema_site import POSTERS, browser, send_poster, site

__all__ = ["browser", "site"]

# With what notices files that are dropped, and the icon; without the posters.
MOST_REQUESTS = 25


@pytest.fixture
def finished(site: str, browser: Browser) -> list[Request]:
    found: list[Request] = []
    page: Page = browser.new_context().new_page()
    page.route(POSTERS, send_poster)
    # What is taken from a preload that has been answered is told as a request that never finishes.
    page.on("requestfinished", lambda request: found.append(request))
    page.goto(site)
    expect(page.locator("#map [role=link]")).to_have_count(250)
    expect(page.get_by_role("link", name="Japan, 25 rated films")).to_be_visible()
    expect(page.locator(".drop-cover")).to_be_attached()  # of the last module
    page.context.close()
    return found


def test_the_first_load_takes_few_requests(finished: list[Request]) -> None:
    asked = [one.url for one in finished if "image.tmdb.org" not in one.url]

    assert len(asked) <= MOST_REQUESTS, "\n".join(asked)
