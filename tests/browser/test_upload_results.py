"""What became of the rows of somebody's files that is not plain: matches that may be others, films
that a row could be about, files that could not be read, and lists that are declared seen."""

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.cinema_site import browser, open_page
from tests.browser.own_films import (
    MY_FILMS,
    bar,
    drop,
    imdb_ratings,
    imdb_watchlist,
    page,
    ready,
    seen,
    site,
    table,
    upload,
)

__all__ = ["browser", "open_page", "page", "site"]

HEAD = ["Date", "Name", "Year", "Letterboxd URI"]


def watched(*films: tuple[str, int | str]) -> bytes:
    return table(
        HEAD,
        [
            ["2024-01-31", name, year, f"https://boxd.it/{number}"]
            for number, (name, year) in enumerate(films)
        ],
    )


def test_a_match_by_a_neighbouring_year_is_told_and_stays_told(page: Page) -> None:
    upload(page, "watched.csv", watched(("Persona", 2000), ("Ran", 1999), ("Tokyo Story", "")))
    seen(page, "2 of 5 countries, 3 films")

    for _ in range(2):
        section = page.get_by_role("region", name="Films that may be others")
        section.get_by_text("2 rows may be about another film").click()
        expect(section.locator("li")).to_contain_text(
            [
                "Persona (1999): your file says 2000, the film is of 1999. watched.csv, row 2",
                (
                    "Tokyo Story (1999): your file has no year, and no other film this name. "
                    "watched.csv, row 4"
                ),
            ]
        )
        expect(section.get_by_role("link", name="Persona")).to_have_attribute("href", "/films/2/")
        page.reload()
        ready(page)


def test_a_guess_is_confirmed_for_good(page: Page) -> None:
    upload(page, "watched.csv", watched(("Persona", 2000), ("Ran", 2000)))
    expect(bar(page)).to_contain_text("2 films may be another one")
    section = page.get_by_role("region", name="Films that may be others")
    section.get_by_text("2 rows may be about another film").click()
    section.get_by_role("button", name="Persona (1999): that is it").click()

    expect(section.locator("li")).to_have_count(1)
    expect(section.locator("li")).to_contain_text("Ran")
    upload(page, "watched.csv", watched(("Persona", 2000), ("Ran", 2000)))
    expect(bar(page)).to_contain_text("1 film may be another one")
    seen(page, "2 of 5 countries, 2 films")


def test_a_guess_is_refused_for_good(page: Page) -> None:
    upload(page, "watched.csv", watched(("Persona", 2000), ("Ran", 1999)))
    seen(page, "2 of 5 countries, 2 films")
    section = page.get_by_role("region", name="Films that may be others")
    section.get_by_text("1 row may be about another film").click()
    section.get_by_role("button", name="Persona (1999): it is another film").click()

    rows = page.locator(".unplaced-table tbody tr")
    for _ in range(2):
        seen(page, "1 of 5 countries, 1 film")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("you have said that it is not the film")
        expect(section).to_have_count(0)
        files = page.locator(".files-table tbody tr")
        assert files.inner_text().split("\t")[1:] == ["2", "1", "1", "0"]
        upload(page, "watched.csv", watched(("Persona", 2000), ("Ran", 1999)))
        expect(bar(page)).to_contain_text("1 was here already")
    rows.get_by_role("button", name="This one: Persona").click()
    seen(page, "2 of 5 countries, 2 films")


def test_a_guess_says_nothing_of_a_film_that_another_file_has(page: Page) -> None:
    """As it is where both are added at once."""
    upload(page, "ratings.csv", imdb_ratings(("tt0000002", 9, "Persona", "Movie")))
    seen(page, "1 of 5 countries, 1 film")
    rated = table([*HEAD, "Rating"], [["2025-01-31", "Persona", 2000, "https://boxd.it/1", 1]])
    upload(page, "letterboxd.csv", rated)
    expect(bar(page)).to_contain_text("1 was here already")
    expect(page.get_by_role("region", name="Films that may be others")).to_have_count(0)
    page.goto("/films/2/")
    expect(page.get_by_label("Your rating")).to_have_value("9")


def test_every_row_of_a_file_is_accounted_for(page: Page) -> None:
    rows = watched(("Ran", 1999), ("Ran", 1999), ("Unheard Of", 1999), ("Unheard Of", 1999))
    upload(page, "watched.csv", rows.replace(b"boxd.it/3", b"boxd.it/2") + b",,,\r\n")
    expect(bar(page)).to_contain_text(
        "Added 1 film from 4 rows. 1 row could not be placed. 2 rows repeat others. "
        "1 row is empty."
    )
    files = page.locator("[data-part=files]")
    expect(files).to_contain_text("1 row names a film that another row names already")
    expect(files).to_contain_text("1 row repeats a row without a film")
    expect(files).to_contain_text("1 row of nothing but commas is passed over")


def test_a_row_without_a_film_says_which_it_could_be(page: Page) -> None:
    upload(page, "watched.csv", watched(("Persona", 1966), ("Nothing Like It", 1999)))

    rows = page.locator(".unplaced-table tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first.locator(".candidates .candidate")).to_have_text(["Persona (1999)"])
    expect(rows.first.get_by_role("link", name="Persona")).to_have_attribute("href", "/films/2/")
    expect(rows.last.locator(".candidates")).to_have_count(0)


def test_a_file_among_others_that_cannot_be_read_is_told(page: Page) -> None:
    contents = {
        "bank.csv": b"Account,Balance\n1,2\n",
        "films.csv": watched(("Ran", 1999)),
        ".DS_Store": b"\0\0\0\1Bud1",
    }
    files: list[FilePayload] = [
        {"name": name, "mimeType": "text/csv", "buffer": content}
        for name, content in contents.items()
    ]
    page.get_by_label("Files from IMDb or Letterboxd").set_input_files(files)

    seen(page, "1 of 5 countries, 1 film")
    expect(bar(page)).to_contain_text("2 files could not be read: .DS_Store, bank.csv.")
    told = page.locator(".unread-files li")
    expect(told).to_have_count(2)
    expect(told.last).to_contain_text("bank.csv: row 1: there is no header")


def test_lists_can_be_declared_seen_and_watchlists_cannot(page: Page) -> None:
    page.get_by_label("I have seen the films of the lists").check()
    upload(page, "checkins.csv", imdb_watchlist("tt0000001", "tt0000003"))
    seen(page, "2 of 5 countries, 2 films")
    upload(page, "watchlist.csv", imdb_watchlist("tt0000005"))
    expect(page.locator(".files-table tbody tr")).to_have_count(2)
    seen(page, "2 of 5 countries, 2 films")

    page.goto("/")
    drop(page, "another list.csv", imdb_watchlist("tt0000006"))
    expect(bar(page)).to_contain_text("Added 1 film")
    page.goto(MY_FILMS)
    seen(page, "2 of 5 countries, 2 films")
