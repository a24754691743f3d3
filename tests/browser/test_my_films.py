"""/my-films/ in a browser: files are added, counted, kept, shared, explained and cleared."""

import re
import struct
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, browser, is_the_same, open_page
from tests.browser.own_films import (
    BOLD,
    drop,
    imdb_ratings,
    imdb_watchlist,
    rated,
    ready,
    seen,
    site,
    upload,
)

__all__ = ["browser", "open_page", "site"]

MY_FILMS = "/my-films/"
WATCHED = "**/api/v1/watched/**"
COUNTRIES = "**/api/v1/countries/**"
KEY = "world-in-movies/my-films"
# Two Swedish films and a Soviet one; a series, an unknown film, and a formula for its name.
RATINGS = imdb_ratings(
    rated(1, 9),
    rated(2, 6),
    rated(11, 10),
    ("tt9900001", 5, "A series", "TV Series"),
    ("tt9900002", 5, "=1+1", "Movie"),
)
# What stands in a cell, and how a download writes it.
CELLS = {
    "plain": "plain",
    'say "no", twice': '"say ""no"", twice"',
    "two\nlines": '"two\nlines"',
    "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
    "+1": "'+1",
    "-1": "'-1",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t=1",
    "\r=1": '"\'\r=1"',
    "\n=1": '"\'\n=1"',
    -1: "-1",
    None: "",
}
FORBIDDEN = """
    Object.defineProperty(window, "localStorage", {
        get() { throw new DOMException("Not here.", "SecurityError"); },
    });
"""
FULL = """
    Storage.prototype.setItem = () => { throw new DOMException("Full.", "QuotaExceededError"); };
"""


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    page = open_page(MY_FILMS)
    ready(page)
    return page


def scripted(open_page: OpenPage, script: str) -> Page:
    """The page with a script of the test's before all of its own."""
    page = open_page("/nowhere/")
    page.add_init_script(script)
    page.goto(MY_FILMS)
    ready(page)
    return page


def bar(page: Page) -> Locator:
    """What says how far adding is, or why it failed."""
    return page.get_by_role("region", name="Adding films")


def country(page: Page, name: str) -> Locator:
    return page.locator(".by-country li").filter(has_text=name)


def fulfilled(page: Page, **answer: Any) -> None:
    page.route(WATCHED, lambda route: route.fulfill(**answer))


def test_a_file_is_counted_by_country_with_both_ratings(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)

    seen(page, "1 of 5 countries, 3 films")
    expect(page.locator("[data-part=summary]")).to_contain_text("1 former state: Soviet Union")
    expect(bar(page)).to_contain_text("Added 3 films from 5 rows. 2 rows could not be placed.")
    sweden = country(page, "Sweden")
    sweden.locator("summary").click()
    assert sweden.locator("tbody tr").all_inner_texts() == [
        "The Seventh Seal\t1999\t9\t8.0",
        "Persona\t1999\t6\t7.9",
    ]
    expect(page.get_by_role("link", name="The Seventh Seal")).to_have_attribute(
        "href", "/films/1/"
    )


def test_a_file_can_be_dropped_on_any_page_and_the_page_stays(page: Page) -> None:
    page.goto("/")
    page.evaluate("window.isTheSame = true")

    drop(page, "ratings.csv", RATINGS)

    expect(bar(page)).to_contain_text("Added 3 films")
    expect(page.locator("#map")).to_contain_text("seen: 1 country")
    page.get_by_role("link", name="See my films").click()
    seen(page, "1 of 5 countries, 3 films")
    expect(bar(page)).to_be_hidden()
    assert is_the_same(page)


def test_a_cover_says_that_files_can_be_dropped_while_they_are_above_the_page(page: Page) -> None:
    cover = page.locator(".drop-cover")
    expect(cover).to_be_hidden()
    over = """(type) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["x"], "x.csv"));
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true }));
    }"""

    page.evaluate(over, "dragenter")
    expect(cover).to_be_visible()
    page.evaluate(over, "dragleave")
    expect(cover).to_be_hidden()

    # A poster of the page itself that is dragged about.
    page.evaluate(over, "dragstart")
    page.evaluate(over, "dragenter")
    expect(cover).to_be_hidden()


