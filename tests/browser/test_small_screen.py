"""The map on a phone: its sheet, what closes it, the whole screen, the legend."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.cinema_site import (
    OpenPage,
    address,
    browser,
    heading,
    is_the_same,
    open_page,
    site,
)
from tests.browser.world_map import place

__all__ = ["browser", "open_page", "site"]

OpenPhone = Callable[..., Page]
WHERE = """async ([code, right, down]) => {
    const world = await (await fetch(document.querySelector("#map").dataset.world)).json();
    const { x, y, box: [x1, y1, x2, y2] } = world.countries[code];
    const at = right === null ? [x, y] : [x1 + right * (x2 - x1), y1 + down * (y2 - y1)];
    // When what was pressed before has moved the map.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const layer = document.querySelector("#map svg g");
    const found = new DOMPoint(...at).matrixTransform(layer.getScreenCTM());
    return [found.x, found.y];
}"""
# Those of the sheet's parts that lie on one another.
OVERLAPPING = """(sheet) => {
    const texts = "h2, p, .map-sheet-films a, .map-sheet-films .quiet";
    const parts = [...sheet.querySelectorAll(texts)];
    const boxes = parts.map((part) => part.getBoundingClientRect());
    return parts.flatMap((part, i) => parts.slice(i + 1).filter((other, more) => {
        const [a, b] = [boxes[i], boxes[i + 1 + more]];
        const isBeside = a.left >= b.right || b.left >= a.right;
        return !isBeside && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    }).map((other) => `${part.textContent} / ${other.textContent}`));
}"""


@pytest.fixture
def phone(open_page: OpenPage) -> OpenPhone:
    def phone(address: str = "/", width: int = 390, height: int = 664) -> Page:
        page = open_page(address, viewport={"width": width, "height": height}, has_touch=True)
        expect(page.locator("#map [role=link]")).to_have_count(250)
        sweden = page.locator("#map [role=link][data-code=SE]")
        expect(sweden).to_have_attribute("aria-label", re.compile("^Sweden, "))
        return page

    return phone


def tap(page: Page, code: str, right: float | None = None, down: float | None = None) -> None:
    """The country's middle, or a place in its box."""
    page.touchscreen.tap(*page.evaluate(WHERE, [code, right, down]))


def sheet(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


@pytest.mark.parametrize("size", [(320, 568), (390, 664), (844, 390)])
def test_nothing_in_the_sheet_lies_on_anything_else(
    phone: OpenPhone, size: tuple[int, int]
) -> None:
    page = phone("/", *size)
    for code, name in (("JP", "Japan"), ("BR", "Brazil"), ("AT", "Austria")):
        tap(page, code)
        shown = sheet(page, name)
        expect(shown).to_be_visible()
        if code == "JP":
            expect(shown.locator(".cover")).to_have_count(3)
        assert shown.evaluate(OVERLAPPING) == []
        tops = shown.locator(".map-sheet-near button").evaluate_all(
            "all => new Set(all.map((one) => one.offsetTop)).size"
        )
        assert tops == 1
        page.keyboard.press("Escape")
        expect(shown).to_have_count(0)


def test_back_closes_the_sheet_then_the_map_and_stays_on_the_page(phone: OpenPhone) -> None:
    page = phone("/")
    page.get_by_role("button", name="Larger").click()
    expect(page.locator("#map")).to_have_class("map is-open")
    tap(page, "FR")
    expect(sheet(page, "France")).to_be_visible()

    page.go_back()
    expect(sheet(page, "France")).to_have_count(0)
    expect(page.locator("#map")).to_have_class("map is-open")
    page.go_back()
    expect(page.locator("#map")).to_have_class("map")
    assert address(page) == "/"
    assert is_the_same(page)


def test_escape_closes_one_after_the_other_and_leaves_nothing_to_go_back_to(
    phone: OpenPhone,
) -> None:
    page = phone("/about/")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="World").click()
    expect(heading(page)).to_have_text("Where in the world films come from")
    page.get_by_role("button", name="Larger").click()
    expect(page.locator("#map")).to_have_class("map is-open")
    tap(page, "FR")
    expect(sheet(page, "France")).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet(page, "France")).to_have_count(0)
    expect(page.locator("#map")).to_have_class("map is-open")
    page.keyboard.press("Escape")
    expect(page.locator("#map")).to_have_class("map")
    page.wait_for_function("!history.state.overlays")

    page.go_back()
    page.wait_for_url("**/about/")


def test_back_from_a_country_leads_to_the_page_below_its_sheet(phone: OpenPhone) -> None:
    page = phone("/")
    tap(page, "JP")
    sheet(page, "Japan").get_by_role("button", name="Open Japan").click()
    expect(heading(page)).to_have_text("Japan")

    page.go_back()

    expect(heading(page)).to_have_text("Where in the world films come from")
    expect(page.locator(".map-sheet")).to_have_count(0)
    assert page.evaluate("history.state.overlays") is None


def test_the_sheet_has_the_focus_and_gives_it_back(phone: OpenPhone) -> None:
    page = phone("/")
    tap(page, "JP")
    expect(sheet(page, "Japan").get_by_role("heading", name="Japan")).to_be_focused()
    expect(page.locator("#announcements")).to_have_text("Japan: 25 films · most in the 2000s")
    page.keyboard.press("Escape")

    expect(page.locator("#map [role=link][data-code=JP]")).to_be_focused()


