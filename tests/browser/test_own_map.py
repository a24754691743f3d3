"""The map of somebody's films: what it shows, and the image of it to share."""

import re
import struct

from playwright.sync_api import Page, Route, expect

from tests.browser.cinema_site import browser, open_page
from tests.browser.own_films import (
    RATINGS,
    page,
    ready,
    site,
    upload,
)

__all__ = ["browser", "open_page", "page", "site"]

WORLD = "**/world.json"


def test_an_image_of_the_map_can_be_looked_at_and_downloaded(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    expect(page.locator("#map [role=link]")).to_have_count(250)
    make = page.get_by_role("button", name="Make an image to share")
    make.click()

    dialog = page.get_by_role("dialog", name="Your map")
    expect(dialog.get_by_role("img")).to_have_attribute(
        "alt", re.compile("I have seen films from 1 of 5 countries. 3 films seen")
    )
    with page.expect_download() as download:
        dialog.get_by_role("link", name="Download the image").click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (1600, 900)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(make).to_be_focused()


def test_without_a_map_there_is_no_image_and_it_says_so(page: Page) -> None:
    page.route(WORLD, lambda route: route.abort())
    page.reload()
    ready(page)
    upload(page, "ratings.csv", RATINGS)
    make = page.get_by_role("button", name="Make an image to share")
    make.click()

    dialog = page.get_by_role("dialog", name="There is no image")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    page.unroute(WORLD)
    page.locator("#map").get_by_role("button", name="Try again").click()
    make.click()
    expect(page.get_by_role("dialog", name="Your map")).to_be_visible()


def test_an_image_waits_for_the_map_and_leaves_what_is_chosen_meanwhile(page: Page) -> None:
    waiting: list[Route] = []
    page.route(WORLD, lambda route: waiting.append(route))
    with page.expect_request(WORLD):
        page.reload(wait_until="commit")
    ready(page)
    upload(page, "ratings.csv", RATINGS)
    page.get_by_role("button", name="Make an image to share").click()
    expect(page.get_by_role("button", name="Making the image…")).to_be_disabled()
    page.get_by_label("all films").check()

    for route in waiting:
        route.continue_()

    dialog = page.get_by_role("dialog", name="Your map")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_label("all films")).to_be_checked()
    expect(page.locator("#map")).to_contain_text("Rated films")


def test_the_map_shows_all_films_again_when_asked(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    expect(page.locator("#map")).to_contain_text("seen: 1 country")

    page.get_by_label("all films").check()
    expect(page.locator("#map")).to_contain_text("Rated films")
    page.get_by_label("my films").check()
    expect(page.locator("#map")).to_contain_text("seen: 1 country")
