"""An hour of the whole service: readers and uploads at a pace while an import runs."""

import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import LiteralString
from urllib.parse import quote

import psycopg

from tools.benchmarks.catalogue import load
from tools.benchmarks.database import Database, own_database
from tools.benchmarks.importing import Importer, sandbox
from tools.benchmarks.paced_requests import Answers, Request, ask_at_a_pace
from tools.benchmarks.process_memory import MOST_GROWTH, Memory
from tools.benchmarks.report import against, rounded, section, table, tell
from tools.benchmarks.site import site
from tools.postgres import CHECKOUT

FILMS = 100_000
MINUTES = 60
RATE = 50
# So slowly that the import does not end before.
IMPORT_RATE = 20
LOOK_SECONDS = 60.0
CLIENTS = 100
UPLOADED_ROWS = 300
SAMPLED = 5_000
GZIP = {"Accept-Encoding": "gzip"}
# How many of 50 requests are such ones.
MIX = {
    "home": 7,
    "country": 8,
    "film": 10,
    "film's JSON": 4,
    "search": 7,
    "best": 5,
    "person": 3,
    "people": 1,
    "movies": 2,
    "countries": 1,
    "status": 1,
    "upload": 1,
}
COUNTRIES = (
    *("AR", "AT", "AU", "BE", "BR", "CA", "CH", "CN", "CZ", "DE", "DK", "EG", "ES", "FI", "FR"),
    *("GB", "GR", "HK", "HU", "IN", "IR", "IT", "JP", "KR", "MX", "NO", "PL", "SE", "TR", "US"),
)
FILM_SAMPLE: LiteralString = """
SELECT id, imdb_id, title FROM movie WHERE imdb_id IS NOT NULL
ORDER BY hashint4(id) LIMIT %s
"""
PEOPLE_SAMPLE: LiteralString = "SELECT id FROM person ORDER BY hashint8(id) LIMIT %s"
FETCHED = "SELECT count(*) FROM tmdb_movie WHERE fetched_at IS NOT NULL"
RUN = "SELECT kind || ' ' || state || ' ' || step FROM import_run ORDER BY id DESC LIMIT 1"
FAILURES = "SELECT count(*) FROM import_failure WHERE resolved_at IS NULL"
NOTE = (
    "{films:,} films, gunicorn with 2 workers of 4 threads, and a worker that imports {pace} "
    "films a second from the sandbox all the while: {fetched:,} at the end, when its run was "
    "*{run}*, with {failures} failures. {asked:,} requests at {rate:g} a second from {clients} "
    "addresses, with the limits of production (uploads of {rows} rows, one in {round}): {postponed} were asked to return in a second "
    "(503 with `Retry-After`), {wrong}. "
    "Times are from when a reader came to the end of the answer. Memory is PSS, each minute; "
    "*growth* is the last third to the first, and flat up to {most:g}."
)


@dataclass
class Sample:
    """What there is to be asked for."""

    films: Sequence[tuple[int, str, str]]
    people: Sequence[int]


def report(films: int, minutes: float = MINUTES, rate: float = RATE) -> str:
    """Percentiles by kind of request, memory by process, and everything that was not well."""
    with (
        tempfile.TemporaryDirectory() as folder,
        own_database("soak") as database,
        sandbox(films) as sandbox_url,
    ):
        importer = Importer(database, sandbox_url, Path(folder))
        load(importer, films)
        importer.run("ranking")
        settings = {
            "SANDBOX_URL": sandbox_url,
            "TMDB_API_KEY": "",
            "TMDB_API_TOKEN": "",
            "EXPORT_DIR": folder,
            "TRUSTED_PROXIES": "1",
            "API_RATE": "600/minute",
            "API_UPLOAD_RATE": "20/minute",
        }
        with site(database, **settings) as address, worker(database, settings):
            answers, memory = soak(database, address, minutes, rate)
            note = noted(database, films, rate, answers)
    shown = [times_by_kind(answers), memory_by_process(memory), note]
    if answers.wrong:
        shown.append("\n".join(f"- {line}" for line in wrong_answers(answers)))
    return section(f"{minutes:g} minutes of soak", *shown)


@contextmanager
def worker(database: Database, settings: dict[str, str]) -> Iterator[None]:
    """`manage.py run_worker`, which begins with the daily import at once."""
    pace = {"TMDB_REQUESTS_PER_SECOND": str(IMPORT_RATE)}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"],
        cwd=CHECKOUT,
        env=database.environment | settings | pace,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def soak(database: Database, address: str, minutes: float, rate: float) -> tuple[Answers, Memory]:
    """Ask for so long, and look at the memory meanwhile."""
    answers, memory = Answers(), Memory(database)
    mix = Mix(address, sampled(database))
    end = time.monotonic() + 60 * minutes
    threads = ask_at_a_pace(address, mix.next, answers, rate, end)
    step = min(LOOK_SECONDS, 10 * minutes)
    look = time.monotonic() + step
    while look < end:
        time.sleep(max(0.0, look - time.monotonic()))
        mix.sample = sampled(database)
        memory.look()
        tell(
            f"soak: {answers.count:,} asked, {answers.postponed.total()} to return, "
            f"{answers.wrong.total()} wrong; "
            f"{database.one(RUN)}, {database.one(FETCHED):,} films; "
            + ", ".join(f"{name} {last[-1]:.0f} MB" for name, last in memory.megabytes.items())
        )
        look += step
    for thread in threads:
        thread.join()
    return answers, memory


