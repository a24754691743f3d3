"""Somebody's films are exported and brought back, and written as Letterboxd's importer wants."""

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cinema_site import browser, open_page
from tests.browser.own_films import (
    RATINGS,
    bar,
    imdb_watchlist,
    page,
    rated,
    seen,
    site,
    table,
    upload,
)

__all__ = ["browser", "open_page", "page", "site"]

COLUMNS = ["tmdbID", "imdbID", "Title", "Year", "Rating10", "WatchedDate"]


def download(page: Page, button: str) -> tuple[str, Path]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value.suggested_filename, waiting.value.path()


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear my films").click()
    page.get_by_role("dialog").get_by_role("button", name="Clear my films").click()
    expect(page.locator("h2.figures")).to_have_count(0)


def test_all_of_it_is_exported_and_brought_back(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    upload(page, "list.csv", imdb_watchlist("tt0000004"))
    expect(page.locator(".files-table tbody tr")).to_have_count(2)
    name, path = download(page, "Export a backup (JSON)")
    backup = path.read_bytes()
    assert name == "my-world-in-movies.json"
    assert json.loads(backup)["version"] == 2
    clear(page)

    upload(page, name, backup)

    expect(bar(page)).to_contain_text("Brought back 4 films from my-world-in-movies.json.")
    seen(page, "1 of 5 countries, 3 films")
    expect(page.locator(".files-table tbody tr")).to_have_count(2)
    expect(page.locator(".unplaced-table tbody tr")).to_have_count(2)
    bar(page).get_by_role("button", name="Undo").click()
    expect(page.locator("h2.figures")).to_have_count(0)


def test_it_adds_to_what_is_there(page: Page) -> None:
    upload(page, "list.csv", imdb_watchlist("tt0000004"))
    expect(page.locator("[data-part=summary]")).to_contain_text("Wanted: 1 film")
    name, path = download(page, "Export a backup (JSON)")
    backup = path.read_bytes()
    clear(page)
    upload(page, "ratings.csv", RATINGS)
    seen(page, "1 of 5 countries, 3 films")
    upload(page, name, backup)
    expect(bar(page)).to_contain_text("Brought back 1 film")
    seen(page, "1 of 5 countries, 3 films")
    expect(page.locator("[data-part=summary]")).to_contain_text("Wanted: 1 film")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '{"version": 2, "films": {"1": {}}, "unplaced": [], "files": []}',
            "cannot be",
        ),
        ('{"version": 9, "films": {}, "unplaced": [], "files": []}', "cannot be"),
        ('{"version": 2, "films": {"1"', "is no"),
        ('{"name": "somebody"}', "is no"),
    ],
)
def test_what_is_no_backup_is_refused_and_changes_nothing(
    page: Page, text: str, words: str
) -> None:
    upload(page, "ratings.csv", RATINGS)
    seen(page, "1 of 5 countries, 3 films")
    upload(page, "backup.json", text.encode())
    expect(bar(page)).to_have_attribute("data-state", "failed")
    expect(bar(page)).to_contain_text("backup.json")
    if words == "cannot be":
        expect(bar(page)).to_contain_text("cannot be read")
    seen(page, "1 of 5 countries, 3 films")


def test_a_table_for_letterboxd_has_its_importers_columns_and_can_be_read_back(
    page: Page,
) -> None:
    head = ["Const", "Your Rating", "Date Rated", "Title", "Title Type", "Year"]
    dated = [rated(2, 8), rated(3, 10)]
    rows = [[const, own, "2024-01-31", name, kind, 1999] for const, own, name, kind in dated]
    upload(page, "ratings.csv", table(head, [list(row) for row in rows]))
    seen(page, "2 of 5 countries, 2 films")
    page.goto("/films/5/")
    page.get_by_role("button", name="Seen", exact=True).click()
    page.get_by_label("on", exact=True).fill("")
    page.goto("/films/4/")
    page.get_by_role("button", name="Want", exact=True).click()
    page.get_by_role("link", name="My films", exact=True).click()
    seen(page, "3 of 5 countries, 3 films")

    page.get_by_label("the day of rating counts").check()
    name, path = download(page, "Films seen, for Letterboxd (CSV)")
    seen_films = path.read_bytes()
    assert name == "letterboxd-seen.csv"
    found = list(csv.DictReader(seen_films.decode("utf-8-sig").splitlines()))
    assert list(found[0]) == COLUMNS
    assert [list(row.values()) for row in found] == [
        ["2", "tt0000002", "Persona", "1999", "8", "2024-01-31"],
        ["3", "tt0000003", "Tokyo Story", "1999", "10", "2024-01-31"],
        ["5", "tt0000005", "<b>Bold</b> & <img src=x>", "1999", "", ""],
    ]
    name, path = download(page, "Films wanted, for Letterboxd (CSV)")
    wanted = path.read_bytes()
    assert name == "letterboxd-watchlist.csv"
    clear(page)

    upload(page, "letterboxd-seen.csv", seen_films)
    seen(page, "3 of 5 countries, 3 films")
    upload(page, "letterboxd-watchlist.csv", wanted)
    expect(page.locator("[data-part=summary]")).to_contain_text("Wanted: 1 film")
    page.goto("/films/2/")
    expect(page.get_by_label("Your rating")).to_have_value("8")
    expect(page.get_by_label("on", exact=True)).to_have_value("2024-01-31")


def test_days_of_rating_are_none_of_letterboxds_diary(page: Page) -> None:
    upload(page, "ratings.csv", RATINGS)
    seen(page, "1 of 5 countries, 3 films")
    page.goto("/films/2/")
    page.get_by_label("on", exact=True).fill("2024-03-04")
    expect(page.locator(".undo-bar")).to_contain_text("seen on 2024-03-04")
    page.get_by_role("link", name="My films", exact=True).click()
    path = download(page, "Films seen, for Letterboxd (CSV)")[1]

    found = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    assert {row["tmdbID"]: row["WatchedDate"] for row in found} == {
        "1": "",
        "2": "2024-03-04",
        "11": "",
    }
