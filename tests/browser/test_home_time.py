"""The first page by what its map shows and when: modes and decades together, words and films that
go by them, and what is folded until it is of use."""

import re
from itertools import pairwise

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
from tests.browser.world_map import country, place

__all__ = ["browser", "open_page", "site"]


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    page = open_page("/", width=1440)
    expect(country(page, "JP")).to_have_attribute("aria-label", "Japan, 25 rated films")
    return page


def pill(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_the_best_rated_are_those_of_the_time_and_both_stand_in_the_address(
    open_page: OpenPage,
) -> None:
    page = open_page("/?from=1950&to=1950", width=1440)
    expect(country(page, "JP")).to_have_attribute("aria-label", "Japan, 5 films of the 1950s")
    pill(page, "Best rated").click()

    expect(country(page, "MT")).to_have_attribute("aria-label", "Malta, no rated film")
    expect(page.locator(".mode-words")).to_contain_text("its three best films of the 1950s.")
    expect(page.locator(".decades .words")).to_have_text("1950s")
    assert address(page) == "/?from=1950&to=1950&show=rated"
    expect(page.locator("#announcements")).to_have_text("The map shows: Best rated, 1950s")
    page.reload()
    expect(country(page, "MT")).to_have_attribute("aria-label", "Malta, no rated film")
    expect(pill(page, "Best rated")).to_have_attribute("aria-pressed", "true")
    pill(page, "Films made").click()
    expect(country(page, "JP")).to_have_attribute("aria-label", "Japan, 5 films of the 1950s")
    assert address(page) == "/?from=1950&to=1950"


def test_a_persons_films_are_of_all_times_and_the_address_says_so(open_page: OpenPage) -> None:
    page = open_page("/?from=1950&to=1950", width=1440)
    expect(country(page, "JP")).to_have_attribute("aria-label", "Japan, 5 films of the 1950s")
    pill(page, "Seen by me").click()

    expect(page.locator(".decades .words")).to_have_text("All times")
    assert address(page) == "/?show=mine"
    page.reload()
    expect(pill(page, "Seen by me")).to_have_attribute("aria-pressed", "true")


def test_what_is_said_and_the_shelf_go_by_the_time(page: Page) -> None:
    welcome = page.locator(".welcome")
    expect(welcome).to_contain_text("films, the best of")
    page.locator(".decade-bars [data-decade='1950']").click()

    expect(page.locator(".decades .words")).to_have_text("1950s")
    expect(page.locator(".decades .number")).to_have_text("5 films")
    expect(welcome).to_contain_text("1 country has films of the 1950s. Choose one, or")
    expect(welcome.locator(".in-all")).to_be_hidden()
    expect(page.locator("#shelf-films .from")).to_have_text(["Japan"])
    expect(page.locator("#shelf-films .facts")).to_contain_text(["1954"])
    expect(page.get_by_role("link", name="Another nine")).to_have_attribute(
        "href", re.compile(r"from=1950&to=1950")
    )
    expect(page.get_by_text("With their films of all times.")).to_be_visible()
    page.locator(".decade-bars [data-decade='1950']").click()
    expect(page.locator(".decades .words")).to_have_text("All times")
    expect(page.locator("#shelf-films .from")).to_have_count(4)
    assert address(page) == "/"


def test_bars_are_as_high_as_their_numbers_and_tell_them(page: Page) -> None:
    bars = page.locator(".decade-bars [data-decade]").evaluate_all(
        """all => all.map((one) => [
            Number(one.dataset.films),
            Number(one.querySelector(".bar").getAttribute("height")),
            one.querySelector("title").textContent,
        ])"""
    )
    most = max(films for films, _, _ in bars)

    assert all(
        height == pytest.approx(max(3, 100 * films / most), abs=1)
        for films, height, _ in bars
        if films
    )
    assert "1950s: 5 films" in [words for _, _, words in bars]
    expect(page.locator(".decade-most")).to_have_text(f"{most} films")


@pytest.mark.parametrize("size", [(320, 568), (390, 664), (844, 390)])
def test_names_below_the_bars_stand_apart(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page("/", viewport={"width": size[0], "height": size[1]})
    ends = page.locator(".decade-names span").evaluate_all(
        """all => all.filter((one) => one.textContent).map((one) => {
            const text = document.createRange();
            text.selectNodeContents(one);
            const { left, right } = text.getBoundingClientRect();
            return [left, right];
        })"""
    )

    assert len(ends) >= 3
    assert all(right + 4 < left for (_, right), (left, _) in pairwise(ends))


def test_the_classes_stay_while_decades_are_played(page: Page) -> None:
    legends = set()
    for decade in ("1950", "2000"):
        page.locator(f".decade-bars [data-decade='{decade}']").click()
        expect(page.locator(".map-legend p")).to_have_text(f"Films, {decade}s")
        legends.add(tuple(page.locator(".map-legend li").all_inner_texts()))

    assert legends == {("none", "1", "2–4", "5–9", "10–19", "20 or more")}


def test_the_ratings_legend_has_ranges_each_once_and_says_what_they_are(page: Page) -> None:
    pill(page, "Best rated").click()
    expect(page.locator(".map-legend p")).to_have_text("Rating of the three best films")
    labels = page.locator(".map-legend li").all_inner_texts()

    assert len(set(labels)) == len(labels) >= 3
    assert labels[0] == "none"
    assert re.fullmatch(r"\d\.\d or more", labels[-1])
    assert all(re.fullmatch(r"\d\.\d(–\d\.\d)?", one) for one in labels[1:-1])


@pytest.mark.parametrize("width", [1280, 1440, 3840])
def test_what_stands_on_the_map_has_paper_below_it_and_nothing_on_it(
    open_page: OpenPage, width: int
) -> None:
    page = open_page("/", viewport={"width": width, "height": 900 if width < 2000 else 2160})
    expect(country(page, "JP")).to_have_attribute("aria-label", "Japan, 25 rated films")
    marks = page.locator("#shelf-films .marks")
    marks.first.get_by_role("button", name="Seen").click()
    marks.last.get_by_role("button", name="Want").click()
    expect(page.locator(".map-legend li")).to_have_count(4)
    legend = page.locator(".map-legend")
    welcome = page.locator(".welcome")

    page.wait_for_function(
        """() => {
            const [welcome, legend] = [".welcome", ".map-legend"]
                .map((one) => document.querySelector(one).getBoundingClientRect());
            return Math.abs(welcome.bottom - legend.top) < 2;
        }"""
    )
    for one in (legend, welcome):
        expect(one).to_have_css("background-color", "rgb(253, 252, 248)")
    x, y, wide, high = place(legend)
    left, top, _, _ = place(page.locator(".map-buttons"))
    assert x + wide < left or y + high < top


def test_a_continent_with_a_giant_is_shown_without_its_emptiness(page: Page) -> None:
    before = place(country(page, "BE"))[2]
    page.get_by_label("Region").select_option("Europe")
    expect(page.locator(".map-frame")).to_have_class(re.compile("is-zoomed"))

    assert place(country(page, "BE"))[2] > 3 * before
    expect(page.locator("#announcements")).to_have_text("The map shows Europe")


def test_a_continents_page_shows_where_its_countries_mainly_are(open_page: OpenPage) -> None:
    """Neither Russia's far east nor what of a former state is in Asia."""
    page = open_page("/continents/europe/", width=1440)
    expect(country(page, "MT")).to_have_attribute("aria-current", "true")
    expect(page.locator(".map-frame")).to_have_class(re.compile("is-zoomed"))

    expect(country(page, "UZ")).not_to_have_attribute("aria-current", "true")
    assert place(country(page, "IT"))[2] > 60


def test_countries_without_a_film_are_folded_until_they_are_looked_for(page: Page) -> None:
    link = page.locator(".without").get_by_role("link", name="Bouvet Island")
    expect(link).to_be_hidden()
    page.get_by_label("Find a country").fill("bouvet")
    expect(link).to_be_visible()
    page.get_by_label("Find a country").fill("")
    expect(link).to_be_hidden()
    expect(page.locator(".ring").first).to_be_hidden()


def test_the_map_is_read_by_name_and_only_what_has_films(page: Page) -> None:
    names = page.locator("#map [role=link]:not([aria-hidden=true])").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )

    assert names == sorted(names)
    assert "Japan, 25 rated films" in names
    assert not [name for name in names if name.endswith("no rated film")]
    page.locator("#map").focus()
    page.keyboard.press("Tab")
    expect(country(page, "JP")).to_be_focused()
    page.keyboard.type("bouvet")
    expect(country(page, "BV")).to_be_focused()
    expect(country(page, "BV")).not_to_have_attribute("aria-hidden", "true")


def test_who_has_no_mouse_is_told_what_a_tap_does(open_page: OpenPage) -> None:
    page = open_page("/", width=390, has_touch=True, is_mobile=True)

    expect(page.locator("#map-hint")).to_have_text(
        "The countries that have films, by their names. Activate one to open it."
    )


def test_back_shows_what_was_shown(open_page: OpenPage) -> None:
    page = open_page("/?from=1950&to=1950&show=rated", width=1440)
    expect(country(page, "JP")).to_have_attribute("aria-label", re.compile("its best films"))
    country(page, "JP").focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Japan")
    page.go_back()

    expect(pill(page, "Best rated")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".decades .words")).to_have_text("1950s")
    expect(country(page, "MT")).to_have_attribute("aria-label", "Malta, no rated film")


