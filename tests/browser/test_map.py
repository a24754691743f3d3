"""The map in a browser: every country can be found, read, reached and opened."""

import base64
import struct
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.cinema_site import browser, site

__all__ = ["browser", "site"]

NewPage = Callable[..., Page]
Answer = Callable[[Route], Any]
WORLD = "**/world*.json"

# Draws the map and keeps hold of it, and of what it says is opened.
DRAW = """async () => {
    const { worldMap } = await import("/static/movies/js/map.js");
    const section = document.querySelector("#map");
    window.opened = [];
    section.addEventListener("country", (event) => window.opened.push(event.detail.code));
    section.addEventListener("ready", (event) => { window.map = event.detail.map; });
    worldMap(section).catch((error) => { window.failure = error.message; });
}"""
DRAWN = "#map [role=link]"
# How often the arrow keys are pressed to get from France to where it takes longest; null where
# they do not lead everywhere.
FARTHEST = """async () => {
    const { neighbour } = await import("/static/movies/js/map-keys.js");
    const world = await (await fetch(document.querySelector("#map").dataset.world)).json();
    const countries = Object.values(world.countries);
    let steps = 0;
    const reached = new Set([world.countries.FR]);
    for (let edge = [...reached]; edge.length; steps += 1) {
        const next = new Set(edge.flatMap((from) => [[1, 0], [-1, 0], [0, 1], [0, -1]]
            .map((arrow) => neighbour(countries, from, arrow))
            .filter((found) => found && !reached.has(found))));
        next.forEach((found) => reached.add(found));
        edge = [...next];
    }
    return reached.size === countries.length ? steps : null;
}"""


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[NewPage]:
    """Opens the first page with nothing on it but what the server sends; nothing may go wrong."""
    wrong: list[str] = []

    def new_page(
        width: int = 1280, height: int = 800, world: Answer | None = None, **context: Any
    ) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height}, **context)
        if world:
            page.route(WORLD, world)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.route("**/js/main*.js", lambda route: route.abort())
        page.goto(site)
        return page

    yield new_page
    assert wrong == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """With its map, which nothing moves but the test."""
    page = new_page(reduced_motion="reduce")
    draw(page)
    return page


def draw(page: Page) -> None:
    page.evaluate(DRAW)
    expect(page.locator(DRAWN)).to_have_count(250)


def country(page: Page, code: str) -> Locator:
    """What of a country is focused, and says its name."""
    return page.locator(f"#map [role=link][data-code={code}]")


def width(page: Page, code: str) -> float:
    """Of the country on the screen, in pixels."""
    return place(country(page, code))[2]


def middle(locator: Locator) -> tuple[float, float]:
    """Where it is on the screen."""
    x, y, wide, high = place(locator)
    return x + wide / 2, y + high / 2


def place(locator: Locator) -> list[float]:
    """Left, top, width and height on the screen, once what has just happened is painted."""
    found: list[float] = locator.evaluate(
        """async (element) => {
            for (const frame of [1, 2]) await new Promise(requestAnimationFrame);
            const { x, y, width, height } = element.getBoundingClientRect();
            return [x, y, width, height];
        }"""
    )
    return found


def legend(page: Page) -> list[str]:
    return page.locator(".map-legend li").all_inner_texts()


def opened(page: Page) -> Any:
    return page.evaluate("opened")


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
    page.evaluate("map.mark({ seen: { US: 1200, FR: 2 }, wanted: { FR: 1, GE: 3 } })")

    assert legend(page) == [
        "seen: 2 countries",
        "on the list: 1 country",
        "neither: 1 country",
        "no rated film: 246 countries",
    ]
    expect(country(page, "US")).to_have_attribute("aria-label", "United States, 1,200 seen")
    expect(country(page, "FR")).to_have_attribute("aria-label", "France, 2 seen, 1 on the list")
    expect(country(page, "GE")).to_have_attribute("aria-label", "Georgia, 3 on the list")
    expect(country(page, "SE")).to_have_attribute("aria-label", "Sweden, none seen")
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


def test_it_is_one_stop_for_the_tab_key(page: Page) -> None:
    page.locator("#map").focus()
    page.keyboard.press("Tab")
    focused = page.locator("#map [role=link]:focus")
    expect(focused).to_have_attribute("tabindex", "0")
    expect(page.locator(".map-tip")).to_be_visible()

    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Zoom in")).to_be_focused()
    expect(page.locator(".map-tip")).to_be_hidden()


