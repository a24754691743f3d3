"""Going from page to page: addresses, back and forward, by mouse and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

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


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page("/countries/JP/")


def test_back_leads_to_the_list_as_it_was_left(page: Page) -> None:
    page.get_by_role("link", name="Show more").click()
    expect(page.locator("#films > li")).to_have_count(20)
    link = page.get_by_role("link", name="Tokyo 15", exact=True)
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 0
    link.click()
    expect(heading(page)).to_have_text("Tokyo 15")
    assert page.evaluate("scrollY") == 0

    page.go_back()

    expect(heading(page)).to_have_text("Japan")
    expect(page).to_have_title("Japan · World in Movies")
    assert films(page) == numbered(1, 20)
    assert page.evaluate("scrollY") == before
    expect(link).to_be_focused()
    page.go_forward()
    expect(heading(page)).to_have_text("Tokyo 15")
    assert address(page) == "/films/115/"
    assert is_the_same(page)


def test_an_address_can_be_loaded_anew_and_shared(page: Page) -> None:
    page.get_by_label("Time").select_option("1950s")
    expect(page.locator("#films > li")).to_have_count(5)

    page.reload()

    assert films(page) == numbered(1, 5)
    expect(page.get_by_label("Time")).to_have_value("1950")
    assert not is_the_same(page)
    page.go_back()
    expect(page.locator("#films > li")).to_have_count(10)


def test_a_place_on_another_page_is_gone_to(page: Page) -> None:
    page.get_by_text("The best first, by rating and number of votes").click()
    page.get_by_role("link", name="How it is weighted").click()

    expect(page.get_by_role("heading", name="How ratings are weighted")).to_be_in_viewport()
    assert page.url.endswith("/#weighting")
    page.go_back()
    expect(heading(page)).to_have_text("Japan")


def test_back_leads_to_a_place_in_a_page_as_well(open_page: OpenPage) -> None:
    page = open_page("/countries/GE/")
    page.locator("#panel").get_by_role("link", name="Soviet Union", exact=True).click()
    expect(page.get_by_role("heading", name="Before: Soviet Union")).to_be_in_viewport()
    page.get_by_role("link", name="Stalker 2", exact=True).click()
    expect(heading(page)).to_have_text("Stalker 2")

    page.go_back()

    expect(heading(page)).to_have_text("Georgia")
    assert page.url.endswith("/countries/GE/#former-SU")
    page.go_back()
    expect(heading(page)).to_have_text("Georgia")
    assert page.url.endswith("/countries/GE/")


def test_an_unknown_country_says_so_in_its_place(page: Page) -> None:
    page.evaluate("document.querySelector('#films a').href = '/countries/ZZ/'")
    page.locator("#films a").first.click()

    expect(heading(page)).to_have_text("There is no country “ZZ”")
    assert is_the_same(page)
    page.goto("/countries/QQ/")
    expect(heading(page)).to_have_text("There is no country “QQ”")


def test_the_shown_page_is_marked_in_the_header(page: Page) -> None:
    world = page.get_by_role("navigation", name="Pages").get_by_role("link", name="World")
    expect(world).not_to_have_attribute("aria-current", "page")

    world.click()

    expect(heading(page)).to_have_text("Where in the world films come from")
    expect(world).to_have_attribute("aria-current", "page")


def test_other_pages_and_other_windows_are_the_browsers_matter(page: Page) -> None:
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Tokyo 1", exact=True).click(modifiers=["ControlOrMeta"])
    expect(heading(opened.value)).to_have_text("Tokyo 1")
    expect(heading(page)).to_have_text("Japan")

    page.get_by_role("link", name="Studio Ghibli’s films").click()

    page.wait_for_url("**/movies/")
    assert not is_the_same(page)


def test_back_leads_to_a_list_and_the_choice_it_was_made_for(page: Page) -> None:
    page.get_by_label("Time").select_option("1950s")
    expect(page.locator("#films > li")).to_have_count(5)

    page.go_back()

    expect(page.locator("#films > li")).to_have_count(10)
    expect(page.get_by_label("Time")).to_have_value("")
    page.go_forward()
    expect(page.locator("#films > li")).to_have_count(5)
    expect(page.get_by_label("Time")).to_have_value("1950")


def test_the_whole_way_is_gone_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/")
    expect(page.get_by_role("combobox", name="Search films")).to_be_visible()
    tab_to(page, "#search")
    page.keyboard.type("tokyo 3")
    expect(page.locator("#suggestions [role=option]").first).to_contain_text("Tokyo 3")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Tokyo 3")
    tab_to(page, "#panel a[href='/countries/JP/']")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Japan")
    tab_to(page, ".more a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Tokyo 11", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Tokyo 11")
    page.go_back()
    expect(heading(page)).to_have_text("Japan")
    expect(page.get_by_role("link", name="Tokyo 11", exact=True)).to_be_focused()
    assert films(page) == numbered(1, 20)
    assert is_the_same(page)


def test_what_every_page_begins_with_can_be_skipped(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="To the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()

    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Films from Japan")).to_be_focused()


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until this has the focus."""
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the Tab key does not lead to {selector}")
