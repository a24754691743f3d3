"""The rows of somebody's files that no film was found for: explained, filtered, downloaded."""

import re

from playwright.sync_api import Page, expect

from tests.browser.cinema_site import browser, open_page
from tests.browser.own_films import RATINGS, page, site, upload

__all__ = ["browser", "open_page", "page", "site"]

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
        "File,Row,Title,Year,IMDb,Reason,Your Rating,Watched On,Rated On,Could Be",
        "ratings.csv,6,'=1+1,1999,tt9900002,not in the catalogue,5,,2024-01-31,",
    ]


def test_a_cell_of_a_download_is_quoted_and_no_formula(page: Page) -> None:
    lines = page.evaluate(
        """async cells => {
            const { formatCsv } = await import("/static/pages/js/my-films/files.js");
            return cells.map((cell) => formatCsv([[cell, "end"]]));
        }""",
        list(CELLS),
    )
    assert lines == [f"{written},end\r\n" for written in CELLS.values()]
