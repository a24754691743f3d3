"""The imports page and the other pages of /admin over a whole catalogue with a long history."""

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tools.benchmarks import catalogue
from tools.benchmarks.database import own_database
from tools.benchmarks.importing import Importer, sandbox
from tools.benchmarks.machine import measure
from tools.benchmarks.report import against, section, table, tell
from tools.postgres import CHECKOUT

if TYPE_CHECKING:
    from django.test import Client

FILMS = 1_240_000
RUNS = 1_000
FAILURES = 10_000
MOST_MS = 300
TIMES = 5

# A ledger as it is after months: some films gone, some due, details of every age.
FILL_LEDGER = """
INSERT INTO tmdb_movie (id, popularity, known_at, exported_on, fetched_at, due_at, gone_at)
SELECT id, popularity, now() - interval '90 days', current_date - 90,
       now() - id % 170 * interval '1 day', now() + (id % 170 - 5) * interval '1 day',
       CASE WHEN id % 97 = 0 THEN now() END
FROM movie
"""
FILL_RUNS = """
INSERT INTO import_run (kind, state, options, requested_how, requested_by, cancel_requested,
                        created_at, started_at, heartbeat_at, finished_at, step, unit, done,
                        total, fetched, failed, resumptions, error)
SELECT CASE WHEN number % 5 = 0 THEN 'daily' ELSE 'movies' END, 'succeeded', '{}', 'worker', '',
       false, begun, begun, begun, begun + interval '17 minutes', 'fetching films', 'films',
       8000, 8000, 8000, number % 20, 0, ''
FROM generate_series(1, 1000) number
CROSS JOIN LATERAL (SELECT now() - (1000 - number) * interval '4 hours' AS begun) clock
"""
FILL_FAILURES = """
INSERT INTO import_failure (kind, run_id, movie_id, error_type, message, dump, attempts,
                            first_at, last_at)
SELECT 'movies', (SELECT max(id) FROM import_run), number,
       (ARRAY['ParseFailed', 'FetchFailed', 'TmdbUnavailable'])[1 + number % 3],
       'Expected `str`, got `null`', convert_to(repeat(md5(number::text), 100), 'UTF8'), 1,
       now(), now()
FROM generate_series(1, 10000) number
"""
NOTE = (
    "{films:,} films, {failures:,} open failures, {runs:,} runs. A page is what the server needs "
    "for it, asked for {times} times; *counted anew* is without the figures that it keeps for ten "
    "seconds."
)
PAGES = {
    "the imports page, counted anew": "/admin/importer/importrun/",
    "the imports page": "/admin/importer/importrun/",
    "what it asks for every second": "/admin/importer/importrun/live/",
    "its last page of runs": f"/admin/importer/importrun/?p={RUNS // 25}",
    "failures": "/admin/importer/importfailure/",
    "movies": "/admin/movies/movie/",
    "movies called “the”": "/admin/movies/movie/?q=the",
    "a movie by its id": "/admin/movies/movie/?q=603",
}


@dataclass(frozen=True)
class Asked:
    """A page asked for several times."""

    name: str
    milliseconds: list[float]
    queries: int


def report(films: int) -> str:
    """How long each page takes, and how many queries."""
    with (
        tempfile.TemporaryDirectory() as folder,
        own_database("admin") as database,
        sandbox(films) as address,
    ):
        importer = Importer(database, address, Path(folder))
        catalogue.load(importer, films)
        database.run(FILL_LEDGER, FILL_RUNS, FILL_FAILURES, "VACUUM (ANALYZE)")
        importer.run("ranking")
        tell("admin: the pages")
        asker = measure([sys.executable, "-m", "tools.benchmarks.admin"], importer.environment)
        pages = [read(line) for _, line in asker.lines if line.startswith("page\t")]
    rows = [row(page) for page in pages]
    note = NOTE.format(films=films, failures=FAILURES, runs=RUNS, times=TIMES)
    return section("/admin", table(["", "median", "longest", "queries"], rows), note)


def read(line: str) -> Asked:
    _, name, queries, *milliseconds = line.split("\t")
    return Asked(name, [float(figure) for figure in milliseconds], int(queries))


def row(page: Asked) -> list[str]:
    longest = against(max(page.milliseconds), "ms", most=MOST_MS)
    return [page.name, f"{median(page.milliseconds):.0f} ms", longest, f"{page.queries}"]


def main() -> None:
    """Ask for every page, as a process of its own, and write a line for each."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_superuser("bench"))
    # The first request of a process imports and compiles what all others find made.
    client.get(PAGES["the imports page"])
    for name, address in PAGES.items():
        ask(client, name, address, is_anew=name.endswith("anew"))


def ask(client: "Client", name: str, address: str, *, is_anew: bool) -> None:
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    milliseconds = []
    for _ in range(TIMES):
        if is_anew:
            cache.clear()
        with CaptureQueriesContext(connection) as queries:
            begun = time.perf_counter()
            answer = client.get(address)
            milliseconds.append(1000 * (time.perf_counter() - begun))
        if answer.status_code != 200:
            sys.exit(f"{address} answered {answer.status_code}")
    figures = "\t".join(f"{figure:.1f}" for figure in milliseconds)
    sys.stdout.write(f"page\t{name}\t{len(queries)}\t{figures}\n")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    sys.path.insert(0, str(CHECKOUT))
    main()
