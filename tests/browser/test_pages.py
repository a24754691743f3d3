"""The pages of countries and films in a browser, with the map beside them and without a script."""

import pytest
from playwright.sync_api import Route, expect

from movies.geography import SUCCESSORS
from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import (
    POSTERS,
    OpenPage,
    address,
    browser,
    expect_on_the_map,
    films,
    go,
    heading,
    is_the_same,
    numbered,
    open_page,
    site,
)
from tests.sample_films import ENTITIES, MARKUP

__all__ = ["browser", "open_page", "site"]

STATES = [
    "/",
    "/?from=1950&to=1990&shelf=2",
    "/about/",
    "/countries/JP/",
    "/countries/JP/?genre=16&decade=1950",
    "/countries/GE/",
    "/countries/SU/",
    "/countries/MT/",
    "/countries/AQ/",
    "/films/201/",
    "/films/301/",
    "/search/?name=tokyo",
    "/search/?name=zzzzz",
    "/search/?name=japan+1950s",
    "/search/?name=1954",
    "/search/?name=tokyo&year=x",
    "/countries/ZZ/",
]
SOVIET = SUCCESSORS["SU"]


def test_a_country_is_opened_from_the_list_and_shown_on_the_map(open_page: OpenPage) -> None:
    page = open_page("/")
    expect(page.locator("#map [role=link]")).to_have_count(250)

    page.locator(".tiles").get_by_role("link", name="Japan", exact=True).click()

    expect(heading(page)).to_have_text("Japan")
    expect(heading(page)).to_be_focused()
    expect(page).to_have_title("Japan · World in Movies")
    assert address(page) == "/countries/JP/"
    assert films(page) == numbered(1, 10)
    expect_on_the_map(page, "JP")
    assert is_the_same(page)


def test_a_country_is_opened_from_the_map(open_page: OpenPage) -> None:
    page = open_page("/")

    page.locator("#map [role=link][data-code=JP]").focus()
    page.keyboard.press("Enter")

    expect(heading(page)).to_have_text("Japan")
    expect(page.locator("#map [role=link][data-code=JP]")).to_have_attribute(
        "aria-label", "Japan, 25 rated films"
    )
    assert is_the_same(page)


def test_more_films_come_below_those_that_are_there(open_page: OpenPage) -> None:
    page = open_page("/countries/JP/")
    more = page.get_by_role("link", name="Show more")

    more.click()
    expect(page.locator("#films > li")).to_have_count(20)
    expect(page.get_by_role("link", name="Tokyo 11", exact=True)).to_be_focused()
    expect(page.locator("#announcements")).to_have_text("10 more films")
    more.click()
    expect(page.locator("#films > li")).to_have_count(25)

    assert films(page) == numbered(1, 25)
    expect(more).to_have_count(0)
    assert address(page) == "/countries/JP/"


def test_a_filter_is_applied_as_it_is_chosen_and_keeps_the_focus(open_page: OpenPage) -> None:
    page = open_page("/countries/JP/")
    genre = page.get_by_label("Genre")
    genre.focus()

    genre.select_option("Animation (5)")

    expect(page.locator("#best")).to_have_text("5 films · Animation")
    assert films(page) == numbered(1, 5)
    assert address(page) == "/countries/JP/?genre=16"
    expect(genre).to_be_focused()
    # There is none of that time to be chosen, but an address can ask for it.
    expect(page.get_by_label("Time").get_by_text("2000s")).to_have_count(0)
    go(page, "/countries/JP/?genre=16&decade=2000")
    expect(page.locator(".nothing")).to_contain_text("No rated film of Japan fits.")
    page.get_by_role("link", name="Show all of its films").click()
    expect(page.locator("#films > li")).to_have_count(10)
    assert is_the_same(page)


def test_the_lens_is_switched(open_page: OpenPage) -> None:
    page = open_page("/countries/FI/?by=origin")
    expect(page.locator(".nothing")).to_be_visible()
    lens = page.get_by_role("link", name="Co-productions")

    lens.click()

    expect(page.get_by_role("link", name="Of Horses and Men", exact=True)).to_be_visible()
    expect(lens).to_have_attribute("aria-current", "true")
    expect(lens).to_be_focused()
    assert address(page) == "/countries/FI/?by=co-productions"


@pytest.mark.parametrize("typed", ["republic of malta", "MALTA", "holland", "ussr"])
def test_a_country_is_found_by_any_of_its_names(open_page: OpenPage, typed: str) -> None:
    page = open_page("/")
    named = {"holland": "Netherlands", "ussr": "Soviet Union", "MALTA": "Malta"}

    page.get_by_label("Find a country").fill(typed)

    links = page.locator(".countries li:not([hidden]) a")
    expect(links).to_have_text([named[typed]] if typed in named else [])


