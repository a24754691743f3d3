"""`run_import imdb_ratings`: IMDb's file against a whole catalogue, first and daily."""

import tempfile
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import requests

from tools.benchmarks import catalogue
from tools.benchmarks.database import Database, own_database
from tools.benchmarks.importing import Importer
from tools.benchmarks.machine import MEGABYTE, Measured
from tools.benchmarks.report import against, section, table, tell
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import IMDB_HEADER
from tools.sandbox.synthetic import Synthetic

FILMS = 1_240_000
# IMDb's file of March 2018 had 656 rows for every 1,000 films that TMDB has now.
ROWS_PER_FILM = 812_970 / FILMS
MOST_SECONDS = 60
MOST_MEGABYTES = 120

NOTE = (
    "The catalogue's films are all there before the first import, with no rating of IMDb's. Time "
    "is that of the whole command; *start* is Python and Django, *read* unpacks, checks and COPYs "
    "into the staging table, *swap* compares, builds `imdb_rating` anew and swaps it in, *weigh* "
    "updates the titles whose films' votes have reached another step of the logarithm. A day's "
    "votes are 0.1 % more for every title. The file has {rows:,} rows, {matched:,} of them films "
    "of the catalogue."
)


class Ratings(Synthetic):
    """The made-up films' ratings, then titles that are no films, with `growth` times the votes."""

    def __init__(self, count: int, growth: float = 1.0) -> None:
        super().__init__(count)
        self.growth = growth

    @property
    def edition(self) -> Hashable:
        return ("ratings", self.count, self.growth)

    def imdb_lines(self) -> Iterator[bytes]:
        rows = int(self.count * ROWS_PER_FILM)
        for line in super().imdb_lines():
            rows -= line != IMDB_HEADER
            yield line if line == IMDB_HEADER else self._grown(line)
        for number in range(rows):
            yield f"tt{90_000_000 + number}\t7.1\t{number % 1000 + 5}\n".encode()

    def _grown(self, line: bytes) -> bytes:
        imdb_id, rating, votes = line.decode().split("\t")
        return f"{imdb_id}\t{rating}\t{int(int(votes) * self.growth)}\n".encode()


@dataclass(frozen=True)
class Case:
    """A file that comes after another one."""

    name: str
    growth: float


CASES = (
    Case("first import", 1.0),
    Case("same file again", 1.0),
    Case("next day's file", 1.001),
    Case("twice as many votes", 2.0),
)


def report(films: int) -> str:
    """The figures of one round of CASES."""
    with tempfile.TemporaryDirectory() as folder, own_database("imdb") as database:
        source = Ratings(films)
        with Sandbox(source) as sandbox:
            importer = Importer(database, sandbox.url, Path(folder))
            catalogue.load(importer, films)
            database.run("TRUNCATE imdb_rating")
            runs = [_measure(case, source, importer) for case in CASES]
            return _figures(films, database, runs)


def _measure(case: Case, source: Ratings, importer: Importer) -> Measured:
    tell(f"imdb: {case.name}")
    source.growth = case.growth
    # Making the file is the sandbox's business, and takes longer than reading it.
    requests.head(f"{importer.sandbox_url}/imdb/title.ratings.tsv.gz", timeout=300)
    # What autovacuum would do sometime, and then beside the clock.
    importer.database.run("VACUUM (ANALYZE) title")
    return importer.run("imdb_ratings")


def _figures(films: int, database: Database, runs: list[Measured]) -> str:
    rows = [
        [
            case.name,
            against(run.seconds, "s", most=MOST_SECONDS),
            *(f"{part:.1f} s" for part in _parts(run)),
            against(run.peak_bytes / MEGABYTE, "MB", most=MOST_MEGABYTES),
        ]
        for case, run in zip(CASES, runs, strict=True)
    ]
    header = ["", "time", "start", "download", "read", "swap", "weigh", "memory"]
    title = f"`run_import imdb_ratings`: IMDb's ratings for {films:,} films"
    note = NOTE.format(
        rows=database.one("SELECT count(*) FROM imdb_rating"),
        matched=database.one("SELECT count(*) FROM movie JOIN imdb_rating USING (imdb_id)"),
    )
    return section(title, table(header, rows), note)


def _parts(run: Measured) -> tuple[float, ...]:
    """Seconds to start, to download, to read and stage, to swap, and to weigh."""
    reading = run.when("reading IMDb's file")
    # There is nothing to download when the file on the disk is still the newest.
    downloading = run.when("downloading IMDb's file", otherwise=reading)
    swapping, weighing = run.when("swapping in"), run.when("weighing titles")
    moments = [0.0, downloading, reading, swapping, weighing, run.seconds]
    return tuple(after - before for before, after in pairwise(moments))
