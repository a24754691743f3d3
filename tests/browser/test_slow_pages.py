"""Pages that are late, or fail, or do not come: what is said, and what can be done."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import (
    OpenPage,
    address,
    browser,
    films,
    heading,
    is_the_same,
    numbered,
    open_page,
    site,
)

__all__ = ["browser", "open_page", "site"]

FILM = "**/films/101/"


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page("/countries/JP/")


def follow(page: Page, name: str = "Tokyo 1") -> None:
    page.get_by_role("link", name=name, exact=True).click()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            {"status": 429, "headers": {"Retry-After": "1"}},
            "Too many requests came from your address. Try again in 1 second.",
        ),
        (
            {"status": 429},
            "Too many requests came from your address. Try again in a while.",
        ),
        ({"status": 500}, "Something is wrong with the site (error 500)."),
        ({"status": 403}, "The site refused to answer (error 403)."),
    ],
)
def test_a_page_that_fails_says_why_and_can_be_tried_again(
    page: Page, answer: dict[str, Any], said: str
) -> None:
    page.route(FILM, lambda route: route.fulfill(**answer))
    follow(page)

    expect(page.get_by_role("alert")).to_have_text(said)
    expect(page).to_have_title("Not loaded · World in Movies")
    assert address(page) == "/films/101/"
    page.unroute(FILM)
    page.get_by_role("link", name="Try again").click()

    expect(heading(page)).to_have_text("Tokyo 1")
    page.go_back()
    expect(heading(page)).to_have_text("Japan")
    assert is_the_same(page)


def test_offline_what_was_seen_can_still_be_gone_back_to(page: Page) -> None:
    page.context.set_offline(True)
    follow(page)
    expect(page.get_by_role("alert")).to_have_text("You seem to be offline.")

    page.go_back()

    assert films(page) == numbered(1, 10)
    page.context.set_offline(False)


def test_a_slow_page_shows_that_it_is_coming(page: Page) -> None:
    waiting: list[Route] = []
    page.route(FILM, lambda route: waiting.append(route))
    with page.expect_request(FILM):
        follow(page)

    expect(page.locator("#panel")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#announcements")).to_have_text("Loading…")
    expect(heading(page)).to_have_text("Japan")
    waiting[0].continue_()

    expect(heading(page)).to_have_text("Tokyo 1")
    expect(page.locator("#panel")).not_to_have_attribute("aria-busy", "true")


def test_a_page_that_does_not_come_is_given_up(open_page: OpenPage) -> None:
    page = open_page("/")
    page.clock.install()
    page.goto("/countries/JP/")
    page.route(FILM, lambda route: None)
    with page.expect_request(FILM):
        follow(page)

    page.clock.run_for(20_000)

    expect(page.get_by_role("alert")).to_have_text("The site has not answered within 20 seconds.")


def test_of_two_pages_asked_for_the_later_one_is_shown(page: Page) -> None:
    waiting: list[Route] = []
    page.route(FILM, lambda route: waiting.append(route))
    with page.expect_request(FILM):
        follow(page)
    follow(page, "Tokyo 2")
    expect(heading(page)).to_have_text("Tokyo 2")

    for route in waiting:
        route.continue_()

    page.go_back()
    expect(heading(page)).to_have_text("Japan")
    page.go_forward()
    expect(heading(page)).to_have_text("Tokyo 2")


def test_more_that_does_not_come_can_be_asked_for_again(page: Page) -> None:
    page.route("**/countries/JP/?page=2", lambda route: route.abort())
    more = page.get_by_role("link", name="Show more")
    more.click()
    expect(page.locator(".more [role=status]")).to_have_text("The site cannot be reached.")
    assert films(page) == numbered(1, 10)
    page.unroute("**/countries/JP/?page=2")

    more.click()

    expect(page.locator("#films > li")).to_have_count(20)


def test_more_of_a_list_that_was_left_stays_with_that_list(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/countries/JP/?page=2", lambda route: waiting.append(route))
    left = page.locator("#films").element_handle()
    with page.expect_request("**/countries/JP/?page=2"):
        page.get_by_role("link", name="Show more").click()
    page.get_by_label("Time").select_option("1950s")
    expect(page.locator("#films > li")).to_have_count(5)

    waiting[0].continue_()
    page.wait_for_function("list => list.children.length === 20", arg=left)

    assert films(page) == numbered(1, 5)
    page.go_back()
    expect(page.locator("#films > li")).to_have_count(20)


def test_a_place_in_a_page_that_fails_can_be_tried_again(page: Page) -> None:
    page.route(lambda url: url.endswith("/"), lambda route: route.fulfill(status=500))
    page.get_by_text("The best first, by rating and number of votes").click()
    page.get_by_role("link", name="How it is weighted").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert serious_findings(page, without="#map") == []
    page.unroute_all()

    page.get_by_role("link", name="Try again").click()

    expect(page.get_by_role("heading", name="How ratings are weighted")).to_be_in_viewport()
    assert is_the_same(page)


def test_who_goes_back_and_does_not_wait_can_still_go_forward(page: Page) -> None:
    page.goto("/my-films/")
    page.get_by_role("link", name="World", exact=True).click()
    expect(heading(page)).to_have_text("Where in the world films come from")
    waiting: list[Route] = []
    page.route("**/my-films/", lambda route: waiting.append(route))
    with page.expect_request("**/my-films/"):
        page.go_back(wait_until="commit")
    with page.expect_request("**/my-films/"):
        page.get_by_role("link", name="My films", exact=True).click()
    expect(page.locator("#panel")).to_have_attribute("aria-busy", "true")
    for route in waiting:
        route.continue_()
    expect(heading(page)).to_have_text("My films")

    page.go_forward()

    expect(heading(page)).to_have_text("Where in the world films come from")
    assert address(page) == "/"