def test_the_search_box_finds_a_country(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("combobox", name="Search films").fill("nippon")
    expect(page.locator("#suggestions [role=option]").first).to_contain_text("Japan")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(heading(page)).to_have_text("Japan")
    assert address(page) == "/countries/JP/"


def test_a_film_shows_its_countries_on_the_map_and_leads_to_them(open_page: OpenPage) -> None:
    page = open_page("/countries/GE/")
    page.get_by_role("link", name="Stalker 1", exact=True).click()
    expect(heading(page)).to_have_text("Stalker 1")
    expect_on_the_map(page, *SOVIET)
    go(page, "/films/201/")
    expect_on_the_map(page, "IS")

    page.locator("#panel").get_by_role("link", name="Finland").click()

    expect(heading(page)).to_have_text("Finland")
    expect_on_the_map(page, "FI")


def test_a_former_state_is_shown_as_what_it_became(open_page: OpenPage) -> None:
    page = open_page("/countries/SU/")

    expect(page.locator(".note a")).to_have_count(len(SOVIET))
    expect_on_the_map(page, *SOVIET)


def test_what_stands_in_for_a_poster_is_seen_until_it_comes_or_for_good(
    open_page: OpenPage,
) -> None:
    page = open_page("/countries/MT/")
    posters = page.locator(".film img")
    expect(posters).to_have_count(1)
    assert posters.evaluate("async (image) => { await image.decode(); return image.width; }")

    page.route(POSTERS, lambda route: route.abort())
    page.goto("/countries/JP/")
    page.locator(".film").last.scroll_into_view_if_needed()  # what is far below is not asked for

    expect(page.locator(".film img")).to_have_count(0)
    expect(page.locator(".stand-in").first).to_have_text("Tokyo 1")


def test_names_are_text_and_never_markup(open_page: OpenPage) -> None:
    page = open_page("/")
    page.locator("#map [role=link][data-code=MT]").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#films h3 a")).to_have_text([MARKUP, ENTITIES])
    page.locator("#films h3 a").first.click()
    expect(heading(page)).to_have_text(MARKUP)
    expect(page).to_have_title(f"{MARKUP} (1999) · World in Movies")


def test_a_name_from_right_to_left_begins_where_the_others_do(open_page: OpenPage) -> None:
    page = open_page("/countries/JP/")
    original = page.locator("#films .original").first
    original.evaluate("one => { one.textContent = 'جميلة'; }")

    expect(original).to_have_css("direction", "rtl")
    expect(original).to_have_css("text-align", "left")


def test_the_list_of_countries_is_narrowed_by_typing(open_page: OpenPage) -> None:
    page = open_page("/")
    field = page.get_by_label("Find a country")

    field.fill("MALT")
    expect(page.locator(".countries li:visible")).to_have_text(["Malta 2 " + MARKUP])
    expect(page.locator("#country-filter-found")).to_have_text("1 country")
    field.fill("cote d")
    expect(page.locator(".countries li:visible")).to_have_count(1)
    field.fill("")
    expect(page.locator(".countries .continent:visible")).to_have_count(8)
    field.press("Enter")
    expect(page.locator("#panel")).not_to_have_attribute("aria-busy", "true")
    assert address(page) == "/"
    field.fill("malt")
    field.press("Enter")

    expect(heading(page)).to_have_text("Malta")


def test_what_was_typed_before_the_scripts_came_narrows_it_too(open_page: OpenPage) -> None:
    page = open_page("/nowhere/")
    scripts: list[Route] = []
    page.route("**/js/main.js", lambda route: scripts.append(route))
    with page.expect_request("**/js/main.js"):
        page.goto("/", wait_until="commit")
    page.get_by_label("Find a country").fill("malt")

    scripts[0].continue_()

    expect(page.locator("#country-filter-found")).to_have_text("1 country")
    expect(page.locator(".countries li:visible")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 768, 3840])
def test_nothing_sticks_out_of_the_window(open_page: OpenPage, width: int) -> None:
    page = open_page("/", width=width)
    for state in STATES:
        go(page, state)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state


def test_without_a_script_all_of_it_is_there_but_the_map(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    expect(page.get_by_label("Find a country")).to_be_hidden()
    page.locator(".tiles").get_by_role("link", name="Japan", exact=True).click()
    page.get_by_role("link", name="Show more").click()
    titles = page.locator("#films h3 a")
    expect(titles).to_have_text(numbered(11, 20))
    page.get_by_label("Genre").select_option("Animation (5)")
    page.get_by_role("button", name="Show").click()
    expect(titles).to_have_text(numbered(1, 5))
    page.get_by_role("searchbox", name="Search films, countries and people").fill("von mensch")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Of Horses and Men", exact=True).click()
    expect(heading(page)).to_have_text("Of Horses and Men")


def test_everybody_can_use_it(open_page: OpenPage) -> None:
    page = open_page("/countries/SU/")
    expect_on_the_map(page, *SOVIET)
    found = {"with the map": serious_findings(page)}
    for state in STATES:
        go(page, state)
        page.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )
        found[state] = serious_findings(page, without="#map")
    assert not any(found.values()), found
