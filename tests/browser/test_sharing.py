"""A map is shared by a link without a server, and opened beside one's own in four colours."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, browser, open_page
from tests.browser.own_films import (
    MY_FILMS,
    imdb_ratings,
    imdb_watchlist,
    page,
    rated,
    ready,
    seen,
    site,
    upload,
)

__all__ = ["browser", "open_page", "page", "site"]

LINK = "/static/pages/js/share/map-link.js"
# Japan and Senegal seen, Kenya wanted.
THEIRS = {"seen": ["JP", "SN"], "wanted": ["KE"]}


def encode(page: Page, codes: dict[str, list[str]]) -> str:
    text: str = page.evaluate(
        """async ([module, { seen, wanted }]) => {
            const { encodeMap } = await import(module);
            return encodeMap({ seen: new Set(seen), wanted: new Set(wanted) });
        }""",
        [LINK, codes],
    )
    return text


def decode(page: Page, fragment: str) -> Any:
    return page.evaluate(
        """async ([module, fragment]) => {
            const { decodeMap } = await import(module);
            try {
                const { seen, wanted } = decodeMap(fragment);
                return { seen: [...seen], wanted: [...wanted] };
            } catch (error) {
                return error.message;
            }
        }""",
        [LINK, fragment],
    )


def shade(page: Page, code: str) -> str | None:
    return page.locator(f"#map [role=link][data-code={code}]").get_attribute("data-shade")


@pytest.fixture
def shared(page: Page) -> str:
    return f"#{encode(page, THEIRS)}"


def test_a_link_has_less_than_a_hundred_characters_whatever_is_in_it(page: Page) -> None:
    codes: list[str] = page.evaluate(
        """async () => {
            const world = await (await fetch("/static/pages/world.json")).json();
            return Object.keys(world.countries);
        }"""
    )
    maps: list[dict[str, list[str]]] = [
        {"seen": [], "wanted": []},
        {"seen": codes, "wanted": []},
        {"seen": codes[::2], "wanted": codes[1::2]},
        {"seen": [], "wanted": codes},
    ]
    for several in maps:
        fragment = f"#{encode(page, several)}"
        assert len(fragment) < 100
        assert decode(page, fragment) == several


def test_what_is_no_such_link_is_refused_with_the_reason(page: Page, shared: str) -> None:
    assert decode(page, shared) == THEIRS
    for end in (len(shared) - 1, len(shared) - 3, 40, len("#map=1")):
        assert "cut off" in decode(page, shared[:end]), end
    assert "a later release" in decode(page, "#map=2abc")
    for foreign in ("#map=", "#map=<b>", "#map=1<b>", "#map=1%20"):
        assert "no link to a map" in decode(page, foreign), foreign
    at = next(place for place in range(10, 60) if shared[place] == "A")
    assert "changed" in decode(page, f"{shared[:at]}B{shared[at + 1 :]}")
    assert "changed" in decode(page, f"{shared}AAAA")


def test_the_link_to_ones_map_is_given_and_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    upload(page, "ratings.csv", imdb_ratings(rated(3), rated(6)))
    upload(page, "list.csv", imdb_watchlist("tt0000010"))
    expect(page.locator("[data-part=summary]")).to_contain_text("Wanted: 1 film")
    page.get_by_role("button", name="Share by a link").click()

    dialog = page.get_by_role("dialog", name="A link to your map")
    address = dialog.get_by_label("The link").input_value()
    assert re.search(r"^http://[^/]+/my-films/#map=1", address)
    assert decode(page, address[address.index("#") :]) == THEIRS
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_it_is_opened_beside_ones_own_in_four_colours(page: Page, shared: str) -> None:
    upload(page, "ratings.csv", imdb_ratings(rated(1), rated(3)))
    seen(page, "2 of 5 countries, 2 films")
    page.evaluate("(hash) => { location.hash = hash; }", shared)

    section = page.get_by_role("region", name="Somebody’s map beside yours")
    expect(section).to_contain_text("They have seen films from 2 of 5 countries, you from 2.")
    expect(section.locator("dl > div")).to_have_text(
        ["Both of you1 country", "Only you1 country", "Only they1 country", "Neither2 countries"]
    )
    expect(page.locator("#map")).to_contain_text("only they: 1 country")
    assert {code: shade(page, code) for code in ("JP", "SE", "SN", "KE", "BR")} == {
        "JP": "both", "SE": "mine", "SN": "theirs", "KE": "neither", "BR": "0",
    }  # fmt: skip
    section.get_by_text("They have seen one from (1)").click()
    expect(section.get_by_role("link", name="Senegal")).to_be_visible()
    expect(section.get_by_text("They want one from (1)")).to_be_visible()

    section.get_by_role("button", name="Back to my films").click()
    expect(section).to_have_count(0)
    expect(page.locator("#map")).to_contain_text("seen: 2 countries")
    assert page.url.endswith(MY_FILMS)
    seen(page, "2 of 5 countries, 2 films")


def test_who_has_no_films_sees_it_too(open_page: OpenPage, shared: str) -> None:
    page = open_page(f"{MY_FILMS}{shared}")
    section = page.get_by_role("region", name="Somebody’s map beside yours")
    expect(section).to_contain_text("They have seen films from 2 of 5 countries, you from 0.")
    expect(page.locator("#map")).to_contain_text("only they: 2 countries")

    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.locator("#map")).to_contain_text("Rated films")


def test_who_has_no_films_is_asked_to_begin(open_page: OpenPage, shared: str) -> None:
    page = open_page(f"{MY_FILMS}{shared}")
    begin = page.get_by_role("button", name="Make a map of your own")
    expect(begin).to_be_visible()
    expect(page.locator(".compared dl")).to_have_count(0)
    expect(page.locator(".add-films")).to_be_hidden()
    begin.click()

    expect(page.locator(".compared")).to_have_count(0)
    expect(page.locator(".add-films")).to_be_visible()
    expect(page.get_by_label("Type a film that you have seen")).to_be_focused()


def test_a_link_that_is_cut_off_is_said_to_be(open_page: OpenPage, shared: str) -> None:
    page = open_page(f"{MY_FILMS}{shared[:30]}")
    section = page.get_by_role("region", name="A map that cannot be shown")
    expect(section.get_by_role("alert")).to_contain_text("has been cut off on its way")
    expect(page.get_by_label("Files from IMDb or Letterboxd")).to_be_visible()
    section.get_by_role("button", name="Back to my films").click()
    expect(section).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_beside_one_another_they_fit_and_have_no_serious_findings(
    open_page: OpenPage, width: int, shared: str
) -> None:
    page = open_page(MY_FILMS, width)
    ready(page)
    upload(page, "ratings.csv", imdb_ratings(rated(1), rated(3)))
    seen(page, "2 of 5 countries, 2 films")
    page.get_by_role("button", name="Share by a link").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert serious_findings(page, without="#map") == []
    page.keyboard.press("Escape")
    page.evaluate("(hash) => { location.hash = hash; }", shared)
    expect(page.get_by_role("region", name="Somebody’s map beside yours")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_findings(page, without=".map-world") == []
