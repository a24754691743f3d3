"""/next/ in a browser: what to see of the countries that are still missing."""

from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import POSTERS, OpenPage, browser, expect_on_the_map, open_page
from tests.browser.own_films import (
    BOLD,
    imdb_ratings,
    imdb_watchlist,
    rated,
    ready,
    seen,
    site,
    upload,
)

__all__ = ["browser", "open_page", "site"]

NEXT = "/next/"
BEST = "**/api/v1/best/**"


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page(NEXT)


def add(page: Page, *numbers: int, wanted: tuple[int, ...] = ()) -> None:
    ready(page)
    page.get_by_role("link", name="My films", exact=True).click()
    upload(page, "ratings.csv", imdb_ratings(*map(rated, numbers)))
    expect(page.locator(".files-table tbody tr")).to_have_count(1)
    if wanted:
        upload(page, "list.csv", imdb_watchlist(*(f"tt{number:07}" for number in wanted)))
        expect(page.locator(".files-table tbody tr")).to_have_count(2)


def go_next(page: Page) -> None:
    page.get_by_role("link", name="Next", exact=True).click()


def continent(page: Page, name: str) -> Locator:
    return page.locator(".continent").filter(has=page.get_by_role("heading", name=name))


def films(page: Page, country: str) -> list[str]:
    """All that there are to choose from, the first one first."""
    section = page.locator(".to-see").filter(has=page.get_by_role("heading", name=country))
    expect(section).to_be_visible()
    found = section.locator("li a").all_text_contents()
    while True:
        swap = section.get_by_role("button", name=f"Another film from {country}")
        if swap.count() == 0:
            return found
        swap.click()
        [shown] = section.locator("li a").all_text_contents()
        if shown == found[0]:
            return found
        found.append(shown)


def test_countries_not_yet_seen_have_their_best_three_by_continent(page: Page) -> None:
    add(page, 1, 3)
    go_next(page)

    expect(page.locator("#panel")).to_contain_text("3 of 5 countries are still to be seen.")
    expect(page.locator(".continent > summary")).to_have_text(
        ["Africa 2 of 2 countries to see", "Europe 1 of 2 countries to see"]
    )
    assert films(page, "Senegal") == ["Black Girl", "Mandabi", "Hyenas"]
    assert films(page, "Kenya") == ["Rafiki"]
    continent(page, "Europe").locator("summary").click()
    assert films(page, "Iceland") == [BOLD]


def test_what_is_wanted_comes_first_and_is_marked(page: Page) -> None:
    add(page, 1, wanted=(6,))
    go_next(page)

    assert films(page, "Senegal") == ["Touki Bouki", "Black Girl", "Mandabi"]
    assert page.locator(".to-see .badge").all_inner_texts() == ["wanted"]


def test_without_films_it_works_from_all_countries_and_says_so(page: Page) -> None:
    expect(page.locator("#panel")).to_contain_text("All 5 countries are here")
    expect(page.locator(".continent > summary")).to_have_count(3)
    page.get_by_role("link", name="Add your films").click()
    expect(page.get_by_role("heading", name="My films", level=1)).to_be_visible()


def test_a_surprise_is_an_unseen_country_with_its_best_film_said_and_shown_on_the_map(
    page: Page,
) -> None:
    add(page, 1, 3, 5, 10)  # Senegal alone is left
    go_next(page)

    page.get_by_role("button", name="Surprise me").click()

    surprise = page.locator(".surprise")
    expect(surprise.get_by_role("heading", name="Senegal")).to_be_focused()
    expect(surprise.locator(".film-card a")).to_have_text("Black Girl")
    expect(page.locator("#announcements")).to_have_text("Senegal: Black Girl, 1999.")
    expect_on_the_map(page, "SN")


def test_a_surprise_is_another_one_each_time(page: Page) -> None:
    heading = page.locator(".surprise h2")
    names = []
    for _ in range(4):
        page.get_by_role("button", name="Surprise me").click()
        names.append(heading.inner_text())

    assert all(one != following for one, following in pairwise(names))


def test_who_has_seen_every_country_is_told(page: Page) -> None:
    add(page, 1, 3, 5, 6, 10)
    seen(page, "5 of 5 countries, 5 films")
    go_next(page)

    expect(page.get_by_role("heading", name="You have seen every country!")).to_be_visible()
    expect(page.get_by_role("button", name="Surprise me")).to_have_count(0)


def test_a_failing_server_is_said_to_fail_and_asked_again(page: Page) -> None:
    page.route(BEST, lambda route: route.fulfill(status=503))
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("There are no films to suggest yet.")

    page.unroute(BEST)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".continent")).to_have_count(3)


def test_without_a_poster_the_name_stands_in(page: Page) -> None:
    page.route(POSTERS, lambda route: route.abort())
    page.reload()
    continent(page, "Asia").locator("summary").click()
    cards = continent(page, "Asia").locator(".film-card")

    for name in ["Ran", "Tokyo Story"]:
        expect(cards.locator("img")).to_have_count(0)  # one has none, the other's does not come
        expect(cards.locator(".stand-in")).to_have_text([name])
        continent(page, "Asia").get_by_role("button", name="Another film").click()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_of_the_window(open_page: OpenPage, width: int) -> None:
    page = open_page(NEXT, width)
    page.get_by_role("button", name="Surprise me").click()

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_it_says_what_is_missing(open_page: OpenPage) -> None:
    page = open_page(NEXT, java_script_enabled=False)

    expect(page.locator("#panel .note")).to_contain_text("This page needs JavaScript")


