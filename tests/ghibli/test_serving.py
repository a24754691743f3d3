"""Many readers at once, in the processes and threads of a real web server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
import requests
from django.core.management import call_command

from tests.ghibli.conftest import Pass, film
from tests.serving import serving
from tools.sandbox.ghibli import Ghibli
from tools.sandbox.server import Sandbox

READERS = 50


@pytest.fixture
def patience() -> int:
    """Seconds that the site gives the API."""
    return 20


@pytest.fixture
def site(
    ghibli: Ghibli, sandbox: Sandbox, database_url: str, tmp_path: Path, patience: int
) -> Iterator[str]:
    """Has all that there is."""
    call_command("refresh_ghibli", stdout=StringIO())
    with serving(
        tmp_path / "gunicorn.log",
        DATABASE_URL=database_url,
        GHIBLI_API_URL=sandbox.ghibli_url,
        GHIBLI_TIMEOUT_SECONDS=str(patience),
    ) as url:
        yield url


def load_all_at_once(site: str, path: str) -> list[requests.Response]:
    with ThreadPoolExecutor(READERS) as readers:
        return list(readers.map(lambda _: requests.get(site + path, timeout=120), range(READERS)))


@pytest.mark.parametrize("path", ["/movies/", "/api/v1/movies/"])
def test_fifty_loads_at_once_ask_the_api_once(
    site: str, ghibli: Ghibli, sandbox: Sandbox, time_passes: Pass, path: str
) -> None:
    ghibli.films.append(film("z", title="Brand new"))
    time_passes(61)

    answers = load_all_at_once(site, path)

    assert {answer.status_code for answer in answers} == {200}
    assert all("Brand new" in answer.text for answer in answers)
    assert (sandbox.requests["films"], sandbox.requests["people"]) == (2, 2)


@pytest.mark.parametrize("patience", [3])
def test_fifty_loads_at_once_ask_a_silent_api_once(
    site: str, ghibli: Ghibli, sandbox: Sandbox, time_passes: Pass
) -> None:
    sandbox.faults.only["people"] = "hang"
    time_passes(61)

    answers = load_all_at_once(site, "/api/v1/movies/")

    bodies = [answer.json() for answer in answers]
    assert all(len(body["movies"]) == 3 for body in bodies)
    assert not any(body["fresh"] for body in bodies)
    assert sandbox.requests["films"] == 2
