"""A small world, and exports of somebody who has seen some of it: for tests of the own films."""

import csv
import io

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.cinema_site import OpenPage
from tests.browser.conftest import ServeFilms
from tests.films import film
from tools.sandbox.payloads import Payload
from tools.sandbox.sources import Films

MY_FILMS = "/my-films/"
WATCHED = "**/api/v1/watched/**"
KEY = "world-in-movies/my-films"  # where the browser keeps them
BOLD = "<b>Bold</b> & <img src=x>"
RATINGS_HEAD = ["Const", "Your Rating", "Date Rated", "Title", "Title Type", "Year"]
LIST_HEAD = ["Position", "Const", "Created", "Title", "Title Type", "Year"]

Row = tuple[str, int | str, str, str]


@pytest.fixture(scope="module")
def site(serve_films: ServeFilms) -> str:
    return serve_films("own_films", Films(world()))


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    page = open_page(MY_FILMS)
    ready(page)
    return page


def world() -> list[Payload]:
    """Films of seven countries on three continents and of a former state; one is unrated."""
    return [
        of("SE", 1, title="The Seventh Seal", vote_average=8.0),
        of("SE", 2, title="Persona", vote_average=7.9),
        of("JP", 3, title="Tokyo Story", vote_average=8.1, poster_path=None),
        of("JP", 4, title="Ran", vote_average=8.2),
        of("IS", 5, title=BOLD, vote_average=6.9),
        of("SN", 6, title="Touki Bouki", vote_average=6.8),
        of("SN", 7, title="Black Girl", vote_average=7.1),
        of("SN", 8, title="Mandabi", vote_average=7.0),
        of("SN", 9, title="Hyenas", vote_average=6.9),
        of("KE", 10, title="Rafiki", vote_average=6.5),
        of("SU", 11, title="Stalker", vote_average=8.1),
        of("TD", 12, title="Unrated", vote_count=0),
    ]


def of(country: str, movie_id: int, **changes: object) -> Payload:
    produced = [{"iso_3166_1": country, "name": country}]
    return film(movie_id, origin_country=[country], production_countries=produced, **changes)


def imdb_ratings(*rows: Row) -> bytes:
    """Each row: IMDb id, own rating, title, title type."""
    return table(
        RATINGS_HEAD,
        [[const, own, "2024-01-31", name, kind, 1999] for const, own, name, kind in rows],
    )


def imdb_watchlist(*ids: str) -> bytes:
    return table(
        LIST_HEAD,
        [
            [place, const, "2024-01-31", "A film", "Movie", 1999]
            for place, const in enumerate(ids, 1)
        ],
    )


def table(head: list[str], rows: list[list[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue().encode()


def rated(number: int, own: int = 7) -> Row:
    return (f"tt{number:07}", own, f"Film {number}", "Movie")


# Two Swedish films and a Soviet one; a series, an unknown film, and a formula for its name.
RATINGS = imdb_ratings(
    rated(1, 9),
    rated(2, 6),
    rated(11, 10),
    ("tt9900001", 5, "A series", "TV Series"),
    ("tt9900002", 5, "=1+1", "Movie"),
)


def ready(page: Page) -> None:
    """Waits until the page takes files."""
    page.locator(".drop-cover").wait_for(state="attached")


def upload(page: Page, name: str, content: bytes) -> None:
    """By the page's own file input."""
    page.get_by_label("Files from IMDb or Letterboxd").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def drop(page: Page, name: str, content: bytes) -> None:
    """As if it were dragged from the desktop, over the page and let go."""
    ready(page)
    page.evaluate(
        """([name, text]) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], name, { type: "text/csv" }));
            for (const type of ["dragenter", "dragover", "drop"]) {
                const how = { dataTransfer, bubbles: true, cancelable: true };
                document.body.dispatchEvent(new DragEvent(type, how));
            }
        }""",
        [name, content.decode()],
    )


def seen(page: Page, figures: str) -> None:
    expect(page.locator("h2.figures")).to_have_text(figures)


def bar(page: Page) -> Locator:
    """What says how far adding is, or why it failed."""
    return page.get_by_role("region", name="Adding films")


def country(page: Page, name: str) -> Locator:
    return page.locator(".by-country li").filter(has_text=name)
