"""Light or dark: as the system has it, or as somebody has chosen it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, browser, open_page, site

__all__ = ["browser", "open_page", "site"]

LIGHT, DARK = "rgb(253, 252, 248)", "rgb(25, 28, 26)"
BROWSER_BAR = """() => [...document.querySelectorAll("meta[name=theme-color]")]
    .filter(({ media }) => matchMedia(media).matches).map(({ content }) => content)"""


def expect_paper(page: Page, colour: str) -> None:
    expect(page.locator("body")).to_have_css("background-color", colour)


@pytest.mark.parametrize(("system", "paper"), [("light", LIGHT), ("dark", DARK)])
def test_without_a_choice_it_is_the_systems(open_page: OpenPage, system: str, paper: str) -> None:
    page = open_page("/", color_scheme=system)

    expect(page.get_by_label("Colours")).to_have_value("")
    expect_paper(page, paper)


def test_a_choice_holds_for_all_pages_and_for_later(open_page: OpenPage) -> None:
    page = open_page("/about/", color_scheme="light")
    page.get_by_label("Colours").focus()
    page.get_by_label("Colours").select_option("dark")
    expect_paper(page, DARK)
    assert page.evaluate(BROWSER_BAR) == ["#191c1a"]

    # Before any script of the page's own has run.
    page.route("**/*.js", lambda route: route.abort())
    for address in ("/my-films/", "/movies/", "/offline/"):
        page.goto(address)
        expect_paper(page, DARK)
    page.unroute("**/*.js")

    page.goto("/about/")
    expect(page.get_by_label("Colours")).to_have_value("dark")
    assert page.evaluate(BROWSER_BAR) == ["#191c1a"]
    page.get_by_label("Colours").select_option("as the system has them")
    expect_paper(page, LIGHT)
    page.reload()
    expect_paper(page, LIGHT)
    assert page.evaluate(BROWSER_BAR) == ["#fdfcf8"]


def test_on_the_list_of_ghiblis_films_it_can_be_chosen_too(open_page: OpenPage) -> None:
    page = open_page("/movies/", color_scheme="light")
    page.get_by_label("Colours").select_option("dark")
    expect_paper(page, DARK)

    page.goto("/about/")
    expect_paper(page, DARK)
    expect(page.get_by_label("Colours")).to_have_value("dark")


def test_the_apis_page_is_in_these_colours(open_page: OpenPage) -> None:
    light, dark = "rgb(250, 250, 250)", "rgb(28, 32, 34)"
    page = open_page("/api/docs/", color_scheme="dark")
    summary = page.locator(".opblock-summary-path").first
    expect_paper(page, dark)
    expect(page.locator(".swagger-ui").first).to_have_css("background-color", dark)
    expect(summary).to_be_visible()
    in_the_dark = summary.evaluate("one => getComputedStyle(one).color")

    page.goto("/movies/")
    page.get_by_label("Colours").select_option("light")
    expect_paper(page, LIGHT)
    page.goto("/api/docs/")
    expect_paper(page, light)
    expect(summary).not_to_have_css("color", in_the_dark)


def test_the_map_and_its_picture_are_in_the_chosen_colours(open_page: OpenPage) -> None:
    page = open_page("/about/", color_scheme="dark")
    sea = page.locator("#map")
    expect(sea).to_have_css("background-color", "rgb(18, 25, 29)")
    page.get_by_label("Colours").focus()
    page.get_by_label("Colours").select_option("light")

    expect(sea).to_have_css("background-color", "rgb(223, 232, 236)")
    found = page.evaluate(
        """async () => {
            const { mapColours } = await import(
                document.querySelector("link[href*='map/drawing']").href
                    .replace(/drawing[^/]*$/, "colours.js"));
            return mapColours(document.querySelector("#map"))("sea");
        }"""
    )
    assert found == "rgb(223, 232, 236)"


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_everybody_can_use_it_in_either(open_page: OpenPage, chosen: str) -> None:
    page = open_page("/", color_scheme="dark" if chosen == "light" else "light")
    page.get_by_label("Colours").focus()
    page.get_by_label("Colours").select_option(chosen)

    assert serious_findings(page, without="#map") == []


def test_in_forced_colours_what_is_chosen_is_told_by_its_ground(open_page: OpenPage) -> None:
    page = open_page("/", width=1440, forced_colors="active")
    made, rated = (page.locator(f".pills [data-mode={mode}]") for mode in ("made", "rated"))
    expect(made).to_have_attribute("aria-pressed", "true")
    ground = "one => getComputedStyle(one).backgroundColor"

    assert made.evaluate(ground) != rated.evaluate(ground)


def test_in_forced_colours_the_main_button_can_be_read(open_page: OpenPage) -> None:
    page = open_page("/next/", width=1440, forced_colors="active")
    button = page.get_by_role("button", name="Surprise me")

    expect(button).to_have_css("forced-color-adjust", "none")
    colours = "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    text, ground = button.evaluate(colours)
    assert text != ground
