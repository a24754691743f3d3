"""How much the first page asks for before it is there."""

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.cinema_site import POSTERS, browser, send_poster, site

__all__ = ["browser", "site"]

# What is about a person's own films has modules of its own.
OWN_FILMS = ("/my-films", "/next/", "/marks", "/store/", "/shell/json", "/shell/dialog")
MOST_REQUESTS = 21


@pytest.fixture
def answers(site: str, browser: Browser) -> list[Response]:
    found: list[Response] = []
    page: Page = browser.new_context().new_page()
    page.route(POSTERS, send_poster)
    page.on("response", lambda response: found.append(response))
    page.goto(site)
    expect(page.locator("#map [role=link]")).to_have_count(250)
    page.wait_for_load_state("networkidle")
    page.context.close()
    return found


def test_the_first_load_takes_few_requests(answers: list[Response]) -> None:
    own = [one.url for one in answers if "image.tmdb.org" not in one.url]
    asked = [url for url in own if not any(part in url for part in OWN_FILMS)]

    assert len(asked) <= MOST_REQUESTS, "\n".join(asked)
