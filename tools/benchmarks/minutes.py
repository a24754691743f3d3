"""The first minutes of a new service: how soon the lists are those of the finished catalogue."""

import json
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import requests

from tools.benchmarks.catalogue import whole_catalogue
from tools.benchmarks.database import Database, own_database
from tools.benchmarks.importing import Importer, sandbox
from tools.benchmarks.machine import BenchmarkFailed
from tools.benchmarks.report import against, section, table, tell
from tools.postgres import CHECKOUT
from tools.sandbox.reference import countries

FILMS = 60_000
RATE = 40
MINUTES = (1, 2, 3, 4, 5, 10)
# By the third minute.
LEAST_SHARE = {3: 95.0}
# Packing the files of a million films takes the sandbox a while.
PREPARING_SECONDS = 900

FETCHED = "SELECT count(*) FROM movie"
# As if the lists of every country had been read: none of its films comes before the others.
SWEEP = """
INSERT INTO tmdb_sweep (country, page, swept_at)
SELECT country, page, now() FROM unnest(%s::text[]) AS country, generate_series(1, 2) AS page
"""
NOTE = (
    "`run_import daily` into an empty database, from a sandbox that answers {rate} requests a "
    "second. Time is counted from the first request. The share is that of the entries of the "
    "first ten of every country, as the site shows them, that are those of the catalogue with all "
    "films and ratings in it: {entries:,} entries of {countries} countries. *Popular first* is "
    "the same import with every country marked as swept beforehand."
)

Firsts = dict[str, list[int]]


def report(films: int) -> str:
    """The share of right entries by the minute, with `discover` and without."""
    with whole_catalogue("minutes_whole", films) as database:
        tell("minutes: reading what the lists come to")
        finished = first_ten(database)
    rows = [
        row(name, watched(films, finished, is_swept=is_swept))
        for name, is_swept in (("`discover` first", False), ("popular first", True))
    ]
    header = ["", *(f"{minute} min" for minute in MINUTES), "films after the last"]
    note = NOTE.format(
        rate=RATE, entries=sum(map(len, finished.values())), countries=len(finished)
    )
    return section(f"The first minutes: {films:,} films", table(header, rows), note)


def row(name: str, after: tuple[list[float], int]) -> list[str]:
    shares, fetched = after
    shown = [
        against(share, "%", least=None if "popular" in name else LEAST_SHARE.get(minute))
        for minute, share in zip(MINUTES, shares, strict=True)
    ]
    return [name, *shown, f"{fetched:,}"]


def watched(films: int, finished: Firsts, *, is_swept: bool) -> tuple[list[float], int]:
    """A first start: the percentage that is right at each of MINUTES, and the films by then."""
    with (
        tempfile.TemporaryDirectory() as folder,
        own_database("minutes") as database,
        sandbox(films, "--rate", str(RATE)) as address,
    ):
        database.migrate()
        prepare(address)
        if is_swept:
            codes = [country["iso_3166_1"] for country in countries()]
            database.one(f"{SWEEP} RETURNING page", codes)
        tell(f"minutes: {MINUTES[-1]} of them{', popular first' if is_swept else ''}")
        with Importer(database, address, Path(folder)).started("daily") as process:
            begun = first_request(process)
            shares = []
            for minute in MINUTES:
                time.sleep(max(begun + 60 * minute - time.monotonic(), 0))
                shares.append(percentage(first_ten(database), finished))
                tell(f"minutes: after {minute}: {shares[-1]:.1f} %")
            return shares, database.one(FETCHED)


def prepare(address: str) -> None:
    """Have the sandbox make its files and lists, which TMDB has ready."""
    day: date = datetime.now(UTC).date()
    for path in (f"p/exports/movie_ids_{day:%m_%d_%Y}.json.gz", "imdb/title.ratings.tsv.gz"):
        requests.head(f"{address}/{path}", timeout=PREPARING_SECONDS).raise_for_status()
    lists = f"{address}/3/discover/movie?api_key=sandbox&sort_by=vote_count.desc"
    for country in countries():
        put_in_order(f"{lists}&with_origin_country={country['iso_3166_1']}")


def put_in_order(address: str) -> None:
    """Ask for a list as often as the sandbox's limit has it."""
    while (answer := requests.get(address, timeout=PREPARING_SECONDS)).status_code == 429:
        time.sleep(1 / RATE)
    answer.raise_for_status()


def first_request(process: "subprocess.Popen[str]") -> float:
    """When it begins to ask; what it writes after that is read and forgotten."""
    for line in process.stdout or ():
        if "reference lists" in line:
            begun = time.monotonic()
            threading.Thread(target=process.communicate, daemon=True).start()
            return begun
    raise BenchmarkFailed("the import ended before it had begun")


def first_ten(database: Database) -> Firsts:
    """The ids of the first films of every country, as they are listed now."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.benchmarks.first_ten"],
        cwd=CHECKOUT,
        env=database.environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BenchmarkFailed(f"the lists could not be read:\n{done.stderr}")
    found: Firsts = json.loads(done.stdout)
    return found


def percentage(shown: Firsts, finished: Firsts) -> float:
    """How many of the finished entries are shown, of a hundred."""
    right = sum(len({*ids} & {*shown.get(code, [])}) for code, ids in finished.items())
    return 100 * right / sum(map(len, finished.values()))