def test_files_are_added_to_one_another_and_seen_outweighs_wanted(page: Page) -> None:
    upload(page, "watchlist.csv", imdb_watchlist("tt0000001", "tt0000004", "tt0000005"))
    seen(page, "0 of 5 countries, 0 films")
    expect(page.locator("[data-part=summary]")).to_contain_text(
        "On your list: 3 films, also from 3 countries that you have seen none from."
    )

    upload(page, "ratings.csv", imdb_ratings(rated(1), rated(3)))

    seen(page, "2 of 5 countries, 2 films")
    expect(bar(page)).to_contain_text("Added 1 film from 2 rows. 1 was here already.")
    expect(country(page, "Japan").locator("summary")).to_have_text("Japan 1 film seen, 1 wanted")
    expect(page.locator("#map")).to_contain_text("on the list: 1 country")
    files = page.locator(".files-table tbody tr")
    assert [row.split("\t")[1:] for row in files.all_inner_texts()] == [
        ["3", "3", "0", "0"],
        ["2", "2", "0", "0"],
    ]


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


def test_films_are_there_again_after_a_reload_and_in_another_tab(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    seen(page, "1 of 5 countries, 3 films")

    page.reload()
    seen(page, "1 of 5 countries, 3 films")
    expect(page.locator("#map")).to_contain_text("seen: 1 country")

    other = page.context.new_page()
    other.goto(MY_FILMS)
    ready(other)
    seen(other, "1 of 5 countries, 3 films")
    upload(other, "more.csv", imdb_ratings(rated(3)))
    seen(page, "2 of 5 countries, 4 films")


def test_all_of_it_can_be_cleared_but_not_by_accident(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    clear = page.locator("[data-part=files]").get_by_role("button", name="Clear my films")
    clear.click()
    dialog = page.get_by_role("dialog", name="Clear my films?")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    seen(page, "1 of 5 countries, 3 films")

    clear.click()
    dialog.get_by_role("button", name="Clear my films").click()

    expect(page.locator("h2.figures")).to_have_count(0)
    expect(page.get_by_label("Files from IMDb or Letterboxd")).to_be_focused()
    expect(page.locator("#map")).to_contain_text("Rated films")
    assert page.evaluate("key => localStorage.getItem(key)", KEY) is None


@pytest.mark.parametrize(("script", "words"), [(FORBIDDEN, "does not let"), (FULL, "no room")])
def test_without_storage_the_films_are_there_until_the_page_is_left(
    open_page: OpenPage, script: str, words: str
) -> None:
    page = scripted(open_page, script)
    upload(page, "ratings.csv", RATINGS)

    seen(page, "1 of 5 countries, 3 films")
    expect(page.locator("[data-part=trouble]")).to_contain_text(words)
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.locator("#panel")).to_contain_text("4 of 5 countries are still to be seen")


def test_when_only_the_rows_without_a_film_have_no_room_they_go(open_page: OpenPage) -> None:
    small = """
        const setItem = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
            if (value.includes("A series")) throw new DOMException("", "QuotaExceededError");
            setItem.call(this, key, value);
        };
    """
    page = scripted(open_page, small)
    upload(page, "ratings.csv", RATINGS)
    expect(page.locator("[data-part=trouble]")).to_contain_text("keep the rows")
    expect(page.locator(".unplaced-table tbody tr")).to_have_count(2)

    page.reload()
    seen(page, "1 of 5 countries, 3 films")
    expect(page.locator("[data-part=unplaced]")).to_contain_text("Those of ratings.csv are not")


@pytest.mark.parametrize(
    "kept",
    ["{", "null", "[]", '{"version": 2}', '{"version": 1, "films": [[1]], "files": []}', "x" * 99],
)
def test_what_is_damaged_is_said_to_be_and_can_be_added_anew(
    open_page: OpenPage, kept: str
) -> None:
    damage = f"if (!sessionStorage.done) localStorage.setItem({KEY!r}, {kept!r});"
    page = scripted(open_page, damage + "sessionStorage.done = 1;")
    trouble = page.locator("[data-part=trouble]")
    expect(trouble).to_contain_text("cannot be read any more")

    upload(page, "ratings.csv", RATINGS)
    expect(trouble).to_be_hidden()
    page.reload()
    seen(page, "1 of 5 countries, 3 films")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("notes.txt", b"no export\nat all\n", "notes.txt, row 1: there is no header"),
        ("empty.csv", b"", "empty.csv: the file is empty."),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_the_servers_words(
    page: Page, name: str, content: bytes, words: str
) -> None:
    upload(page, name, content)

    expect(bar(page)).to_contain_text(words)
    expect(page.locator("#announcements")).to_contain_text(words)
    expect(bar(page).get_by_role("button", name="Try again")).to_have_count(0)
    bar(page).get_by_role("button", name="Close").click()
    expect(bar(page)).to_be_hidden()


def test_a_file_that_is_too_large_is_not_sent(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))

    ready(page)
    # Made in the page: to bring it there would take longer than the test.
    page.evaluate(
        """() => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([new Uint8Array(32_100_000)], "huge.csv"));
            const how = { dataTransfer, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent("drop", how));
        }"""
    )

    expect(bar(page)).to_contain_text("huge.csv is too large: 32.1 MB, and 32 MB are taken.")
    assert "POST" not in sent


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status": 429, "headers": {"Retry-After": "42"}}, "Try again in 42 seconds."),
        ({"status": 429}, "Try again in a while."),
        ({"status": 500, "body": "<h1>Oops</h1>"}, "failed to match the films (500)"),
        ({"status": 200, "body": "<h1>Log in</h1>"}, "failed to match the films (200)"),
        ({"status": 200, "body": "{}"}, "failed to match the films (200)"),
    ],
)
def test_what_the_server_cannot_do_now_can_be_tried_again(
    page: Page, answer: dict[str, Any], words: str
) -> None:
    fulfilled(page, **answer)
    upload(page, "ratings.csv", RATINGS)
    expect(bar(page)).to_contain_text(words)

    page.unroute(WATCHED)
    bar(page).get_by_role("button", name="Try again").click()
    seen(page, "1 of 5 countries, 3 films")