def test_the_sheet_is_of_the_time_that_is_shown(phone: OpenPhone) -> None:
    page = phone("/?from=1950&to=1950")
    tap(page, "JP")
    shown = sheet(page, "Japan")

    expect(shown).to_contain_text("5 films of the 1950s")
    expect(shown.locator(".map-sheet-films .quiet")).to_have_text(
        ["1954 · 9.4", "1954 · 9.3", "1954 · 9.2"]
    )
    page.keyboard.press("Escape")
    tap(page, "AU")
    expect(sheet(page, "Australia")).to_contain_text("No film of the 1950s")


def test_a_sheet_says_why_it_has_no_film_to_show(phone: OpenPhone) -> None:
    page = phone("/")
    tap(page, "SE")
    expect(sheet(page, "Sweden")).to_contain_text("Only 1 film not rated yet.")
    page.keyboard.press("Escape")
    tap(page, "LU")
    expect(sheet(page, "Luxembourg")).to_contain_text("Only 1 short film.")


def test_a_tap_that_is_a_guess_offers_what_else_it_may_have_meant(phone: OpenPhone) -> None:
    page = phone("/")
    tap(page, "IL", 0.5, 0.5)
    shown = page.locator(".map-sheet")
    expect(shown).to_be_visible()
    name = shown.get_attribute("aria-label")
    other = {"Palestine": "Israel", "Israel": "Palestine"}[str(name)]

    expect(shown.locator(".map-sheet-near")).to_contain_text("Did you mean:")
    expect(shown.locator(".map-sheet-near button").first).to_have_text(other)


@pytest.mark.parametrize("size", [(320, 568), (390, 664)])
@pytest.mark.parametrize("is_whole", [False, True])
def test_the_sheet_does_not_cover_what_was_tapped(
    phone: OpenPhone, size: tuple[int, int], is_whole: bool
) -> None:
    page = phone("/", *size)
    if is_whole:
        page.get_by_role("button", name="Larger").click()
        expect(page.locator("#map")).to_have_class("map is-open")
    tap(page, "ZA")
    expect(sheet(page, "South Africa")).to_be_visible()

    page.wait_for_function(
        """async () => {
            const [sheet, country] = [".map-sheet", "#map [role=link][data-code=ZA]"]
                .map((one) => document.querySelector(one).getBoundingClientRect());
            return country.top + country.height / 2 < sheet.top;
        }"""
    )


@pytest.mark.parametrize("size", [(320, 568), (390, 664), (844, 390)])
def test_the_larger_map_is_larger_and_its_legend_on_nothing(
    phone: OpenPhone, size: tuple[int, int]
) -> None:
    page = phone("/", *size)
    france = page.locator("#map [role=link][data-code=FR]")
    small = place(france)[2]
    page.get_by_role("button", name="Larger").click()
    expect(page.locator("#map")).to_have_class("map is-open")

    assert place(france)[2] > (1.9 if size[1] > size[0] else 1.2) * small
    expect(france).to_be_in_viewport()
    left, top, wide, high = place(page.locator(".map-legend"))
    assert left + wide <= size[0]
    for button in page.locator(".map-buttons button").all():
        x, y, _, below = place(button)
        assert y + below <= top or x >= left + wide or y >= top + high
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#map")).to_have_class("map")
    assert place(france)[2] == pytest.approx(small, rel=0.02)


def test_a_small_map_that_was_zoomed_can_be_brought_back(phone: OpenPhone) -> None:
    page = phone("/")
    whole = page.locator(".map-whole")
    expect(whole).to_be_hidden()
    box = place(page.locator("#map svg"))
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    devtools = page.context.new_cdp_session(page)
    for kind, apart in [("Start", 10), *(("Move", far) for far in range(14, 34, 4))]:
        fingers = [{"x": x - apart, "y": y}, {"x": x + apart, "y": y}]
        devtools.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": fingers})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator(".map-frame")).to_have_class("map-frame is-zoomed")

    whole.click()
    expect(page.locator(".map-frame")).to_have_class("map-frame")
    expect(whole).to_be_hidden()


def test_a_finger_leaves_no_rectangle_around_the_map(phone: OpenPhone) -> None:
    page = phone("/")
    page.keyboard.press("Escape")  # from here on the browser takes it for a keyboard's
    tap(page, "SG")
    expect(sheet(page, "Singapore")).to_be_visible()

    assert page.locator("#map svg").evaluate("map => getComputedStyle(map).outlineStyle") == "none"


def test_who_has_no_keyboard_is_told_where_a_mark_is_undone(open_page: OpenPage) -> None:
    page = open_page("/", width=390, has_touch=True, is_mobile=True)
    page.locator("#shelf-films [data-mark=seen]").first.click()

    expect(page.locator("#announcements")).to_contain_text("Undo is at the end of the page.")


def test_a_number_goes_below_a_countrys_name_before_that_is_broken(phone: OpenPhone) -> None:
    page = phone("/", 320)
    broken = """(all) => all.filter((one) => {
        const range = document.createRange();
        return one.textContent.trim().split(/\\s+/).some((word) => {
            const text = one.firstChild;
            const at = text.data.indexOf(word);
            range.setStart(text, at);
            range.setEnd(text, at + word.length);
            return range.getClientRects().length > 1;
        });
    }).map((one) => one.textContent)"""
    page.locator(".tiles").first.evaluate(
        """(tiles) => {
            for (const name of ["Switzerland", "Czechoslovakia", "Liechtenstein"]) {
                const item = tiles.firstElementChild.cloneNode(true);
                item.querySelector("a").textContent = name;
                item.querySelector(".number").textContent = "1,234";
                tiles.append(item);
            }
        }"""
    )

    assert page.locator(".tiles a").evaluate_all(broken) == []
