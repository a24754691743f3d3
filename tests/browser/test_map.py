"""The map in a browser: every country can be found, read and opened."""

import base64
import struct

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.cinema_site import browser, site
from tests.browser.world_map import (
    DRAW,
    DRAWN,
    WORLD,
    NewPage,
    country,
    middle,
    new_page,
    opened,
    page,
    place,
)

__all__ = ["browser", "new_page", "page", "site"]


def legend(page: Page) -> list[str]:
    return page.locator(".map-legend li").all_inner_texts()


def test_the_countries_are_shaded_by_their_films(page: Page) -> None:
    page.evaluate("map.shade({ US: 12345, SE: 250, GE: 30, MT: 2, NA: 0 })")

    assert legend(page) == ["none", "1–9", "10–99", "100–999", "1,000–9,999", "10,000 or more"]
    assert page.locator(".map-legend p").inner_text() == "Rated films"
    shades = {code: country(page, code).get_attribute("data-shade") for code in ("US", "SE", "MT")}
    assert shades == {"US": "5", "SE": "3", "MT": "1"}
    expect(country(page, "SE")).to_have_attribute("aria-label", "Sweden, 250 rated films")
    expect(country(page, "NA")).to_have_attribute("aria-label", "Namibia, no rated film")


def test_a_small_catalogue_has_as_many_shades(page: Page) -> None:
    page.evaluate("map.shade(new Map([['US', 30], ['FR', 4]]))")

    assert legend(page) == ["none", "1", "2–4", "5–9", "10–19", "20 or more"]


def test_names_are_text_whatever_they_are(page: Page) -> None:
    page.evaluate("map.names({ GE: '<b>Sakartvelo</b>' })")
    country(page, "GE").hover()

    expect(page.locator(".map-tip")).to_have_text("<b>Sakartvelo</b>")


def test_it_shows_what_is_seen_wanted_and_neither(page: Page) -> None:
    page.evaluate("map.shade({ US: 100, FR: 50, GE: 20, SE: 10 })")
    # What is seen of a country without a rated film is shown, but the country does not count.
    seen = "{ US: 1200, FR: 2, NA: 1 }"
    page.evaluate(f"map.mark({{ seen: {seen}, wanted: {{ FR: 1, GE: 3 }} }})")

    assert legend(page) == [
        "seen: 2 countries",
        "wanted: 1 country",
        "neither: 1 country",
        "no rated film: 246 countries",
    ]
    expect(country(page, "US")).to_have_attribute("aria-label", "United States, 1,200 seen")
    expect(country(page, "FR")).to_have_attribute("aria-label", "France, 2 seen, 1 wanted")
    expect(country(page, "GE")).to_have_attribute("aria-label", "Georgia, 3 wanted")
    expect(country(page, "SE")).to_have_attribute("aria-label", "Sweden, none seen")
    expect(country(page, "NA")).to_have_attribute("aria-label", "Namibia, 1 seen")
    # Hatched, so that it takes no eye for colours.
    expect(country(page, "GE")).to_have_css("fill", 'url("#map-hatch")')

    page.evaluate("map.mark(null)")
    expect(country(page, "US")).to_have_attribute("aria-label", "United States, 100 rated films")


def test_a_pointer_brings_a_tip_and_opens_a_country(page: Page) -> None:
    page.evaluate("map.shade({ BR: 1 })")
    tip = page.locator(".map-tip")
    country(page, "BR").hover()
    expect(tip).to_have_text("Brazil1 rated film")

    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()

    country(page, "AU").click()
    assert opened(page) == ["AU"]


def test_a_small_state_is_hit_from_beside_it(page: Page) -> None:
    x, y = middle(page.locator("circle[data-code=BM]"))
    page.mouse.click(x + 2, y + 10)

    assert opened(page) == ["BM"]


def test_it_makes_a_picture(page: Page) -> None:
    page.evaluate("map.mark({ seen: { US: 3 }, wanted: { FR: 1 } })")
    picture = page.evaluate(
        """async () => {
            const blob = await map.image({ title: "1 of 187 countries", lines: ["3 films"] });
            const bytes = new Uint8Array(await blob.arrayBuffer());
            return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
        }"""
    )
    data = base64.b64decode(picture)

    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (1600, 900)


def test_it_says_that_it_cannot_be_loaded_and_tries_again(new_page: NewPage) -> None:
    page = new_page(world=lambda route: route.fulfill(status=503))
    page.evaluate(DRAW)
    alert = page.locator("#map [role=alert]")
    expect(alert).to_contain_text("The map could not be loaded.")
    assert page.evaluate("failure") == "Something is wrong with the site (error 503)."

    page.unroute(WORLD)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(DRAWN)).to_have_count(250)
    expect(alert).to_have_count(0)
    page.evaluate("map.shade({ US: 1 })")
    expect(country(page, "US")).to_have_attribute("aria-label", "United States, 1 rated film")


@pytest.mark.parametrize("size", [(320, 640), (1280, 800), (3840, 2160)])
def test_nothing_moves_when_the_map_comes(new_page: NewPage, size: tuple[int, int]) -> None:
    held: list[Route] = []
    page = new_page(*size, world=lambda route: held.append(route))
    before = [place(page.locator(part)) for part in ("#map", "#panel")]
    page.evaluate(DRAW)
    expect(page.locator("#map [role=status]")).to_have_text("Loading the map…")
    for route in held:
        route.continue_()
    expect(page.locator(DRAWN)).to_have_count(250)
    page.evaluate("map.shade({ US: 12345 })")
    expect(page.locator(".map-legend li")).to_have_count(6)

    assert [place(page.locator(part)) for part in ("#map", "#panel")] == before
    assert page.locator("#map").evaluate("map => map.scrollWidth <= innerWidth")
