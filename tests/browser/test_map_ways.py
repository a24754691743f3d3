"""Getting about on the map: by keys, wheel, drag and fingers, and where a page leads it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cinema_site import browser, site
from tests.browser.world_map import NewPage, country, draw, middle, new_page, opened, page, width

__all__ = ["browser", "new_page", "page", "site"]

# How often the arrow keys are pressed to get from France to where it takes longest; null where
# they do not lead everywhere.
FARTHEST = """async () => {
    const { findNeighbour } = await import("/static/pages/js/map/input.js");
    const world = await (await fetch(document.querySelector("#map").dataset.world)).json();
    const countries = Object.values(world.countries);
    let steps = 0;
    const reached = new Set([world.countries.FR]);
    for (let edge = [...reached]; edge.length; steps += 1) {
        const next = new Set(edge.flatMap((from) => [[1, 0], [-1, 0], [0, 1], [0, -1]]
            .map((arrow) => findNeighbour(countries, from, arrow))
            .filter((found) => found && !reached.has(found))));
        next.forEach((found) => reached.add(found));
        edge = [...next];
    }
    return reached.size === countries.length ? steps : null;
}"""


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
    # However slowly they come, these letters are typed at once.
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
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
