"""/my-films/ in a browser: what somebody's films come to, country by country."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, browser, open_page
from tests.browser.own_films import (
    BOLD,
    KEY,
    MY_FILMS,
    RATINGS,
    WATCHED,
    bar,
    country,
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

COUNTRIES = "**/api/v1/countries/**"


def test_a_file_is_counted_by_country_with_both_ratings(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)

    seen(page, "1 of 5 countries, 3 films")
    expect(page.locator("[data-part=summary]")).to_contain_text("1 former state: Soviet Union")
    expect(bar(page)).to_contain_text("Added 3 films from 5 rows. 2 rows could not be placed.")
    sweden = country(page, "Sweden")
    sweden.locator("summary").click()
    expect(sweden.locator("tbody tr")).to_have_count(2)
    assert sweden.locator("tbody tr").all_inner_texts() == [
        "The Seventh Seal\t1999\t9\t8.0",
        "Persona\t1999\t6\t7.9",
    ]
    expect(page.get_by_role("link", name="The Seventh Seal")).to_have_attribute(
        "href", "/films/1/"
    )


def test_files_are_added_to_one_another_and_seen_outweighs_wanted(page: Page) -> None:
    upload(page, "watchlist.csv", imdb_watchlist("tt0000001", "tt0000004", "tt0000005"))
    seen(page, "0 of 5 countries, 0 films")
    expect(page.locator("[data-part=summary]")).to_contain_text(
        "Wanted: 3 films, also from 3 countries that you have seen none from."
    )

    upload(page, "ratings.csv", imdb_ratings(rated(1), rated(3)))

    seen(page, "2 of 5 countries, 2 films")
    expect(bar(page)).to_contain_text("Added 1 film from 2 rows. 1 was here already.")
    expect(country(page, "Japan").locator("summary")).to_have_text("Japan 1 film seen, 1 wanted")
    expect(page.locator("#map")).to_contain_text("wanted: 1 country")
    files = page.locator(".files-table tbody tr")
    assert [row.split("\t")[1:] for row in files.all_inner_texts()] == [
        ["3", "3", "0", "0"],
        ["2", "2", "0", "0"],
    ]


def test_a_country_without_a_rated_film_counts_neither_in_words_nor_on_the_map(
    page: Page,
) -> None:
    upload(page, "ratings.csv", imdb_ratings(rated(1), rated(12)))

    seen(page, "1 of 5 countries, 2 films")
    expect(page.locator("#map")).to_contain_text("seen: 1 country")
    expect(page.locator("#map [role=link][data-code=TD]")).to_have_attribute(
        "aria-label", "Chad, 1 seen"
    )


def test_the_newest_own_rating_counts_and_a_file_added_again_replaces_itself(page: Page) -> None:
    upload(page, "ratings.csv", imdb_ratings(rated(1, 3), rated(1, 3)))
    expect(page.locator("[data-part=files]")).to_contain_text("1 row names a film that another")
    upload(page, "ratings.csv", imdb_ratings(rated(1, 8)))

    expect(page.locator(".files-table tbody tr")).to_have_count(1)
    expect(page.locator("[data-part=files]")).not_to_contain_text("names a film")
    country(page, "Sweden").locator("summary").click()
    expect(country(page, "Sweden").locator("tbody td").nth(1)).to_have_text("8")


def test_a_film_that_a_file_no_longer_names_stays_and_the_page_says_so(page: Page) -> None:
    upload(page, "ratings.csv", imdb_ratings(rated(1), rated(2)))
    seen(page, "1 of 5 countries, 2 films")
    upload(page, "ratings.csv", imdb_ratings(rated(1)))

    expect(bar(page)).to_contain_text("Added 0 films from 1 row.")
    seen(page, "1 of 5 countries, 2 films")
    page.locator(".add-films").evaluate("(details) => { details.open = true; }")
    expect(page.get_by_text("Films that are no longer in it stay")).to_be_visible()


def test_without_the_list_of_countries_the_films_stay_and_it_can_be_asked_again(
    page: Page,
) -> None:
    page.route(COUNTRIES, lambda route: route.fulfill(status=503))
    page.reload()
    ready(page)
    upload(page, "ratings.csv", RATINGS)
    summary = page.locator("[data-part=summary]")
    expect(summary).to_contain_text("Your 3 films are here, but the list of countries is not.")

    page.unroute(COUNTRIES)
    summary.get_by_role("button", name="Try again").click()
    seen(page, "1 of 5 countries, 3 films")


def test_a_name_with_markup_is_text(page: Page) -> None:
    unknown = ("tt9900009", 5, BOLD, "Movie")
    upload(page, "<i>own<i>.csv", imdb_ratings(rated(5), unknown))

    country(page, "Iceland").locator("summary").click()
    expect(country(page, "Iceland").locator("tbody a")).to_have_text(BOLD)
    expect(page.locator(".unplaced-table")).to_contain_text(BOLD)
    expect(page.locator(".files-table")).to_contain_text("<i>own<i>.csv")
    assert page.locator("#panel").locator("td b, th b, th i, td i, img[src=x]").count() == 0


def test_films_in_other_pages_lists_say_that_they_are_seen(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    upload(page, "watchlist.csv", imdb_watchlist("tt0000004"))
    expect(page.locator(".files-table tbody tr")).to_have_count(2)

    page.goto("/countries/SE/")
    first = page.locator("[data-film-id='1']")
    expect(first.locator(".badge")).to_have_text("seen, you gave it 9")
    page.goto("/countries/JP/")
    expect(page.locator("[data-film-id='4'] .badge")).to_have_text("wanted")
    expect(page.locator("[data-film-id='3'] .badge")).to_have_count(0)


def test_ten_thousand_films_fit_and_are_listed_in_parts(page: Page) -> None:
    films = [
        {
            "file": "ratings.csv",
            "row": number + 1,
            "country_codes": ["SE", "JP"],
            "name": f"A film with a name of ordinary length, the {number}th",
            "original_name": "",
            "year": 1999,
            "imdb_id": f"tt{number:07}",
            "id": number,
            "personal_rating": 7,
            "rating": 7.123456,
            "poster_url": "https://image.tmdb.org/t/p/w500/abcdefghijklmnopqrstuvwxyz0.jpg",
            "seen": True,
        }
        for number in range(1, 10_001)
    ]
    summary = {"rows": 10_000, "matched": 10_000, "unmatched": 0}
    files = [{"file": "ratings.csv", "source": "imdb_ratings", "rows": 10_000}]
    answer = {"files": files, "summary": summary, "matched": films, "unmatched": []}
    page.route(WATCHED, lambda route: route.fulfill(json=answer | {"duplicates": []}))
    upload(page, "ratings.csv", RATINGS)
    seen(page, "2 of 5 countries, 10,000 films")

    # The smallest room that a browser gives: 5 MB at two bytes a character.
    assert 2 * page.evaluate("key => localStorage.getItem(key).length", KEY) < 5_000_000
    assert page.locator("tbody tr").count() == 1
    sweden = country(page, "Sweden")
    sweden.locator("summary").click()
    expect(sweden.locator("tbody tr")).to_have_count(200)
    sweden.get_by_role("button", name="Show 200 more of 9,800 films").click()
    expect(sweden.locator("tbody tr")).to_have_count(400)
    expect(sweden.locator("tbody tr").nth(200).get_by_role("link")).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_of_the_window(open_page: OpenPage, width: int) -> None:
    page = open_page(MY_FILMS, width)
    ready(page)
    unknown = ("tt9900009", 5, "x" * 1_000, "Movie")
    upload(page, f"{'y' * 200}.csv", imdb_ratings(rated(5), unknown))
    expect(page.locator(".unplaced-table tbody tr")).to_have_count(1)
    country(page, "Iceland").locator("summary").click()

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_it_says_what_is_missing(open_page: OpenPage) -> None:
    page = open_page(MY_FILMS, java_script_enabled=False)

    expect(page.locator("#panel .note").first).to_contain_text("This page needs JavaScript")
    expect(page.locator("#panel")).to_contain_text("never stored")


@pytest.mark.parametrize("width", [360, 1280])
def test_no_state_has_serious_accessibility_findings(open_page: OpenPage, width: int) -> None:
    page = open_page(MY_FILMS, width)
    ready(page)
    assert serious_findings(page, without="#map") == []

    upload(page, "notes.txt", b"no export")
    expect(bar(page)).to_contain_text("notes.txt")
    assert serious_findings(page, without="#map") == []

    upload(page, "ratings.csv", RATINGS)
    country(page, "Sweden").locator("summary").click()
    expect(country(page, "Sweden").locator("tbody tr")).to_have_count(2)
    expect(page.locator("#map")).to_contain_text("seen: 1 country")
    assert serious_findings(page) == []

    page.get_by_role("button", name="Make an image to share").click()
    expect(page.get_by_role("dialog", name="Your map")).to_be_visible()
    assert serious_findings(page, without="#map") == []
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Clear my films").click()
    expect(page.get_by_role("dialog", name="Clear my films?")).to_be_visible()
    assert serious_findings(page, without="#map") == []
