"""Rows that no film was found for are settled by hand: by a candidate, a search, or left out."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_findings
from tests.browser.cinema_site import OpenPage, browser, open_page
from tests.browser.own_films import (
    MY_FILMS,
    country,
    imdb_ratings,
    page,
    ready,
    seen,
    site,
    table,
    upload,
)

__all__ = ["browser", "open_page", "page", "site"]

HEAD = ["Date", "Name", "Year", "Letterboxd URI", "Rating"]
# No film of the first is of that year; of the others there is none at all.
ROWS = [
    ["2024-01-31", "Persona", 1966, "https://boxd.it/1", 4.5],
    ["2024-02-01", "Ran, the Film", 1985, "https://boxd.it/2", 5],
    ["2024-02-02", "Nothing Like It", 1999, "https://boxd.it/3", 1],
]


# IMDb's ids of these are others.
NAMED = ("Persona", "Ran", "Tokyo Story")


@pytest.fixture
def rows(page: Page) -> Locator:
    upload(page, "ratings.csv", table(HEAD, [list(row) for row in ROWS]))
    rows = page.locator(".unplaced-table tbody tr")
    expect(rows).to_have_count(3)
    return rows


def open_dialog(page: Page, name: str) -> Locator:
    page.get_by_role("button", name=name, exact=True).click()
    dialog = page.get_by_role("dialog", name="Which film is it?")
    expect(dialog).to_be_visible()
    return dialog


def test_by_a_candidate_with_what_the_row_says(page: Page, rows: Locator) -> None:
    open_dialog(page, "Persona").get_by_role("button", name="Persona 1999").click()

    expect(rows).to_have_count(2)
    seen(page, "1 of 5 countries, 1 film")
    expect(rows.first.get_by_role("button")).to_be_focused()
    files = page.locator(".files-table tbody tr")
    assert files.inner_text().split("\t")[1:] == ["3", "1", "2", "0"]
    country(page, "Sweden").locator("summary").click()
    assert country(page, "Sweden").locator("tbody tr").all_inner_texts() == [
        "Persona\t1999\t9\t7.9"
    ]
    page.reload()
    expect(rows).to_have_count(2)
    page.goto("/my-films/2024/")
    expect(page.locator(".figures")).to_contain_text("1 film")


def test_by_a_search(page: Page, rows: Locator) -> None:
    dialog = open_dialog(page, "Ran, the Film")
    field = dialog.get_by_label("search by any title")
    expect(field).to_have_value("Ran, the Film")
    field.fill("no such film at all")
    field.press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("No film is known by this name.")
    field.fill("ran")
    field.press("Enter")
    dialog.get_by_role("button", name="Ran 1999").click()

    expect(rows).to_have_count(2)
    country(page, "Japan").locator("summary").click()
    assert country(page, "Japan").locator("tbody tr").all_inner_texts() == ["Ran\t1999\t10\t8.2"]


def test_a_failing_search_is_said_to_fail(page: Page, rows: Locator) -> None:
    page.route("**/api/v1/search/**", lambda route: route.fulfill(status=503))
    dialog = open_dialog(page, "Ran, the Film")
    dialog.get_by_role("button", name="Search").click()
    expect(dialog.locator(".problem")).to_contain_text("error 503")


def test_by_leaving_it_out_and_undone(page: Page, rows: Locator) -> None:
    open_dialog(page, "Nothing Like It").get_by_role("button", name="leave the row out").click()
    expect(rows).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(3)


def test_by_a_candidate_in_the_row_itself(page: Page, rows: Locator) -> None:
    rows.first.get_by_role("button", name="This one: Persona (1999)").click()

    expect(rows).to_have_count(2)
    seen(page, "1 of 5 countries, 1 film")
    expect(rows.first.get_by_role("button")).to_be_focused()


def test_a_row_that_could_be_no_film_is_searched_for_at_once(page: Page, rows: Locator) -> None:
    dialog = open_dialog(page, "Ran, the Film")
    expect(dialog.get_by_role("status")).to_contain_text("Ran")


def test_what_was_said_of_rows_holds_for_the_same_rows_of_later_files(
    page: Page, rows: Locator
) -> None:
    rows.first.get_by_role("button", name="This one").click()
    open_dialog(page, "Nothing Like It").get_by_role("button", name="leave the row out").click()
    expect(rows).to_have_count(1)
    page.reload()
    expect(rows).to_have_count(1)

    for name in ("ratings.csv", "next month.csv"):
        upload(page, name, table(HEAD, [list(row) for row in ROWS]))
        said = page.get_by_role("region", name="Adding films")
        expect(said).to_contain_text("1 row could not be placed.")
        seen(page, "1 of 5 countries, 1 film")
    # The row that is still open stands in both files, and is asked about once.
    expect(rows).to_have_count(1)
    files = page.locator(".files-table tbody tr")
    assert [row.split("\t")[1:] for row in files.all_inner_texts()] == [
        ["3", "1", "0", "1"],
        ["3", "1", "1", "0"],
    ]


def test_what_was_left_out_is_listed_and_can_be_placed_after_all(
    page: Page, rows: Locator
) -> None:
    open_dialog(page, "Nothing Like It").get_by_role("button", name="leave the row out").click()
    page.reload()
    page.get_by_text("1 row left out").click()
    page.get_by_role("button", name="Place it after all").click()

    expect(rows).to_have_count(3)
    expect(page.get_by_text("left out")).to_have_count(0)


def test_what_was_settled_is_listed_and_can_be_taken_back(page: Page, rows: Locator) -> None:
    rows.first.get_by_role("button", name="This one").click()
    upload(page, "ratings.csv", table(HEAD, [list(row) for row in ROWS]))
    expect(page.get_by_role("region", name="Adding films")).to_contain_text("2 rows could not")
    page.get_by_text("1 row placed by you").click()
    page.get_by_role("button", name="Place it again: Persona").click()

    expect(rows).to_have_count(3)
    expect(page.locator("h2.figures")).to_have_text("0 of 5 countries, 0 films")
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(2)
    seen(page, "1 of 5 countries, 1 film")


def test_a_row_that_is_said_to_be_wanted_stays_so_in_the_next_file(
    page: Page, rows: Locator
) -> None:
    marks = open_dialog(page, "Persona").get_by_role("group", name="Your marks: Persona")
    marks.get_by_role("button", name="Want").click()
    upload(page, "ratings.csv", table(HEAD, [list(row) for row in ROWS]))
    expect(page.get_by_role("region", name="Adding films")).to_contain_text("2 rows could not")
    expect(page.locator("[data-part=summary]")).to_contain_text("Wanted: 1 film")


def test_a_mistyped_title_gets_its_film_as_it_comes_into_sight(page: Page) -> None:
    upload(page, "ratings.csv", imdb_ratings(("tt9900001", 5, "Tokio Stry", "Movie")))
    rows = page.locator(".unplaced-table tbody tr")
    rows.first.scroll_into_view_if_needed()
    expect(rows.first.locator(".candidate")).to_have_text("Tokyo Story (1999)")
    rows.first.get_by_role("button", name="This one").click()
    seen(page, "1 of 5 countries, 1 film")
    page.reload()
    seen(page, "1 of 5 countries, 1 film")


def test_all_rows_are_looked_for_when_that_is_asked_for(page: Page) -> None:
    unknown = [(f"tt99{number:05}", 5, f"Unheard Of {number}", "Movie") for number in range(1, 8)]
    upload(page, "ratings.csv", imdb_ratings(*unknown, ("tt9900099", 5, "Blck Girl", "Movie")))
    rows = page.locator(".unplaced-table tbody tr")
    expect(rows).to_have_count(8)
    page.get_by_role("button", name="Look for mistyped titles").click()
    expect(rows.first.locator(".candidate")).to_have_text("Black Girl (1999)")
    expect(page.get_by_role("button", name="Look for mistyped titles")).to_have_count(0)


def test_rows_with_one_film_of_their_very_name_are_taken_together(page: Page) -> None:
    unknown = [(f"tt990000{number}", 5, name, "Movie") for number, name in enumerate(NAMED)]
    upload(page, "ratings.csv", imdb_ratings(*unknown, ("tt9900009", 5, "Unheard Of", "Movie")))
    rows = page.locator(".unplaced-table tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("no film has this IMDb id")
    page.get_by_label("Reason").select_option("could be a film here (3)")
    expect(rows).to_have_count(3)
    page.get_by_label("Reason").select_option("all")
    page.get_by_role("button", name="Take the only film of that name and year").click()

    seen(page, "2 of 5 countries, 3 films")
    expect(rows).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(4)


def test_not_at_all_by_escape(page: Page, rows: Locator) -> None:
    open_dialog(page, "Persona")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(rows).to_have_count(3)
    expect(page.get_by_role("button", name="Persona", exact=True)).to_be_focused()


def test_what_is_looked_for_stays_while_rows_are_settled(page: Page, rows: Locator) -> None:
    page.get_by_label("Filter").fill("n")
    page.get_by_label("Filter").fill("no")
    expect(rows).to_have_count(3)
    page.get_by_label("Filter").fill("nothing")
    expect(rows).to_have_count(1)
    open_dialog(page, "Nothing Like It").get_by_role("button", name="leave the row out").click()
    expect(rows).to_have_count(0)
    expect(page.get_by_label("Filter")).to_have_value("nothing")


@pytest.mark.parametrize("width", [320, 1440])
def test_the_dialog_fits_and_has_no_serious_findings(open_page: OpenPage, width: int) -> None:
    page = open_page(MY_FILMS, width)
    ready(page)
    upload(page, "ratings.csv", table(HEAD, [list(row) for row in ROWS]))
    dialog = open_dialog(page, "Persona")
    dialog.get_by_role("button", name="Search").click()
    expect(dialog.get_by_role("heading", name="Found")).to_be_visible()
    assert dialog.evaluate("(dialog) => dialog.scrollWidth <= dialog.clientWidth")
    assert serious_findings(page, without="#map") == []
