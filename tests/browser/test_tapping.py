"""The map under a finger: a tap says which country is meant before anything opens."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, address, browser, heading, open_page, site

__all__ = ["browser", "open_page", "site"]

# Taps each country in its middle, as exactly as a finger cannot; gives those where another's sheet
# comes up.
WRONG = """async () => {
    const svg = document.querySelector("#map svg");
    const layer = svg.querySelector("g");
    const world = await (await fetch(document.querySelector("#map").dataset.world)).json();
    const wrong = [];
    for (const [code, { x, y }] of Object.entries(world.countries)) {
        const place = new DOMPoint(x, y).matrixTransform(layer.getScreenCTM());
        const how = { clientX: place.x, clientY: place.y, bubbles: true, cancelable: true };
        const target = document.elementFromPoint(place.x, place.y);
        const hit = svg.contains(target) ? target : svg;
        hit.dispatchEvent(new PointerEvent("pointerdown", { ...how, pointerType: "touch" }));
        hit.dispatchEvent(new PointerEvent("pointerup", { ...how, pointerType: "touch" }));
        const tapped = new Promise((resolve) => {
            const name = ({ detail }) => resolve(detail.code);
            document.addEventListener("tapped", name, { once: true });
            setTimeout(() => resolve("nothing"), 1000);
        });
        hit.dispatchEvent(new MouseEvent("click", { ...how, detail: 1 }));
        const meant = await tapped;
        if (meant !== code) wrong.push(`${code}: ${meant}`);
        document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    }
    return wrong;
}"""


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    page = open_page("/", width=390, has_touch=True)
    expect(page.locator("#map [role=link][data-code=JP]")).to_have_attribute(
        "aria-label", "Japan, 25 rated films"
    )
    return page


def tap(page: Page, code: str) -> None:
    x, y = page.evaluate(
        """async (code) => {
            const world = await (await fetch(document.querySelector("#map").dataset.world)).json();
            const { x, y } = world.countries[code];
            const layer = document.querySelector("#map svg g");
            const place = new DOMPoint(x, y).matrixTransform(layer.getScreenCTM());
            return [place.x, place.y];
        }""",
        code,
    )
    page.touchscreen.tap(x, y)


def sheet(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def test_a_tap_on_a_countrys_middle_means_that_country(page: Page) -> None:
    assert page.evaluate(WRONG) == []


def test_a_tap_raises_a_sheet_with_films_and_neighbours_and_a_second_one_opens_it(
    page: Page,
) -> None:
    tap(page, "JP")
    expect(sheet(page, "Japan")).to_be_visible()
    for text in ("25 films", "Tokyo 1", "South Korea", "Or next door"):
        expect(sheet(page, "Japan")).to_contain_text(text)
    expect(sheet(page, "Japan").locator(".cover")).to_have_count(3)
    assert address(page) == "/"
    assert serious_findings(page, without="#map") == []

    tap(page, "JP")

    expect(heading(page)).to_have_text("Japan")
    expect(sheet(page, "Japan")).to_have_count(0)


def test_a_tap_on_switzerland_does_not_open_germany_and_a_neighbour_is_a_tap_away(
    page: Page,
) -> None:
    tap(page, "CH")
    expect(sheet(page, "Switzerland")).to_be_visible()

    sheet(page, "Switzerland").get_by_role("button", name="Germany").click()
    expect(sheet(page, "Germany")).to_be_visible()
    page.get_by_role("button", name="Open Germany").click()

    expect(heading(page)).to_have_text("Germany")


def test_the_sheet_is_closed_by_its_button_and_by_escape(page: Page) -> None:
    tap(page, "BR")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(sheet(page, "Brazil")).to_have_count(0)
    tap(page, "BR")
    expect(sheet(page, "Brazil")).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet(page, "Brazil")).to_have_count(0)


def test_a_place_without_a_country_raises_nothing(page: Page) -> None:
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + 0.36 * box["width"], box["y"] + 100)

    expect(page.locator(".map-sheet")).to_have_count(0)


def test_the_map_opens_to_the_whole_screen_and_closes(page: Page) -> None:
    larger = page.locator(".map-open")
    small = page.locator("#map").bounding_box()
    larger.click()
    expect(larger).to_have_text("Close")
    large = page.locator("#map").bounding_box()
    assert small is not None
    assert large is not None
    assert (small["height"], large["height"], large["y"]) == (220, 800, 0)
    page.get_by_role("button", name="World").click()  # it opens on Europe and Africa
    tap(page, "JP")
    expect(sheet(page, "Japan")).to_be_visible()
    page.get_by_role("button", name="Open Japan").click()

    expect(heading(page)).to_have_text("Japan")
    expect(page.locator("#map")).not_to_have_class("map is-open")


def test_films_are_on_the_first_screen_of_a_phone(open_page: OpenPage) -> None:
    page = open_page("/", viewport={"width": 390, "height": 844})
    expect(page.locator("#shelf-films .cover").first).to_be_in_viewport()


@pytest.mark.parametrize("size", [(390, 844), (320, 640), (844, 390), (667, 375)])
def test_a_countrys_first_film_is_on_the_first_screen(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page("/countries/JP/", viewport={"width": size[0], "height": size[1]})
    expect(page.locator("#films h3 a").first).to_be_in_viewport(ratio=1)
