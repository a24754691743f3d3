"""The map by itself in a browser, beside the first page, and what tests ask of it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

NewPage = Callable[..., Page]
Answer = Callable[[Route], Any]
WORLD = "**/world*.json"

# Draws the map and keeps hold of it, of what it says is opened, and of why it was not drawn.
DRAW = """async () => {
    const { worldMap } = await import("/static/pages/js/map/world-map.js");
    const section = document.querySelector("#map");
    window.opened = [];
    section.addEventListener("country", (event) => window.opened.push(event.detail.code));
    const draw = async () => {
        try {
            window.map = await worldMap(section, { again: draw });
        } catch (error) {
            window.failure = error.message;
        }
    };
    draw();
}"""
DRAWN = "#map [role=link]"


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[NewPage]:
    """Opens the first page with nothing on it but what the server sends; nothing may go wrong."""
    wrong: list[str] = []
    pages: list[Page] = []

    def new_page(
        width: int = 1280, height: int = 800, world: Answer | None = None, **context: Any
    ) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height}, **context)
        pages.append(page)
        if world:
            page.route(WORLD, world)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.route("**/js/main*.js", lambda route: route.abort())
        page.goto(site)
        return page

    yield new_page
    for page in pages:
        page.close()
    assert wrong == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """With its map, which nothing moves but the test."""
    page = new_page(reduced_motion="reduce")
    draw(page)
    return page


def draw(page: Page) -> None:
    page.evaluate(DRAW)
    expect(page.locator(DRAWN)).to_have_count(250)


def country(page: Page, code: str) -> Locator:
    """What of a country is focused, and says its name."""
    return page.locator(f"#map [role=link][data-code={code}]")


def width(page: Page, code: str) -> float:
    """Of the country on the screen, in pixels."""
    return place(country(page, code))[2]


def middle(locator: Locator) -> tuple[float, float]:
    """Where it is on the screen."""
    x, y, wide, high = place(locator)
    return x + wide / 2, y + high / 2


def place(locator: Locator) -> list[float]:
    """Left, top, width and height on the screen, once what has just happened is painted."""
    found: list[float] = locator.evaluate(
        """async (element) => {
            for (const frame of [1, 2]) await new Promise(requestAnimationFrame);
            const { x, y, width, height } = element.getBoundingClientRect();
            return [x, y, width, height];
        }"""
    )
    return found


def opened(page: Page) -> Any:
    return page.evaluate("opened")
