"""`run_import movies`: films fetched over HTTP and saved, bare and with all of their parts."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from tools.benchmarks.database import Database, own_database
from tools.benchmarks.importing import Importer, sandbox_of
from tools.benchmarks.machine import MEGABYTE, BenchmarkFailed, Measured
from tools.benchmarks.report import against, section, table, tell
from tools.sandbox.payload_file import write_payloads

FILMS = 6_000
# What a first import may ask of TMDB, and for how long it is watched: some 75 seconds.
RATE = 40
LIMITED_FILMS = 3_000

LEAST_RATE = 1_000
MOST_CPU_MILLISECONDS = 0.9
LEAST_WHOLE_RATE = 400
LEAST_LIMITED_RATE = 38
MOST_LIMITED_CORES = 0.15
MOST_MEGABYTES = 120
DONE = "SELECT done FROM import_run WHERE kind = 'movies' AND state = 'running'"
NOTE = (
    "The sandbox, the import and PostgreSQL share the machine's cores. Films a second are counted "
    "from the first request to the last commit; memory and CPU are those of the import's process "
    "alone, its start included. Bare films have no parts, as the payloads of earlier releases; "
    "whole ones have people, translations, providers and videos in the proportion of TMDB's."
)


def report(films: int) -> str:
    """The figures of bare and whole films without a limit, and of whole ones with one."""
    few = min(films, LIMITED_FILMS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = _measured(folder / "bare", films, is_whole=False)
        whole = _measured(folder / "whole", films, is_whole=True)
        limited = _measured(folder / "limited", few, is_whole=True, rate=RATE)
    header = [
        *("", "films", "time", "films a second", "CPU a film", "cores"),
        *("memory at a tenth", "at nine tenths", "peak"),
    ]
    rows = [
        _row("bare", films, bare, LEAST_RATE, most_milliseconds=MOST_CPU_MILLISECONDS),
        _row("whole", films, whole, LEAST_WHOLE_RATE),
        _row(f"whole, {RATE} a second", few, limited, LEAST_LIMITED_RATE, MOST_LIMITED_CORES),
    ]
    return section("`run_import movies`", table(header, rows), NOTE)


def _measured(folder: Path, films: int, *, is_whole: bool, rate: float = 0) -> Measured:
    """A first import of so many films."""
    folder.mkdir()
    tell(f"movies: writing {films:,} films")
    path = write_payloads(folder, films, is_whole=is_whole)
    with own_database("movies") as database, sandbox_of("--movies", str(path)) as address:
        importer = Importer(database, address, folder)
        database.migrate()
        importer.run("reference")
        importer.run("ids")
        database.run("VACUUM (ANALYZE) tmdb_movie")
        tell(f"movies: importing them, {folder.name}")
        measured = importer.run("movies", rate=rate, probe=_done(database))
        if database.one("SELECT count(*) FROM movie") != films:
            raise BenchmarkFailed("not every film has come in")
    return measured


def _done(database: Database) -> Callable[[], int]:
    """Asks for how many films the running import has committed."""
    return lambda: database.one(DONE) or 0


def _row(
    name: str,
    films: int,
    run: Measured,
    least_rate: float,
    most_cores: float | None = None,
    most_milliseconds: float | None = None,
) -> list[str]:
    rate = films / (run.seconds - run.when("fetching films"))
    return [
        name,
        f"{films:,}",
        f"{run.seconds:.1f} s",
        against(rate, least=least_rate),
        against(1000 * run.cpu_seconds / films, "ms", most=most_milliseconds),
        against(run.cpu_seconds / run.seconds, most=most_cores),
        f"{_resident(run, films / 10):.0f} MB",
        f"{_resident(run, films * 9 / 10):.0f} MB",
        against(run.peak_bytes / MEGABYTE, "MB", most=MOST_MEGABYTES),
    ]


def _resident(run: Measured, films: float) -> float:
    """Megabytes of memory when so many films were in; the last seen when it was over at once."""
    later = [resident for _, done, resident in run.samples if done >= films]
    return (later or [run.samples[-1][2]])[0] / MEGABYTE
