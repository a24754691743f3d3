"""A small world to serve, and how to ask the server for it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import requests

from tools.sandbox.payloads import film_payload
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

Get = Callable[..., requests.Response]


@pytest.fixture
def films() -> Films:
    matrix = film_payload(
        603,
        "The Matrix",
        imdb_id="tt0133093",
        popularity=85.1,
        origin_country=["US"],
        production_countries=[{"iso_3166_1": "US", "name": "United States of America"}],
        spoken_languages=[{"english_name": "English", "iso_639_1": "en", "name": "English"}],
        genres=[{"id": 28, "name": "Action"}],
        release_date="1999-03-31",
        alternative_titles={"titles": [{"iso_3166_1": "FR", "title": "Matrix", "type": ""}]},
    )
    others = [film_payload(number, f"Film {number}", popularity=1.5) for number in range(1, 200)]
    return Films([matrix, *others], ratings=[("tt0133093", 8.7, 2_000_000)])


@pytest.fixture
def sandbox(films: Films) -> Iterator[Sandbox]:
    with Sandbox(films) as running:
        yield running


@pytest.fixture
def get(sandbox: Sandbox) -> Iterator[Get]:
    """Ask the sandbox for a path, with the key, on one kept-alive connection."""
    with requests.Session() as session:
        session.headers["Authorization"] = "Bearer sandbox"

        def ask(path: str, method: str = "GET", **options: object) -> requests.Response:
            return session.request(method, sandbox.url + path, timeout=10, **options)  # type: ignore[arg-type]

        yield ask


def export_path(days_ago: int = 0) -> str:
    day = datetime.now(UTC).date() - timedelta(days=days_ago)
    return f"/p/exports/movie_ids_{day:%m_%d_%Y}.json.gz"
