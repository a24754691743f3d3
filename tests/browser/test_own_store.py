"""How the browser keeps somebody's films: its modules by themselves, from earlier releases, from
later ones, and ten thousand of them."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cinema_site import OpenPage, browser, open_page
from tests.browser.own_films import KEY, MY_FILMS, page, ready, seen, site

__all__ = ["browser", "open_page", "page", "site"]

UNREADABLE = f"{KEY}-unreadable"
FIRST_VERSION = {
    "version": 1,
    "films": [
        [2, "tt0000002", "Persona", 1999, "SE", 9, 7.9, 1, ""],
        [4, "tt0000004", "Ran", 1999, "JP", None, 8.2, 0, "ran.jpg"],
    ],
    "files": [
        {
            "name": "ratings.csv",
            "source": "imdb_ratings",
            "addedAt": "2024-01-31T10:00:00.000Z",
            "rows": 4,
            "films": 2,
            "duplicates": 1,
            "unplaced": [[5, "Heat", 1995, "", "", "ambiguous", [[7, "Heat", 1995]]]],
            "guessed": [[2, 2, "Persona", 1999, "Persona", 1998, "neighbouring_year"]],
        },
        {
            "name": "old.csv",
            "source": "imdb_list",
            "addedAt": "2023-01-31T10:00:00.000Z",
            "rows": 1,
            "films": 0,
            "duplicates": 0,
            "unplaced": None,
        },
    ],
}
TODAY = "2026-03-04"
SEEN = {"seen": True, "wanted": False, "rating": None, "on": TODAY}
WANTED = {"seen": False, "wanted": True, "rating": None, "on": None}
# Marks before, marks that change, marks after; None for a film that is not kept.
MARKS: dict[str, tuple[Any, Any, Any]] = {
    "seen, of today": (None, {"seen": True}, SEEN),
    "wanted": (None, {"wanted": True}, WANTED),
    "rated is seen": (None, {"rating": 7}, SEEN | {"rating": 7}),
    "seen is wanted no more": (WANTED, {"seen": True}, SEEN),
    "rated is wanted no more": (WANTED, {"rating": 7}, SEEN | {"rating": 7}),
    "wanted again": (SEEN, {"wanted": True}, SEEN | {"wanted": True}),
    "not seen, not rated": (SEEN | {"rating": 7}, {"seen": False}, None),
    "not seen, but wanted": (
        SEEN | {"rating": 7, "wanted": True}, {"seen": False}, WANTED,
    ),
    "not wanted": (WANTED, {"wanted": False}, None),
    "not rated, but seen": (SEEN | {"rating": 7}, {"rating": None}, SEEN),
    "on a day": (SEEN, {"on": "2020-01-02"}, SEEN | {"on": "2020-01-02"}),
    "on no known day": (SEEN, {"on": None}, SEEN | {"on": None}),
    "rated, the day stays": (
        SEEN | {"on": "2020-01-02"}, {"rating": 3}, SEEN | {"on": "2020-01-02", "rating": 3},
    ),
}  # fmt: skip


def kept(page: Page) -> Any:
    """What the browser has once the frame is shown that says what was marked."""
    text = page.evaluate(
        """async (key) => {
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            return localStorage.getItem(key);
        }""",
        KEY,
    )
    return json.loads(text)


def keep(page: Page, value: Any) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(value)])


@pytest.mark.parametrize("kind", MARKS)
def test_what_becomes_of_a_films_marks(page: Page, kind: str) -> None:
    before, change, after = MARKS[kind]
    found = page.evaluate(
        """async ([before, change, today]) => {
            const { markFilm } = await import("/static/pages/js/store/collection.js");
            const facts = { id: 1, name: "A", countries: ["SE"], partners: [], poster: "" };
            const films = new Map(before ? [[1, { ...facts, ...before, from: "here" }]] : []);
            const collection = { films, files: [], unplaced: [] };
            const film = markFilm(collection, facts, change, today).films.get(1);
            if (!film) return null;
            const { seen, wanted, rating, on } = film;
            return { seen, wanted, rating, on };
        }""",
        [before, change, TODAY],
    )
    assert found == after


# Rating and day that are there, those of a file, those that count.
RATINGS: dict[str, tuple[Any, Any, Any]] = {
    "only the file's": ((None, None), (7, "2024-01-02"), [7, "2024-01-02"]),
    "none of the file's": ((8, "2023-01-02"), (None, None), [8, "2023-01-02"]),
    "the file's is newer": ((8, "2023-01-02"), (7, "2024-01-02"), [7, "2024-01-02"]),
    "the file's is older": ((8, "2025-01-02"), (7, "2024-01-02"), [8, "2025-01-02"]),
    "of one day": ((8, "2024-01-02"), (7, "2024-01-02"), [7, "2024-01-02"]),
    "the file's has no day": ((8, "2024-01-02"), (7, None), [7, "2024-01-02"]),
    "older, where there was none": ((None, "2025-01-02"), (7, "2024-01-02"), [7, "2025-01-02"]),
}


@pytest.mark.parametrize("kind", RATINGS)
def test_of_several_ratings_of_a_film_the_newest_counts(page: Page, kind: str) -> None:
    (rating, on), (own, rated_on), expected = RATINGS[kind]
    found = page.evaluate(
        """async ([before, said]) => {
            const { addUpload } = await import("/static/pages/js/store/collection.js");
            const match = { id: 1, name: "A", file: "a.csv", seen: true, ...said };
            const there = { id: 1, seen: true, wanted: false, from: "here", ...before };
            const collection = { films: new Map([[1, there]]), files: [], unplaced: [] };
            const files = [{ file: "a.csv", source: "imdb_ratings", rows: 1 }];
            const answer = { files, matched: [match], unmatched: [], duplicates: [] };
            const film = addUpload(collection, answer, "").films.get(1);
            return [film.rating, film.on];
        }""",
        [
            {"rating": rating, "on": on},
            {"personal_rating": own, "rated_on": rated_on, "watched_on": None},
        ],
    )
    assert found == expected


def test_what_an_earlier_release_has_kept_is_there_and_kept_anew(page: Page) -> None:
    keep(page, FIRST_VERSION)
    page.reload()

    seen(page, "1 of 5 countries, 1 film")
    expect(page.locator("[data-part=summary]")).to_contain_text("Wanted: 1 film")
    expect(page.locator(".unplaced-table tbody tr")).to_have_count(1)
    expect(page.locator(".unplaced-table")).to_contain_text("Heat (1995)")
    expect(page.locator("[data-part=unplaced]")).to_contain_text("Those of old.csv are not")
    expect(page.get_by_text("1 row may be about another film")).to_be_visible()
    expect(page.locator(".files-table tbody tr")).to_have_count(2)

    page.goto("/films/3/")
    page.get_by_role("button", name="Seen", exact=True).click()
    expect(page.locator("#map")).to_contain_text("seen: 2 countries")
    found = kept(page)
    assert found["version"] == 2
    films = found["films"]
    assert {id_: film.get("seen") for id_, film in films.items()} == {
        "2": True, "3": True, "4": None,
    }  # fmt: skip
    assert films["2"]["rating"] == 9
    assert [row[3:5] for row in found["unplaced"]] == [["Heat", 1995]]
    page.goto(MY_FILMS)
    expect(page.locator("[data-part=unplaced]")).to_contain_text("Those of old.csv are not")


def test_what_was_marked_last_is_kept_where_the_page_is_left_at_once(page: Page) -> None:
    page.goto("/films/3/")
    expect(page.locator(".drop-cover")).to_be_attached()
    seen_button = page.get_by_role("button", name="Seen", exact=True)
    seen_button.click()
    expect(seen_button).to_have_attribute("aria-pressed", "true")
    # Before the frame that shows it.
    page.evaluate(
        """() => {
            document.querySelector("[data-mark=wanted]").click();
            location.assign("/about/");
        }"""
    )
    expect(page.get_by_role("heading", level=1)).to_contain_text("About")

    assert kept(page)["films"]["3"]["wanted"] is True


def test_what_a_later_release_has_kept_is_left_alone(page: Page) -> None:
    later = {"version": 3, "films": "who knows"}
    keep(page, later)
    page.reload()
    expect(page.locator("[data-part=trouble]")).to_contain_text("a later release")

    page.get_by_role("link", name="Next", exact=True).click()
    page.get_by_role("button", name="Seen", exact=True).first.click()
    page.get_by_role("link", name="My films", exact=True).click()
    seen(page, "1 of 5 countries, 1 film")
    assert kept(page) == later


def test_what_cannot_be_read_is_put_aside_and_can_be_saved(page: Page) -> None:
    page.evaluate("key => localStorage.setItem(key, '{damaged')", KEY)
    page.reload()
    expect(page.locator("[data-part=trouble]")).to_contain_text("cannot be read any more")
    page.get_by_role("link", name="Next", exact=True).click()
    page.get_by_role("button", name="Seen", exact=True).first.click()
    page.get_by_role("link", name="My films", exact=True).click()
    seen(page, "1 of 5 countries, 1 film")

    with page.expect_download() as download:
        page.get_by_role("button", name="Save what cannot be read").click()
    assert download.value.path().read_text() == "{damaged"
    page.get_by_role("button", name="Clear my films").click()
    page.get_by_role("dialog").get_by_role("button", name="Clear my films").click()
    expect(page.get_by_role("button", name="Save what cannot be read")).to_have_count(0)
    assert page.evaluate("key => localStorage.getItem(key)", UNREADABLE) is None


def test_what_is_cleared_can_be_undone(page: Page) -> None:
    keep(page, FIRST_VERSION)
    page.reload()
    seen(page, "1 of 5 countries, 1 film")
    page.get_by_role("button", name="Clear my films").click()
    page.get_by_role("dialog").get_by_role("button", name="Clear my films").click()
    expect(page.locator("h2.figures")).to_have_count(0)

    page.get_by_role("button", name="Undo: Cleared your films").click()
    seen(page, "1 of 5 countries, 1 film")
    page.reload()
    seen(page, "1 of 5 countries, 1 film")


def test_to_ten_thousand_films_one_more_is_marked(open_page: OpenPage) -> None:
    page = open_page(MY_FILMS)
    ready(page)
    name = "A film with a name of ordinary length, the {}th"
    facts = ["tt0000001", "", 1999, "SE JP", "FI", 7.12, "abcdefghijklmnopqrstuvwxyz0.jpg"]
    films = {
        str(number): {
            "seen": True, "rating": 7, "on": "2024-01-31", "from": "imdb_ratings",
            "film": [facts[0], name.format(number), *facts[2:]],
        }
        for number in range(1_001, 11_001)
    }  # fmt: skip
    keep(page, {"version": 2, "films": films, "unplaced": [], "files": []})
    page.goto("/films/4/")
    button = page.get_by_role("button", name="Seen", exact=True)
    expect(page.locator("#map")).to_contain_text("seen: 2 countries")

    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert len(kept(page)["films"]) == 10_001
    page.goto(MY_FILMS)
    seen(page, "2 of 5 countries, 10,001 films")