def test_arrows_letters_and_enter_lead_to_a_country(page: Page) -> None:
    country(page, "FR").focus()
    page.keyboard.press("ArrowRight")
    expect(country(page, "CH")).to_be_focused()

    page.keyboard.type("new z")
    expect(country(page, "NZ")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("georg")
    expect(country(page, "GE")).to_be_focused()
    expect(page.locator(".map-tip")).to_have_text("Georgia")

    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert opened(page) == ["GE", "GE"]


def test_the_arrow_keys_lead_to_every_country(page: Page) -> None:
    steps = page.evaluate(FARTHEST)

    assert steps is not None
    assert steps <= 15


def test_keys_and_buttons_zoom_and_go_back_to_the_world(page: Page) -> None:
    whole = width(page, "GE")
    country(page, "GE").focus()
    page.keyboard.press("+")
    assert width(page, "GE") == pytest.approx(2 * whole, rel=0.1)
    page.keyboard.press("-")
    assert width(page, "GE") == pytest.approx(whole, rel=0.1)

    closer = page.get_by_role("button", name="Zoom in")
    for _ in range(8):
        closer.click(force=True)
    expect(closer).to_have_attribute("aria-disabled", "true")
    nearest = width(page, "GE")
    closer.click(force=True)
    assert width(page, "GE") == pytest.approx(nearest)

    page.get_by_role("button", name="World").click()
    assert width(page, "GE") == pytest.approx(whole)
    expect(page.get_by_role("button", name="Zoom out")).to_have_attribute("aria-disabled", "true")


def test_the_wheel_zooms_where_the_pointer_is(page: Page) -> None:
    whole = width(page, "GE")
    x, y = middle(country(page, "GE"))
    page.mouse.move(x, y)
    for _ in range(6):
        page.mouse.wheel(0, -200)
    expect(page.locator(".map-frame")).to_have_class("map-frame is-zoomed")

    assert width(page, "GE") > 3 * whole
    assert middle(country(page, "GE")) == pytest.approx((x, y), abs=10)


def test_a_drag_moves_the_map_no_farther_than_the_world_and_opens_nothing(page: Page) -> None:
    page.get_by_role("button", name="Zoom in").click()
    x, y = middle(page.locator("#map svg"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 100, y + 50, steps=5)
    before = middle(country(page, "CD"))
    page.mouse.move(x + 200, y + 100, steps=5)
    after = middle(country(page, "CD"))
    assert after == pytest.approx((before[0] + 100, before[1] + 50), abs=2)

    for far in range(2_000, 10_000, 2_000):
        page.mouse.move(x + far, y + far)
    page.mouse.up()
    assert opened(page) == []
    left = page.locator("#map svg > g").evaluate("layer => layer.getCTM().e")
    assert left == pytest.approx(0)


def test_two_fingers_zoom(new_page: NewPage) -> None:
    page = new_page(360, 640, has_touch=True)
    draw(page)
    whole = width(page, "DZ")
    x, y = middle(country(page, "DZ"))
    devtools = page.context.new_cdp_session(page)
    for kind, apart in [("Start", 10), *(("Move", far) for far in range(14, 34, 4))]:
        fingers = [{"x": x - apart, "y": y}, {"x": x + apart, "y": y}]
        devtools.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": fingers})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    assert width(page, "DZ") == pytest.approx(3 * whole, rel=0.1)
    assert opened(page) == []


def test_a_selection_is_marked_and_followed_and_left_again(page: Page) -> None:
    whole = width(page, "GE")
    page.evaluate("map.select(['GE', 'SU'], { follow: true })")

    expect(page.locator("#map [aria-current=true]")).to_have_count(1)
    expect(country(page, "GE")).to_have_attribute("aria-current", "true")
    expect(country(page, "GE")).to_have_attribute("tabindex", "0")
    assert width(page, "GE") > 4 * whole

    page.evaluate("map.select([], { follow: true })")
    expect(page.locator("#map [aria-current]")).to_have_count(0)
    assert width(page, "GE") == pytest.approx(whole)


def test_a_focused_country_comes_into_view(page: Page) -> None:
    page.evaluate("map.select(['GE'], { follow: true })")
    country(page, "NZ").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")

    focused = page.locator("#map [role=link]:focus")
    expect(focused).to_be_in_viewport()


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
    assert page.evaluate("failure") == "The map’s geometry was answered with 503."

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
