"""The search box of the header, and the list below it, for tests of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.cinema_site import OpenPage


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """With the box in use: its module is loaded when it has the focus."""
    page = open_page("/")
    box(page).focus()
    expect(page.locator("#suggestions")).to_be_attached()
    return page


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search films, countries and people")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Films").get_by_role("option")


def chosen(page: Page) -> Locator:
    return options(page).and_(page.locator("[aria-selected=true]"))


@contextmanager
def held(page: Page, name: str) -> Iterator[Callable[[], None]]:
    """Waits for the search for this name that the block leads to; gives what lets it go on."""
    waiting: list[Route] = []
    address = f"**/api/v1/search/?name={name}&*"
    page.route(address, lambda route: waiting.append(route))
    with page.expect_request(address):
        yield lambda: waiting[0].continue_()
    # The request is told of before its route: what answers this has come after both.
    page.evaluate("null")
