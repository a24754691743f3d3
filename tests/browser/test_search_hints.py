"""The search box says what else may have been meant; a country's filters on a phone."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, browser, heading, is_the_same, open_page, site
from tests.browser.search_box import box, options, page

__all__ = ["browser", "open_page", "page", "site"]


def test_the_nearest_names_are_offered_as_such(page: Page) -> None:
    box(page).fill("icland")
    expect(options(page)).to_have_count(1)
    expect(options(page)).to_contain_text("Iceland")
    expect(options(page)).to_contain_text("Nearest country")
    expect(page.locator("#announcements")).to_have_text(
        "Nothing is called “icland”. The nearest: 1 country"
    )

    box(page).fill("erlingson")
    expect(options(page)).to_contain_text(["Benedikt Erlingsson"])
    expect(options(page)).to_contain_text(["Nearest person, known for Of Horses and Men"])
    assert serious_findings(page, without="#map") == []


def test_a_place_and_a_time_are_named_and_counted(page: Page) -> None:
    box(page).fill("japan 1950s")
    expect(options(page).first).to_contain_text("Japan, 1950s")
    expect(options(page).first).to_contain_text("5 rated films")

    options(page).first.click()

    expect(heading(page)).to_have_text("Films from Japan, 1950s")
    assert is_the_same(page)


def test_a_search_is_narrowed_below_what_it_has_found(open_page: OpenPage) -> None:
    page = open_page("/search/?name=tokyo", width=390)
    expect(page.locator(".found > li").first).to_be_in_viewport()

    page.get_by_role("link", name="Narrow them by year, country or where to watch").click()
    page.get_by_label("Year").fill("1954")
    page.locator(".search-form").get_by_role("button", name="Search").click()

    expect(page.locator(".found > li")).to_have_count(5)
    assert serious_findings(page, without="#map") == []


def test_all_filters_of_a_country_are_seen_on_a_phone(open_page: OpenPage) -> None:
    for width in (320, 390):
        page = open_page("/countries/JP/", width=width)
        filters = page.locator(".list-filters :is(select, .check):visible")
        expect(filters).to_have_count(4)
        for place in filters.all():
            area = place.bounding_box()
            assert area
            assert area["x"] >= 0
            assert area["x"] + area["width"] <= width
