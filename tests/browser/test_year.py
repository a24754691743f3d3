"""A year of somebody's films, as a page and as a picture."""

import struct

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, browser, open_page
from tests.browser.own_films import (
    MY_FILMS,
    RATINGS_HEAD,
    page,
    ready,
    seen,
    site,
    table,
    upload,
)

__all__ = ["browser", "open_page", "page", "site"]

# IMDb's number, own rating, day.
FILMS = [
    (1, 9, "2023-05-01"),
    (2, 7, "2024-01-31"),
    (3, 10, "2024-02-02"),
    (6, 3, "2024-02-20"),
    (10, 8, "2024-12-31"),
    (5, 6, ""),
]
YEAR = "/my-films/2024/"


def dated() -> bytes:
    return table(
        RATINGS_HEAD,
        [
            [f"tt{number:07}", own, day, f"Film {number}", "Movie", 1999]
            for number, own, day in FILMS
        ],
    )


def fill(page: Page) -> None:
    upload(page, "ratings.csv", dated())
    seen(page, "5 of 5 countries, 6 films")


def test_it_has_months_new_countries_first_and_last_best_and_worst(page: Page) -> None:
    fill(page)
    page.get_by_role("navigation", name="Your years").get_by_role("link", name="2024").click()

    expect(page.get_by_role("heading", name="My 2024 in films", level=1)).to_be_visible()
    expect(page.locator(".figures")).to_have_text("4 films · 4 countries · 3 of them new")
    months = page.locator(".months li")
    expect(months).to_have_count(12)
    assert months.locator(".number").all_inner_texts() == list("120000000001")
    # Of Sweden one was seen the year before, of Iceland one nobody knows when.
    expect(page.get_by_role("region", name="New countries").locator("ul").first).to_have_text(
        "JapanKenyaSenegal"
    )
    told = page.locator(".highlights li")
    texts = [told.nth(place).locator("p.quiet, a").all_inner_texts() for place in range(4)]
    assert texts == [
        ["First", "Persona", "31 January · ★ 7"],
        ["Last", "Rafiki", "31 December · ★ 8"],
        ["Best by your rating", "Tokyo Story", "2 February · ★ 10"],
        ["Worst by your rating", "Touki Bouki", "20 February · ★ 3"],
    ]
    page.get_by_text("All 4 films, by day").click()
    expect(page.locator(".year-films li")).to_have_count(4)


def test_it_follows_what_is_marked(page: Page) -> None:
    fill(page)
    page.goto(YEAR)
    worst = page.locator(".highlights li").filter(has_text="Touki Bouki")
    worst.get_by_role("button", name="Seen").click()
    expect(page.locator(".figures")).to_have_text("3 films · 3 countries · 2 of them new")
    page.keyboard.press("Control+z")
    expect(page.locator(".figures")).to_have_text("4 films · 4 countries · 3 of them new")


def test_a_year_without_films_says_so(page: Page) -> None:
    page.goto("/my-films/2001/")
    expect(page.locator("#panel")).to_contain_text("No film of yours has a day in 2001.")


def test_a_film_that_is_marked_here_counts_when_its_day_is_said(page: Page) -> None:
    page.goto("/films/1/")
    mark = page.get_by_role("button", name="Seen", exact=True)
    mark.click()
    expect(mark).to_have_attribute("aria-pressed", "true")
    page.goto(MY_FILMS)
    seen(page, "1 of 5 countries, 1 film")
    expect(page.get_by_role("navigation", name="Your years")).to_have_count(0)

    page.goto("/films/1/")
    page.get_by_label("on", exact=True).fill("2024-05-06")
    expect(page.locator(".undo-bar")).to_contain_text("seen on 2024-05-06")
    page.goto(YEAR)
    expect(page.locator(".figures")).to_have_text("1 film · 1 country · 1 of them new")


def test_its_picture_can_be_looked_at_and_downloaded(page: Page) -> None:
    fill(page)
    page.goto(YEAR)
    make = page.get_by_role("button", name="Make a picture of the year")
    make.click()
    dialog = page.get_by_role("dialog", name="Your 2024")
    expect(dialog.get_by_role("img")).to_have_attribute(
        "alt", "My 2024 in films: 4 films from 4 countries, 3 of them new"
    )
    with page.expect_download() as download:
        dialog.get_by_role("link", name="Download the picture").click()
    assert download.value.suggested_filename == "my-2024-in-films.png"
    content = download.value.path().read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (1080, 1350)
    page.keyboard.press("Escape")
    expect(make).to_be_focused()


def test_without_a_map_there_is_no_picture_and_it_says_so(open_page: OpenPage) -> None:
    page = open_page(MY_FILMS)
    ready(page)
    fill(page)
    page.route("**/world.json", lambda route: route.abort())
    page.goto(YEAR)
    page.get_by_role("button", name="Make a picture of the year").click()
    expect(page.get_by_role("dialog", name="There is no picture")).to_be_visible()


def test_without_javascript_it_says_what_is_missing(open_page: OpenPage) -> None:
    page = open_page(YEAR, java_script_enabled=False)
    expect(page.locator("#panel .note")).to_contain_text("This page needs JavaScript")


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_it_fits_and_has_no_serious_findings(open_page: OpenPage, width: int) -> None:
    page = open_page(MY_FILMS, width)
    ready(page)
    fill(page)
    page.goto(YEAR)
    expect(page.locator(".highlights li")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_findings(page, without="#map") == []
    page.get_by_role("button", name="Make a picture of the year").click()
    expect(page.get_by_role("dialog", name="Your 2024")).to_be_visible()
    assert serious_findings(page, without="#map") == []
