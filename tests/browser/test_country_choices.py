"""A country's page in a browser: its decades, genres and neighbours."""

from playwright.sync_api import expect

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


def test_a_bar_narrows_the_list_to_its_decade_and_back(open_page: OpenPage) -> None:
    page = open_page("/countries/JP/")
    bars = page.get_by_role("navigation", name="Films by decade").get_by_role("link")
    expect(bars).to_have_text(["1950s, 5 films’50s", "2000s, 20 films’00s"])

    bars.first.click()

    expect(page.locator("#best")).to_have_text("5 films · 1950s")
    assert films(page) == numbered(1, 5)
    assert address(page) == "/countries/JP/?decade=1950"
    expect(bars.first).to_have_attribute("aria-current", "true")
    expect(bars.first).to_be_focused()
    bars.first.click()
    expect(page.locator("#films > li")).to_have_count(10)
    assert address(page) == "/countries/JP/"
    assert is_the_same(page)


def test_genres_are_those_that_there_are_with_their_numbers(open_page: OpenPage) -> None:
    page = open_page("/countries/JP/?decade=1950")

    expect(page.get_by_label("Genre").locator("option")).to_have_text(
        ["All genres", "Animation (5)"]
    )
    expect(page.get_by_label("Time").locator("option")).to_have_text(
        ["All times", "2000s", "1950s"]
    )


def test_where_nothing_is_from_there_is_a_way_on(open_page: OpenPage) -> None:
    page = open_page("/countries/LU/")
    expect(page.locator(".ways-on")).to_contain_text(
        "Neighbouring countries: Belgium, Germany, France."
    )
    page = open_page("/countries/JP/")
    expect(page.get_by_role("region", name="Neighbouring countries")).to_contain_text(
        "South Korea"
    )
    page = open_page("/countries/EE/")
    page.locator("#panel .heading").get_by_role("link", name="Soviet Union").click()
    expect(page.get_by_role("heading", name="Before: Soviet Union")).to_be_in_viewport()
    page.locator(".ways-on").get_by_role("link", name="Latvia").click()

    expect(heading(page)).to_have_text("Latvia")


def test_who_directed_its_films_leads_to_them(open_page: OpenPage) -> None:
    page = open_page("/countries/IS/")
    directors = page.get_by_role("region", name="Directors")
    expect(directors).to_contain_text("1 film")
    assert serious_findings(page, without="#map") == []

    directors.get_by_role("link", name="Benedikt Erlingsson").click()

    expect(heading(page)).to_have_text("Benedikt Erlingsson")
