"""One whole journey by the keyboard alone: a country found on the map, a film of it, a mark, the
map that shows it, and a link to that map."""

from playwright.sync_api import Page, expect

from tests.browser.cinema_site import OpenPage, browser, heading, open_page, site

__all__ = ["browser", "open_page", "site"]

# More than any page here has.
MOST_STOPS = 120
# Of what has the focus: its name; that it is seen in the window, with nothing over it; and that
# an outline says so: its own, or on the map the one that is drawn around a country.
FOCUSED = """() => {
    const one = document.activeElement;
    // Of a link in a sentence its first line.
    const { left, top, width, height } = one.getClientRects()[0] ?? one.getBoundingClientRect();
    const x = Math.min(Math.max(left + width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(top + height / 2, 0), innerHeight - 1);
    const there = document.elementFromPoint(x, y);
    const isOnMap = Boolean(one.closest(".map-world"));
    const around = document.querySelector(".map-focused path, .map-dot.is-focused");
    const isRange = one.type === "range";
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const isOutlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    return {
        name: one.getAttribute("aria-label") || one.innerText || one.labels?.[0]?.innerText || "",
        isInWindow: left < innerWidth && top < innerHeight && left + width > 0 && top + height > 0,
        isUncovered: isOnMap || one.contains(there) || isRange && one.parentNode.contains(there),
        isOutlined: isOnMap ? Boolean(around) : isOutlined || isRange,
    };
}"""


def stop(page: Page, key: str = "Tab") -> str:
    """To the next stop, or by Shift+Tab to the one before; its name. It has to be seen."""
    page.keyboard.press(key)
    found = page.evaluate(FOCUSED)
    assert all(found[what] for what in ("isInWindow", "isUncovered", "isOutlined")), found
    return str(found["name"]).strip()


def stop_at(page: Page, name: str, key: str = "Tab") -> None:
    """To the next stop of this name, by way of all that are between."""
    passed: list[str] = []
    while len(passed) < MOST_STOPS:
        passed.append(stop(page, key))
        if passed[-1] == name:
            return
    raise AssertionError(f"{name} is none of {passed}")


def test_from_the_map_to_a_mark_and_a_shared_map(open_page: OpenPage) -> None:
    page = open_page("/", 1440, permissions=["clipboard-read", "clipboard-write"])
    japan = page.get_by_role("link", name="Japan, 25 rated films")
    expect(japan).to_be_attached()

    # A country on the map, by the first letters of its name.
    stop_at(page, "To the map")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("japan")
    expect(japan).to_be_focused()
    expect(page.locator(".map-tip")).to_contain_text("25 films")
    assert page.evaluate(FOCUSED)["isOutlined"]
    page.keyboard.press("Escape")
    expect(page.locator(".map-tip")).to_be_hidden()
    expect(japan).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Japan")
    expect(heading(page)).to_be_focused()

    # One of its films.
    stop_at(page, "Tokyo 1")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Tokyo 1")
    stop_at(page, "Seen")
    page.keyboard.press("Space")
    seen = page.get_by_role("button", name="Seen", exact=True)
    expect(seen).to_have_attribute("aria-pressed", "true")
    expect(seen).to_be_focused()

    # The map that shows it.
    stop_at(page, "My films", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h2.figures")).to_have_text("1 of 4 countries, 1 film")
    expect(page.locator("#map")).to_contain_text("seen: 1 country")
    expect(page.get_by_role("link", name="Japan, 1 seen")).to_be_attached()

    # A link to it, and back to where the dialog was opened.
    stop_at(page, "Share by a link")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="A link to your map")
    expect(dialog).to_be_visible()
    stop_at(page, "Copy")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("Copied.")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Share by a link")).to_be_focused()

    address = page.evaluate("navigator.clipboard.readText()")
    other = page.context.new_page()
    other.goto(address)
    expect(other.locator(".compared")).to_contain_text(
        "They have seen films from 1 of 4 countries, you from 1."
    )


def test_every_stop_of_the_first_page_is_seen_and_leads_on(open_page: OpenPage) -> None:
    page = open_page("/", 1440)
    expect(page.get_by_role("link", name="Japan, 25 rated films")).to_be_attached()

    stops: list[str] = []
    while len(stops) < MOST_STOPS and (name := stop(page)) != "Find a country":
        stops.append(name)

    assert len(stops) < MOST_STOPS, stops
    assert {"World", "Films made", "From the decade", "Another nine", "Tokyo 1"} <= {*stops}


def test_escape_gives_the_focus_back_to_what_was_left(open_page: OpenPage) -> None:
    page = open_page("/", 1440)
    search = page.get_by_role("combobox", name="Search films, countries and people")
    search.focus()
    page.keyboard.type("tokyo")
    expect(page.locator("#suggestions li").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(search).to_be_focused()
    assert stop(page) == "Search"