@pytest.mark.parametrize("width", [360, 1280])
def test_no_state_has_serious_accessibility_findings(open_page: OpenPage, width: int) -> None:
    page = open_page(NEXT, width)
    expect(page.locator(".continent")).to_have_count(3)
    assert serious_findings(page, without="#map") == []

    page.get_by_role("button", name="Surprise me").click()
    assert serious_findings(page, without="#map") == []

    add(page, 1, 3, 5, 6, 10)
    go_next(page)
    expect(page.get_by_role("heading", name="You have seen every country!")).to_be_visible()
    assert serious_findings(page, without="#map") == []


def test_a_country_is_ticked_off_and_stays_where_it_is(page: Page) -> None:
    senegal = page.locator(".to-see").filter(has=page.get_by_role("heading", name="Senegal"))
    senegal.get_by_role("button", name="Another film from Senegal").click()
    expect(senegal.locator("li a")).to_have_text("Mandabi")
    senegal.get_by_role("button", name="Seen", exact=True).click()

    expect(senegal.locator(".done-word")).to_have_text("✓ seen")
    expect(senegal.locator("li a")).to_have_text("Mandabi")
    expect(continent(page, "Africa").locator("summary")).to_contain_text("1 of 2 countries")
    expect(page.locator("#panel")).to_contain_text("4 of 5 countries are still to be seen.")
    page.keyboard.press("Control+z")
    expect(senegal.locator(".done-word")).to_have_text("")
    expect(continent(page, "Africa").locator("summary")).to_contain_text("2 of 2 countries")


def test_it_is_kept_where_it_was_left(page: Page) -> None:
    africa, asia = continent(page, "Africa"), continent(page, "Asia")
    asia.locator("summary").click()
    asia.get_by_role("button", name="Another film from Japan").click()
    expect(asia.locator("li a")).to_have_text("Tokyo Story")
    page.get_by_role("button", name="Surprise me").click()
    surprise = page.locator(".surprise h2").inner_text()
    asia.locator("li a").scroll_into_view_if_needed()
    scroll = page.evaluate("scrollY")
    asia.locator("li a").click()
    expect(page.get_by_role("heading", name="Tokyo Story", level=1)).to_be_visible()

    page.go_back()

    expect(asia.locator("li a")).to_have_text("Tokyo Story")
    expect(africa).to_have_attribute("open", "")
    assert page.locator(".surprise h2").inner_text() == surprise
    assert page.evaluate("scrollY") == scroll
    page.reload()
    expect(asia.locator("li a")).to_have_text("Tokyo Story")
    expect(africa).to_have_attribute("open", "")


def test_what_is_marked_on_another_page_is_ticked_off_when_one_comes_back(page: Page) -> None:
    senegal = page.locator(".to-see").filter(has=page.get_by_role("heading", name="Senegal"))
    senegal.locator("li a").click()
    expect(page.get_by_role("heading", name="Black Girl", level=1)).to_be_visible()
    page.get_by_role("button", name="Seen", exact=True).click()
    expect(page.locator("#map")).to_contain_text("seen: 1 country")
    page.go_back()
    expect(senegal.locator(".done-word")).to_have_text("✓ seen")


def test_it_is_narrowed_by_length_and_time(page: Page) -> None:
    expect(page.locator(".continent")).to_have_count(3)
    # Nothing is of that time.
    expect(page.get_by_label("Time").locator("option", has_text="1950s")).to_have_count(0)

    page.get_by_label("Time").select_option("1990s")
    expect(page.locator("#panel")).to_contain_text("5 countries of the 5 have such a film")
    assert page.url.endswith("/next/?decade=1990")
    page.get_by_label("Length").select_option("Up to 90 minutes")
    expect(page.locator(".film-card").first).to_contain_text("90 min")
    page.go_back()
    expect(page.get_by_label("Length")).to_have_value("")


def test_the_list_can_be_saved(page: Page) -> None:
    page.get_by_role("button", name="Another film from Senegal").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save this list (CSV)").click()
    assert download.value.suggested_filename == "films-of-the-world.csv"
    lines = download.value.path().read_bytes().decode("utf-8-sig").splitlines()
    assert lines[0] == "Continent,Country,Film,Year,Page,IMDb"
    assert len(lines) == 1 + 5
    assert lines[2].startswith("Africa,Senegal,Mandabi,1999,http://")
    assert lines[2].endswith("/films/8/,https://www.imdb.com/title/tt0000008/")


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_ticked_and_narrowed_it_fits_and_has_no_serious_findings(
    open_page: OpenPage, width: int
) -> None:
    page = open_page("/next/?length=short", width)
    page.get_by_role("button", name="Seen", exact=True).first.click()
    expect(page.locator(".done-word").first).to_have_text("✓ seen")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_findings(page, without="#map") == []