def test_a_413_of_a_proxy_is_put_in_words(page: Page) -> None:
    fulfilled(page, status=413, body="<h1>Entity too large</h1>")
    upload(page, "ratings.csv", RATINGS)

    expect(bar(page)).to_contain_text("This is too large for the server.")


def test_offline_it_says_so(page: Page) -> None:
    page.context.set_offline(True)
    upload(page, "ratings.csv", RATINGS)

    expect(bar(page)).to_contain_text("You are offline")


def test_a_silent_server_is_given_up_and_a_slow_one_can_be_cancelled(page: Page) -> None:
    page.clock.install()
    page.reload()
    ready(page)
    page.route(WATCHED, hang)
    upload(page, "ratings.csv", RATINGS)
    bar(page).get_by_role("button", name="Cancel").click()
    expect(page.locator("#announcements")).to_have_text("Cancelled: nothing was added.")
    expect(bar(page)).to_be_hidden()

    with page.expect_request(WATCHED):
        upload(page, "ratings.csv", RATINGS)
    page.clock.run_for(61_000)
    expect(bar(page)).to_contain_text("takes too long to answer")


def test_files_that_wait_are_sent_although_those_before_them_fail(page: Page) -> None:
    held: list[Route] = []
    page.route(WATCHED, lambda route: held.append(route))
    with page.expect_request(WATCHED):
        upload(page, "first.csv", RATINGS)
    upload(page, "ratings.csv", RATINGS)
    page.unroute(WATCHED)
    held[0].fulfill(status=500)

    seen(page, "1 of 5 countries, 3 films")
    expect(bar(page)).to_contain_text("failed to match the films (500)")
    expect(bar(page)).to_contain_text("Added 3 films from 5 rows.")
    bar(page).get_by_role("button", name="Try again").click()
    expect(bar(page)).to_contain_text("Added 0 films from 5 rows. 3 were here already.")
    expect(bar(page)).not_to_contain_text("failed")


