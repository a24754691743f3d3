"""`run_import ranking` over a whole catalogue, and how long it makes a reader wait."""

import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psycopg

from tools.benchmarks import catalogue
from tools.benchmarks.database import Database, own_database
from tools.benchmarks.importing import Importer, sandbox
from tools.benchmarks.machine import MEGABYTE, Measured
from tools.benchmarks.reader import Reading, reading, readings
from tools.benchmarks.report import against, section, table, tell

FILMS = 1_240_000
MOST_STANDING_SECONDS = 10
# What the swap may add to a reading's ordinary time.
MOST_WAIT_MS = 300

ALONE_SECONDS = 5.0
HELD_UP_SECONDS = 3.0
# The swap comes right before the line that says that all is ranked: readings this near to it
# count as those that it may have kept waiting.
NEAR_SECONDS = 1.0

SWAP_WAITS = """
SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
NOTE = (
    "The catalogue holds {movies:,} films with {titles:,} titles and {ratings:,} of IMDb's "
    "ratings. The reader is a process of its own that asks for the best ten films of every "
    "country over and over. The long read is a transaction that has read the standings and stays "
    "open until the swap has waited for it for {held_up:g} s."
)


def report(films: int) -> str:
    """The figures of a first ranking, one that a reader watches, and one that is held up."""
    with (
        tempfile.TemporaryDirectory() as folder,
        own_database("ranking") as database,
        sandbox(films) as address,
    ):
        importer = Importer(database, address, Path(folder))
        catalogue.load(importer, films)
        note = NOTE.format(**_sizes(database), held_up=HELD_UP_SECONDS)
        tell("ranking: the first one")
        first = importer.run("ranking")
        tell("ranking: again, with a reader")
        log = Path(folder) / "readings"
        with reading(importer.environment, log):
            time.sleep(ALONE_SECONDS)
            watched = importer.run("ranking")
            tell("ranking: again, with a long read in the way")
            with _long_read(database):
                held_up = importer.run("ranking")
        readers = _readers(readings(log), watched, held_up)
    return section("`run_import ranking`", _rankings(first, watched, held_up), readers, note)


def _sizes(database: Database) -> dict[str, int]:
    return {
        "movies": database.one("SELECT count(*) FROM movie"),
        "titles": database.one("SELECT count(*) FROM title"),
        "ratings": database.one("SELECT count(*) FROM imdb_rating"),
    }


@contextmanager
def _long_read(database: Database) -> Iterator[None]:
    """A transaction that stays in the way of the swap for HELD_UP_SECONDS."""
    over = threading.Event()

    def read() -> None:
        with (
            psycopg.connect(database.url) as reader,
            psycopg.connect(database.url, autocommit=True) as watcher,
        ):
            reader.execute("SELECT FROM standing LIMIT 1")
            while not over.wait(0.05) and watcher.execute(SWAP_WAITS).fetchone() is None:
                pass
            over.wait(HELD_UP_SECONDS)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _rankings(first: Measured, watched: Measured, held_up: Measured) -> str:
    rows = [
        _ranking("the first time", first, MOST_STANDING_SECONDS),
        _ranking("again, with a reader", watched),
        _ranking("again, with a reader and a long read", held_up),
    ]
    return table(["", "time", "standings", "vocabulary", "memory of the import"], rows)


def _ranking(name: str, run: Measured, most_seconds: float | None = None) -> list[str]:
    ranked = run.when("ranked:")
    return [
        name,
        f"{run.seconds:.1f} s",
        against(ranked - run.when("ranking"), "s", most=most_seconds),
        f"{run.seconds - ranked:.1f} s",
        f"{run.peak_bytes / MEGABYTE:.0f} MB",
    ]


def _readers(every: Sequence[Reading], watched: Measured, held_up: Measured) -> str:
    swapped, late = (run.begun + run.when("ranked:") for run in (watched, held_up))
    begun, swap_begun = watched.begun + watched.when("ranking"), swapped - NEAR_SECONDS
    ordinary = _milliseconds(every, 0, watched.begun)
    most = median(ordinary) + MOST_WAIT_MS
    swap = _milliseconds(every, swap_begun, swapped + NEAR_SECONDS)
    held = _milliseconds(every, late - HELD_UP_SECONDS - NEAR_SECONDS, late + NEAR_SECONDS)
    rows = [
        _reader("before anything else runs", ordinary),
        _reader("while the standings are built", _milliseconds(every, begun, swap_begun)),
        _reader("around the swap", swap, most),
        _reader("around the swap that is held up", held, most),
    ]
    return table(["a reader's answers", "how many", "median", "longest"], rows)


def _reader(name: str, milliseconds: Sequence[float], most: float | None = None) -> list[str]:
    if not milliseconds:
        return [name, "0", "", ""]
    longest = against(max(milliseconds), "ms", most=most)
    return [name, str(len(milliseconds)), f"{median(milliseconds):.0f} ms", longest]


def _milliseconds(every: Sequence[Reading], since: float, until: float) -> list[float]:
    """How long the answers took of which a part fell into this time."""
    return [
        1000 * one.seconds
        for one in every
        if one.begun + one.seconds >= since and one.begun <= until
    ]
