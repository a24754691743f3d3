"""`run_import movies`: films fetched over HTTP and saved, with and without a limit."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from tools.benchmarks.database import Database, own_database
from tools.benchmarks.importing import Importer, sandbox
from tools.benchmarks.machine import MEGABYTE, BenchmarkFailed, Measured
from tools.benchmarks.report import against, section, table, tell

FILMS = 45_000
# What a first import may ask of TMDB, and for how long it is watched: some 75 seconds.
RATE = 40
LIMITED_FILMS = 3_000

LEAST_RATE = 500
LEAST_LIMITED_RATE = 38
MOST_LIMITED_CORES = 0.1
MOST_MEGABYTES = 200
DONE = "SELECT done FROM import_run WHERE kind = 'movies' AND state = 'running'"
NOTE = (
    "The sandbox, the import and PostgreSQL share the machine's cores. Films a second are counted "
    "from the first request to the last commit; memory and CPU are those of the import's process "
    "alone, its start included."
)


def report(films: int) -> str:
    """The figures of one limited and one unlimited run, each over new films."""
    few = min(films, LIMITED_FILMS)
    with (
        tempfile.TemporaryDirectory() as folder,
        own_database("movies") as database,
        sandbox(films + few) as address,
    ):
        importer = Importer(database, address, Path(folder))
        database.migrate()
        importer.run("reference")
        importer.run("ids")
        database.run("VACUUM (ANALYZE) tmdb_movie")
        tell(f"movies: {few:,} films at {RATE} a second")
        limited = importer.run("movies", "--limit", str(few), rate=RATE, probe=_done(database))
        tell(f"movies: {films:,} films without a limit")
        unlimited = importer.run("movies", probe=_done(database))
        if database.one("SELECT count(*) FROM movie") != films + few:
            raise BenchmarkFailed("not every film has come in")
    header = [
        *("", "films", "time", "films a second", "CPU a film", "cores"),
        *("memory at a tenth", "at nine tenths", "peak"),
    ]
    rows = [
        _row("no limit", films, unlimited, least_rate=LEAST_RATE),
        _row(f"{RATE} a second", few, limited, LEAST_LIMITED_RATE, MOST_LIMITED_CORES),
    ]
    return section("`run_import movies`", table(header, rows), NOTE)


def _done(database: Database) -> Callable[[], int]:
    """Asks for how many films the running import has committed."""
    return lambda: database.one(DONE) or 0


def _row(
    name: str, films: int, run: Measured, least_rate: float, most_cores: float | None = None
) -> list[str]:
    rate = films / (run.seconds - run.when("fetching films"))
    return [
        name,
        f"{films:,}",
        f"{run.seconds:.1f} s",
        against(rate, least=least_rate),
        f"{1000 * run.cpu_seconds / films:.2f} ms",
        against(run.cpu_seconds / run.seconds, most=most_cores),
        f"{_resident(run, films / 10):.0f} MB",
        f"{_resident(run, films * 9 / 10):.0f} MB",
        against(run.peak_bytes / MEGABYTE, "MB", most=MOST_MEGABYTES),
    ]


def _resident(run: Measured, films: float) -> float:
    """Megabytes of memory when so many films were in; the last seen when it was over at once."""
    later = [resident for _, done, resident in run.samples if done >= films]
    return (later or [run.samples[-1][2]])[0] / MEGABYTE