def hang(route: Route) -> None:
    """Never answers."""


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


def test_rows_without_a_film_are_explained_filtered_and_downloaded(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    rows = page.locator(".unplaced-table tbody tr")
    expect(rows).to_have_count(2)
    texts = [re.sub(r"\s+", " ", text) for text in rows.all_inner_texts()]
    assert texts == [
        "A series (1999) tt9900001 not a film (TV series) ratings.csv, row 5",
        "=1+1 (1999) tt9900002 not in the catalogue ratings.csv, row 6",
    ]

    page.get_by_label("Reason").select_option("not in the catalogue (1)")
    expect(rows).to_have_count(1)
    page.get_by_label("Filter").fill("nothing like it")
    expect(rows).to_have_count(0)
    expect(page.get_by_role("button", name="Download")).to_be_disabled()
    page.get_by_label("Filter").fill("TT9900002")

    with page.expect_download() as download:
        page.get_by_role("button", name="Download 1 row").click()
    assert download.value.suggested_filename == "rows-not-placed.csv"
    assert download.value.path().read_bytes().decode("utf-8-sig").splitlines() == [
        "File,Row,Title,Year,IMDb,Reason",
        "ratings.csv,6,'=1+1,1999,tt9900002,not in the catalogue",
    ]


def test_a_cell_of_a_download_is_quoted_and_no_formula(page: Page) -> None:
    lines = page.evaluate(
        """async cells => {
            const { csv } = await import("/static/movies/js/csv.js");
            return cells.map((cell) => csv([[cell, "end"]]));
        }""",
        list(CELLS),
    )
    assert lines == [f"{written},end\r\n" for written in CELLS.values()]


def test_an_image_of_the_map_can_be_looked_at_and_downloaded(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    make = page.get_by_role("button", name="Make an image to share")
    make.click()

    dialog = page.get_by_role("dialog", name="Your map")
    expect(dialog.get_by_role("img")).to_have_attribute(
        "alt", re.compile("I have seen films from 1 of 5 countries. 3 films seen")
    )
    with page.expect_download() as download:
        dialog.get_by_role("link", name="Download the image").click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (1600, 900)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(make).to_be_focused()


def test_without_a_map_there_is_no_image_and_it_says_so(page: Page) -> None:
    page.route("**/world.json", lambda route: route.abort())
    page.clock.install()
    page.reload()
    ready(page)
    upload(page, "ratings.csv", RATINGS)
    page.get_by_role("button", name="Make an image to share").click()
    page.clock.run_for(16_000)

    expect(page.get_by_role("dialog", name="There is no image")).to_be_visible()


def test_the_map_shows_all_films_again_when_asked(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    expect(page.locator("#map")).to_contain_text("seen: 1 country")

    page.get_by_label("all films").check()
    expect(page.locator("#map")).to_contain_text("Rated films")
    page.get_by_label("my films").check()
    expect(page.locator("#map")).to_contain_text("seen: 1 country")


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
    expect(page.locator("[data-film-id='4'] .badge")).to_have_text("on your list")
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
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_has_serious_accessibility_findings(
    open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(MY_FILMS, width, color_scheme=scheme)
    ready(page)
    assert serious_findings(page) == []

    upload(page, "notes.txt", b"no export")
    expect(bar(page)).to_contain_text("notes.txt")
    assert serious_findings(page) == []

    upload(page, "ratings.csv", RATINGS)
    country(page, "Sweden").locator("summary").click()
    assert serious_findings(page) == []

    page.get_by_role("button", name="Make an image to share").click()
    expect(page.get_by_role("dialog", name="Your map")).to_be_visible()
    assert serious_findings(page) == []
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Clear my films").click()
    assert serious_findings(page) == []
