"""`run_import ids`: the export of all films merged into the ledger, against psql's \\copy."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

import msgspec
import requests

from tools.benchmarks.database import Database, own_database
from tools.benchmarks.importing import Importer, sandbox
from tools.benchmarks.machine import MEGABYTE, BenchmarkFailed, Measured
from tools.benchmarks.report import against, section, table, tell
from tools.sandbox.payloads import ExportEntry
from tools.sandbox.server import Sandbox
from tools.sandbox.synthetic import Synthetic

FILMS = 1_240_000
ROUNDS = 3
MOST_MEGABYTES = 120

# What the import is held against: its rows, every column of them that then has a value.
COPIED = """
CREATE TABLE copied (id integer PRIMARY KEY, popularity float8, known_at timestamptz,
                     exported_on date, due_at timestamptz, attempts smallint)
"""
# How many films have the popularity that was copied, or another one, as it should be.
RIGHT_ROWS = """
SELECT count(*) FROM tmdb_movie JOIN copied USING (id)
WHERE (tmdb_movie.popularity <> copied.popularity) = %s
"""
NOTE = (
    "The median one of {rounds} rounds, each on an empty ledger and with its own `\\copy` beside "
    "it; the ledger is vacuumed between the imports. Time is that of the whole command; *start* "
    "is Python and Django, *read* unpacks, decodes and COPYs into the staging table, *merge* ends "
    "with the commit; memory is the peak of the import's process. `\\copy` takes the rows that "
    "the first import leaves in the ledger (id, popularity, known_at, exported_on, due_at, "
    "attempts; what else it has is null) from a text file into a table with only its primary key."
)


@dataclass(frozen=True)
class Case:
    """An export that comes after another one, and how often \\copy's time it may take."""

    name: str
    times_copy: float
    days_ago: int
    is_changed: bool = False


CASES = (
    Case("first import", 3, days_ago=1),
    Case("same file again", 3, days_ago=1),
    Case("next day's file, all lines the same", 3, days_ago=0),
    Case("every popularity changed", 6, days_ago=0, is_changed=True),
)


def report(films: int) -> str:
    """The figures of ROUNDS rounds."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = stack.enter_context(own_database("ids"))
        same = stack.enter_context(sandbox(films))
        # The command line has no other popularities to offer.
        changed = stack.enter_context(Sandbox(Synthetic(films, popularity_salt=1))).url
        today = datetime.now(UTC).date()
        tell("ids: making the files")
        _write_rows(films, folder / "rows.tsv", today)
        database.migrate()
        for url in (same, changed):
            requests.head(_export(url, today), timeout=300).raise_for_status()
        rounds = [
            _measure_round(database, folder / f"round {number}", (same, changed), today)
            for number in range(1, ROUNDS + 1)
        ]
    return _figures(films, rounds)


def _export(url: str, day: date) -> str:
    return f"{url}/p/exports/movie_ids_{day:%m_%d_%Y}.json.gz"


def _write_rows(films: int, path: Path, day: date) -> None:
    """The ledger's rows after the first import, in the export's order, as \\copy reads them."""
    line = msgspec.json.Decoder(ExportEntry)
    with path.open("w") as rows:
        for film in map(line.decode, Synthetic(films).export_lines()):
            rows.write(f"{film.id}\t{film.popularity}\t{day}\t{day}\t{day}\t0\n")


@dataclass(frozen=True)
class Round:
    """How long \\copy took, and what each case took beside it."""

    copy_seconds: float
    imports: list[Measured]


def _measure_round(
    database: Database, folder: Path, addresses: tuple[str, str], today: date
) -> Round:
    """`addresses` are the sandbox's and that of the one with other popularities."""
    tell(f"ids: {folder.name}")
    database.run("TRUNCATE tmdb_movie, tmdb_export", "DROP TABLE IF EXISTS copied", COPIED)
    copy_seconds = database.psql_seconds(f"\\copy copied FROM '{folder.parent / 'rows.tsv'}'")
    imports = []
    for case in CASES:
        # What autovacuum would do sometime, and then beside the clock.
        database.run("VACUUM (ANALYZE) tmdb_movie")
        importer = Importer(database, addresses[case.is_changed], folder)
        day = today - timedelta(case.days_ago)
        imports.append(importer.run("ids", "--date", day.isoformat()))
        if database.one(RIGHT_ROWS, case.is_changed) != database.one(
            "SELECT count(*) FROM copied"
        ):
            raise BenchmarkFailed(f"{case.name}: the ledger is not what the export says")
    return Round(copy_seconds, imports)


def _figures(films: int, rounds: Sequence[Round]) -> str:
    copy_seconds = median(one.copy_seconds for one in rounds)
    rows = [["psql `\\copy`", f"{copy_seconds:.1f} s", "1", *[""] * 5]]
    for number, case in enumerate(CASES):
        runs = sorted((one.imports[number] for one in rounds), key=lambda run: run.seconds)
        middle = runs[len(runs) // 2]
        megabytes = max(run.peak_bytes for run in runs) / MEGABYTE
        rows.append(
            [
                case.name,
                f"{middle.seconds:.1f} s",
                against(middle.seconds / copy_seconds, most=case.times_copy),
                *(f"{part:.1f} s" for part in _parts(middle)),
                against(megabytes, "MB", most=MOST_MEGABYTES),
            ]
        )
    header = ["", "time", "× `\\copy`", "start", "download", "read", "merge", "memory"]
    title = f"`run_import ids`: an export of {films:,} films"
    return section(title, table(header, rows), NOTE.format(rounds=len(rounds)))


def _parts(run: Measured) -> tuple[float, float, float, float]:
    """Seconds to start, to download, to read and stage, and to merge."""
    reading, merging = run.when("reading the export"), run.when("merging the export")
    # There is nothing to download when the file on the disk is still the newest.
    downloading = run.when("downloading the export", otherwise=reading)
    return downloading, reading - downloading, merging - reading, run.seconds - merging
