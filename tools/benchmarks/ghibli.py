"""/movies/: how many loads a second it serves while fresh, and what a refresh adds to one."""

import time
from collections.abc import Callable
from http.client import HTTPConnection
from statistics import median

from tools.benchmarks.database import Database, own_database
from tools.benchmarks.machine import BenchmarkFailed
from tools.benchmarks.report import against, section, table, tell
from tools.benchmarks.site import READERS, answers_a_second, site
from tools.sandbox.ghibli import Ghibli
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

FILMS = 22
PEOPLE_EACH = 3
LEAST_LOADS = 200
MOST_REFRESH_SECONDS = 0.5

REFRESHES = 20

PAGE, MOVIES = "/movies/", "/api/v1/movies/"
NOTE = (
    "{films:,} films with {people} people each, gunicorn with 2 workers of 4 threads, {readers} "
    "readers on kept-alive connections on the same machine. A refresh is what a load takes that "
    "finds the films too old, less what it takes while they are fresh and what the API takes for "
    "both its answers; *changed* ones find every film renamed. Median of {refreshes}."
)


def report(films: int) -> str:
    """Loads a second, and what refreshes take."""
    with (
        own_database("ghibli") as database,
        Sandbox(Films(), ghibli=_made_up(films)) as sandbox,
    ):
        database.migrate()
        with site(database, GHIBLI_API_URL=sandbox.ghibli_url) as address:
            rows = _loads(address) + _refreshes(database, sandbox, address)
    note = NOTE.format(films=films, people=PEOPLE_EACH, readers=READERS, refreshes=REFRESHES)
    return section("`/movies/`", table(["", "figure"], rows), note)


def _made_up(films: int) -> Ghibli:
    return Ghibli(
        [
            {"id": f"film-{number}", "title": f"Film {number}", "release_date": "1999"}
            for number in range(films)
        ],
        [
            {"id": f"{number}", "name": f"Person {number}", "films": [f"/film-{number % films}"]}
            for number in range(films * PEOPLE_EACH)
        ],
    )


def _loads(address: str) -> list[list[str]]:
    etag = _load(HTTPConnection(address), MOVIES).get("ETag", "")
    rows = []
    for name, path, headers in (
        ("the page", PAGE, {}),
        ("its JSON", MOVIES, {}),
        ("its JSON, unchanged", MOVIES, {"If-None-Match": etag}),
    ):
        tell(f"ghibli: {name}")
        rate = answers_a_second(address, path, headers)
        rows.append([name, against(rate, "a second", least=LEAST_LOADS)])
    return rows


def _load(
    connection: HTTPConnection, path: str, headers: dict[str, str] | None = None
) -> dict[str, str]:
    """The headers of an answer that is read whole."""
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    answer.read()
    if answer.status not in (200, 304):
        raise BenchmarkFailed(f"{path} answered {answer.status}")
    return dict(answer.headers)


def _refreshes(database: Database, sandbox: Sandbox, address: str) -> list[list[str]]:
    tell("ghibli: refreshes")
    connection = HTTPConnection(address)
    api = HTTPConnection(sandbox.host, sandbox.port)

    def ask_api() -> None:
        for path in ("/ghibli/films", "/ghibli/people"):
            _load(api, path)

    def age() -> None:
        database.run("UPDATE ghibli_refresh SET fetched_at = fetched_at - interval '1 hour'")

    def change() -> None:
        age()
        for film in sandbox.ghibli.films:
            film["title"] += "!"

    fresh = _seconds(lambda: _load(connection, PAGE))
    own = _seconds(ask_api)
    rows = []
    for name, prepare in (("unchanged", age), ("changed", change)):
        seconds = _seconds(lambda: _load(connection, PAGE), prepare) - fresh - own
        figure = against(1000 * seconds, "ms", most=1000 * MOST_REFRESH_SECONDS)
        rows.append([f"a refresh, {name}", figure])
    return [*rows, ["the API's own time for both answers", f"{1000 * own:.1f} ms"]]


def _seconds(act: Callable[[], object], prepare: Callable[[], object] = bool) -> float:
    """The median of REFRESHES times, each prepared beside the clock."""
    times = []
    for _ in range(REFRESHES):
        prepare()
        begun = time.monotonic()
        act()
        times.append(time.monotonic() - begun)
    return median(times)
