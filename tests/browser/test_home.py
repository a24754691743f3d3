"""The first page: the map with its pills, the decades, the shelf of films, the continents."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, address, browser, heading, open_page, site

__all__ = ["browser", "open_page", "site"]


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    page = open_page("/", width=1440)
    expect(label(page, "JP")).to_have_attribute("aria-label", "Japan, 25 rated films")
    return page


def label(page: Page, code: str) -> Locator:
    """What of a country says its name."""
    return page.locator(f"#map [role=link][data-code={code}]")


def handle(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name)


def test_the_map_is_as_wide_as_the_window_and_the_decades_are_on_the_first_screen(
    page: Page,
) -> None:
    box = page.locator("#map").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 1440)
    assert page.locator(".top").evaluate("bar => bar.offsetHeight") <= 60
    expect(page.locator(".decades")).to_be_in_viewport(ratio=1)
    expect(page.locator(".welcome")).to_be_in_viewport(ratio=1)


def test_two_handles_choose_a_time_that_stands_in_the_address(page: Page) -> None:
    handle(page, "To the decade").focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")

    expect(label(page, "JP")).to_have_attribute("aria-label", "Japan, 5 films of the 1950s")
    assert address(page) == "/?from=1950&to=1950"
    expect(page.locator(".decades .words")).to_have_text("1950s")
    expect(handle(page, "To the decade")).to_have_attribute("aria-valuetext", "1950s")
    expect(page.locator("#map")).to_contain_text("Films, 1950s")
    page.get_by_role("button", name="All times").click()
    expect(label(page, "JP")).to_have_attribute("aria-label", "Japan, 25 rated films")
    assert address(page) == "/"


def test_an_address_with_a_time_shows_it_and_its_countries_open_at_it(
    open_page: OpenPage,
) -> None:
    page = open_page("/?from=1950&to=1950")
    expect(label(page, "JP")).to_have_attribute("aria-label", "Japan, 5 films of the 1950s")
    expect(label(page, "MT")).to_have_attribute("aria-label", "Malta, no film of the 1950s")

    label(page, "JP").focus()
    page.keyboard.press("Enter")

    expect(heading(page)).to_have_text("Japan")
    assert address(page) == "/countries/JP/?decade=1950"
    page.go_back()
    expect(heading(page)).to_have_text("Where in the world films come from")
    assert address(page) == "/?from=1950&to=1950"
    expect(label(page, "JP")).to_have_attribute("aria-label", "Japan, 5 films of the 1950s")


def test_the_handles_may_pass_one_another(open_page: OpenPage) -> None:
    page = open_page("/?from=2010&to=1990")

    expect(page.locator(".decades .words")).to_have_text("1990s–2010s")


def test_playing_goes_through_the_decades_until_it_is_stopped(page: Page) -> None:
    # However slowly the browser is asked, a decade lasts as long as it is told to.
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    play = page.get_by_role("button", name="Play the decades")
    play.click()

    expect(play).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".decades .words")).to_have_text("1950s")
    page.clock.run_for(1_000)
    expect(page.locator(".decades .words")).to_have_text("1960s")
    assert address(page) == "/?from=1960&to=1960"
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")
    page.clock.run_for(5_000)
    expect(page.locator(".decades .words")).to_have_text("1960s")
    play.click()
    page.clock.run_for(20_000)
    expect(page.locator(".decades .words")).to_have_text("2010s")
    expect(play).to_have_attribute("aria-pressed", "false")


def test_the_pills_choose_what_the_map_shows(page: Page) -> None:
    pills = page.get_by_role("group", name="What the map shows")
    pills.get_by_role("button", name="Best rated").click()
    expect(label(page, "JP")).to_have_attribute(
        "aria-label", re.compile(r"^Japan, its best films: \d\.\d\d$")
    )
    expect(pills.get_by_role("button", name="Best rated")).to_have_attribute(
        "aria-pressed", "true"
    )

    pills.get_by_role("button", name="Seen by me").click()
    expect(label(page, "JP")).to_have_attribute("aria-label", "Japan, none seen")
    expect(page.locator(".mode-words")).to_contain_text("knows none of your films yet")
    pills.get_by_role("button", name="Films made").click()
    expect(label(page, "JP")).to_have_attribute("aria-label", "Japan, 25 rated films")


def test_the_map_is_brought_to_a_continent_and_back(page: Page) -> None:
    width = (
        "code => document.querySelector(`#map [data-code=${code}]`).getBoundingClientRect().width"
    )
    whole = page.evaluate(width, "JP")
    page.get_by_label("Region").select_option("Asia")
    expect(page.locator(".map-frame")).to_have_class(re.compile("is-zoomed"))
    assert page.evaluate(width, "JP") > 1.5 * whole

    page.get_by_label("Region").select_option("All the world")
    expect(page.locator(".map-frame")).not_to_have_class(re.compile("is-zoomed"))
    assert page.evaluate(width, "JP") == pytest.approx(whole)


def test_pointing_at_a_country_brings_its_card(page: Page) -> None:
    label(page, "AU").hover()
    expect(page.locator(".map-tip")).to_contain_text("Australia")
    label(page, "RU").hover()
    expect(page.locator(".map-tip")).to_contain_text("Russia")
    label(page, "JP").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    page.evaluate("document.querySelector('#map [data-code=JP]').focus()")
    page.keyboard.press("Shift")

    card = page.locator(".map-tip")
    expect(card).to_contain_text("Japan")
    expect(card).to_contain_text("25 films · most in the 2000s")
    expect(card.locator(".cover")).to_have_count(3)
    expect(card.locator(".stand-in").first).to_have_text("Tokyo 1")


def test_another_nine_films_take_the_place_of_those_on_the_shelf(page: Page) -> None:
    shelf = page.locator("#shelf-films")
    countries = shelf.locator(".from")
    first = countries.all_inner_texts()
    assert len(set(first)) == len(first) == 4  # as many as have a film that is no short
    another = page.get_by_role("link", name="Another nine")
    with page.expect_response("**/?shelf=1"):
        another.click()

    expect(countries).to_have_count(4)
    expect(page.locator("#announcements")).to_contain_text("Films from")
    assert address(page) == "/"
    shelf.get_by_role("link", name="Japan").hover()
    expect(page.locator("#map .map-hovered .map-line")).to_have_attribute("d", re.compile("M"))


def test_everybody_can_use_all_of_it(open_page: OpenPage) -> None:
    found = {}
    for width in (390, 1440):
        page = open_page("/?from=1950&to=1990", width=width)
        expect(page.locator("#map [role=link]")).to_have_count(250)
        found[width] = serious_findings(page)
    assert not any(found.values()), found


def test_without_a_script_the_decades_are_a_form_and_the_shelf_a_link(
    open_page: OpenPage,
) -> None:
    page = open_page("/?from=1950", java_script_enabled=False)
    expect(page.locator(".decades .words")).to_have_text("All times")
    page.get_by_role("slider", name="To the decade").fill("1960")
    page.get_by_role("button", name="Show these decades").click()
    expect(page.locator(".decades .words")).to_have_text("1950s–1960s")
    expect(page.get_by_role("button", name="Play the decades")).to_be_hidden()
    expect(page.locator("#shelf-films li")).to_have_count(1)  # of these decades
    page.get_by_role("link", name="World", exact=True).click()
    page.get_by_role("link", name="Another nine").click()
    expect(page.locator("#shelf-films li")).to_have_count(4)
