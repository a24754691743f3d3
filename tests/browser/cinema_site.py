"""The site with the films of tests.sample_films, and pages of it in which nothing may go wrong."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import ServeFilms, connected
from tests.sample_films import sample_films

OpenPage = Callable[..., Page]
POSTERS = "https://image.tmdb.org/**"
POSTER = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 3"><path d="M0 0h2v3H0z"/></svg>'


@pytest.fixture(scope="module")
def site(serve_films: ServeFilms) -> str:
    return serve_films("cinema", sample_films())


@pytest.fixture(scope="module")
def browser(chromium: str, site: str) -> Iterator[Browser]:
    """One for all tests of a file, none of which uses the database."""
    with connected(chromium) as browser:
        yield browser


@pytest.fixture
def open_page(site: str, browser: Browser) -> Iterator[OpenPage]:
    """Opens an address of the site; scripts may not fail, nothing may be refused by the policy."""
    wrong: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(address: str = "/", width: int = 1280, **context: Any) -> Page:
        options = {
            "viewport": {"width": width, "height": 800},
            "reduced_motion": "reduce",
            # What a service worker asks for goes past a test's routes, from whenever it is ready.
            "service_workers": "block",
        }
        contexts.append(browser.new_context(base_url=site, **(options | context)))
        page = contexts[-1].new_page()
        page.route(POSTERS, send_poster)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.extend(refused(said.text)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.goto(address)
        # What marks a page that has not been loaded anew.
        page.evaluate("window.isTheSame = true")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong, wrong


def refused(said: str) -> list[str]:
    """What the browser says when the Content-Security-Policy does not let something through."""
    return [said] if "Security Policy" in said else []


def send_poster(route: Route) -> None:
    route.fulfill(body=POSTER, content_type="image/svg+xml")


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def go(page: Page, address: str) -> None:
    """To another page of those with the map, as by a link to it, and waits until it is there."""
    page.evaluate(
        """async (address) => {
            const come = new Promise((resolve) => {
                document.addEventListener("panel", resolve, { once: true });
            });
            const link = document.createElement("a");
            link.href = address;
            document.body.append(link);
            link.click();
            link.remove();
            await come;
        }""",
        address,
    )


def films(page: Page) -> list[str]:
    """The titles of the country's list."""
    return page.locator("#films h3 a").all_inner_texts()


def numbered(first: int, last: int) -> list[str]:
    return [f"Tokyo {number}" for number in range(first, last + 1)]


def is_the_same(page: Page) -> bool:
    """Whether the page has not been loaded anew since it was opened."""
    return bool(page.evaluate("window.isTheSame === true"))


def address(page: Page) -> str:
    """Of the page, from the first slash on."""
    parts = urlsplit(page.url)
    return parts.path + re.sub("^(?=.)", "?", parts.query)


def expect_on_the_map(page: Page, *codes: str) -> None:
    """These countries and no others are outlined."""
    selected = page.locator("#map [aria-current=true]")
    expect(selected).to_have_count(len(codes))
    found = selected.evaluate_all("all => all.map((one) => one.dataset.code)")
    assert sorted(found) == sorted(codes)