def sampled(database: Database) -> Sample:
    """Films and people in no order that anything knows; people come with the import."""
    with psycopg.connect(database.url) as connection:
        films = connection.execute(FILM_SAMPLE, [SAMPLED]).fetchall()
        people = [number for (number,) in connection.execute(PEOPLE_SAMPLE, [SAMPLED])]
    return Sample(films, people)


class Mix:
    """The requests one after the other, by chance, which is always the same."""

    def __init__(self, address: str, sample: Sample) -> None:
        self.sample = sample
        self._address = address
        self._chance = random.Random(1)  # noqa: S311
        self._lock = threading.Lock()

    def next(self) -> Request:
        with self._lock:
            [kind] = self._chance.choices(list(MIX), list(MIX.values()))
            number = self._chance.randrange(1_000_000)
        client = {"X-Forwarded-For": f"198.51.100.{number % CLIENTS}"}
        if kind == "upload":
            body = uploaded(self.sample.films, number)
            return Request(kind, "/api/v1/watched/", client | {"Content-Type": "text/csv"}, body)
        return Request(kind, self._path(kind, number), client | GZIP)

    def _path(self, kind: str, number: int) -> str:
        sample = self.sample
        film, _, title = sample.films[number % len(sample.films)]
        country = COUNTRIES[number // 2 % len(COUNTRIES)]
        person = sample.people[number % len(sample.people)] if sample.people else None
        paths = {
            "home": ("/",),
            "country": (f"/countries/{country}/", f"/api/v1/countries/{country}/"),
            "film": (f"/films/{film}/",),
            "film's JSON": (f"/api/v1/films/{film}/",),
            "search": (f"/search/?name={quote(title)}", f"/api/v1/search/?name={quote(title)}"),
            "best": ("/api/v1/best/", f"/api/v1/best/{country}/"),
            "person": (f"/people/{person}/" if person else "/about/",),
            "people": (f"/api/v1/people/?name={quote(title.split()[0])}",),
            "movies": ("/movies/", "/api/v1/movies/"),
            "countries": ("/api/v1/countries/",),
            "status": ("/api/v1/status/",),
        }[kind]
        return paths[number % len(paths)]


def uploaded(films: Sequence[tuple[int, str, str]], number: int) -> bytes:
    """A file as of IMDb, other films each time."""
    start = number % max(len(films) - UPLOADED_ROWS, 1)
    rows = (
        f'{imdb_id},{vote % 10 + 1},2015-01-01,"{title}"\n'
        for vote, (_, imdb_id, title) in enumerate(films[start : start + UPLOADED_ROWS])
    )
    return ("Const,Your Rating,Date Rated,Title\n" + "".join(rows)).encode()


def times_by_kind(answers: Answers) -> str:
    every = [second for seconds in answers.seconds.values() for second in seconds]
    kinds = {"all": every, **answers.seconds}
    rows = [[kind, f"{len(seconds):,}", *percentiles(seconds)] for kind, seconds in kinds.items()]
    return table(["", "answers", "p50", "p95", "p99", "longest"], rows)


def percentiles(seconds: Sequence[float]) -> list[str]:
    points = quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else [0.0] * 99
    figures = [points[49], points[94], points[98], max(seconds, default=0.0)]
    return [f"{rounded(1000 * figure)} ms" for figure in figures]


def memory_by_process(memory: Memory) -> str:
    rows = [
        [
            name,
            f"{figures[0]:.0f} MB",
            f"{figures[-1]:.0f} MB",
            f"{max(figures):.0f} MB",
            against(memory.growth(name), most=MOST_GROWTH),
        ]
        for name, figures in memory.megabytes.items()
    ]
    return table(["", "first", "last", "most", "growth"], rows)


def noted(database: Database, films: int, rate: float, answers: Answers) -> str:
    return NOTE.format(
        films=films,
        pace=IMPORT_RATE,
        fetched=database.one(FETCHED),
        run=database.one(RUN),
        failures=database.one(FAILURES),
        asked=answers.count,
        rate=rate,
        clients=CLIENTS,
        rows=UPLOADED_ROWS,
        round=sum(MIX.values()),
        postponed=postponed(answers),
        wrong=f"**{answers.wrong.total():,} went wrong**" if answers.wrong else "none went wrong",
        most=MOST_GROWTH,
    )


def postponed(answers: Answers) -> str:
    """`12 (search 10, upload 2)`"""
    kinds = ", ".join(f"{kind} {times:,}" for kind, times in answers.postponed.most_common())
    return f"{answers.postponed.total():,}" + f" ({kinds})" * bool(kinds)


def wrong_answers(answers: Answers) -> Iterator[str]:
    for what, times in answers.wrong.most_common():
        yield f"{times:,} × {what}"
    yield from answers.examples