def test_back_undoes_a_pill_and_a_bar_one_after_the_other(page: Page) -> None:
    """And stays on the page."""
    pill(page, "Best rated").click()
    expect(page.locator(".map-legend p")).to_have_text("Rating of the three best films")
    page.locator(".decade-bars [data-decade='1950']").click()
    expect(page.locator(".decades .words")).to_have_text("1950s")
    expect(country(page, "MT")).to_have_attribute("aria-label", "Malta, no rated film")

    page.go_back()
    expect(page.locator(".decades .words")).to_have_text("All times")
    expect(pill(page, "Best rated")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#announcements")).to_have_text("The map shows: Best rated, all times")
    assert address(page) == "/?show=rated"
    page.go_back()
    expect(pill(page, "Films made")).to_have_attribute("aria-pressed", "true")
    expect(country(page, "JP")).to_have_attribute("aria-label", "Japan, 25 rated films")
    assert address(page) == "/"
    page.go_forward()
    page.go_forward()
    expect(page.locator(".decades .words")).to_have_text("1950s")
    expect(country(page, "MT")).to_have_attribute("aria-label", "Malta, no rated film")
    expect(page.get_by_label("From the decade")).to_have_value("1950")
    expect(page.locator("#shelf-films .from")).to_have_text(["Japan"])
    assert is_the_same(page)


def test_all_that_the_handles_do_is_one_step(page: Page) -> None:
    page.get_by_label("From the decade").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".decades .all-times")).to_be_visible()
    page.go_back()

    expect(page.locator(".decades .words")).to_have_text("All times")
    assert address(page) == "/"
    assert is_the_same(page)


def test_a_country_with_fewer_than_three_films_is_hatched_among_the_best(page: Page) -> None:
    pill(page, "Best rated").click()
    expect(country(page, "MT")).to_have_attribute(
        "aria-label", re.compile(r"^Malta, its (one film|two films): \d\.\d\d$")
    )

    fills = {
        code: country(page, code).evaluate("one => getComputedStyle(one).fill")
        for code in ("MT", "JP")
    }
    assert "map-hatch-few-" in fills["MT"]
    assert fills["JP"].startswith("rgb")
    expect(page.locator(".map-legend-extra")).to_have_text("fewer than three films")
    pill(page, "Films made").click()
    expect(page.locator(".map-legend-extra")).to_have_count(0)
