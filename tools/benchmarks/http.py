"""The site over HTTP beside /healthz, a constant view of the same gunicorn in the same run."""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from itertools import count, cycle
from statistics import median, quantiles
from typing import LiteralString, NamedTuple

import psycopg

from tools.benchmarks.catalogue import whole_catalogue
from tools.benchmarks.database import Database
from tools.benchmarks.report import against, section, table, tell
from tools.benchmarks.site import READERS, Reader, answers_a_second, megabytes, site, workers
from tools.sandbox.ghibli import Ghibli
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

FILMS = 1_240_000
SECONDS = 3.0
CONSTANT = "/healthz"
GZIP = {"Accept-Encoding": "gzip"}
# Answers that are kept by edition, and how many of them there are for each of the constant view.
KEPT = {
    "/": 0.5,
    "/countries/JP/": 0.5,
    "/api/v1/best/": 0.5,
    "/api/v1/best/JP/": 0.5,
    "/api/v1/countries/": 0.5,
}
LEAST_UNCHANGED = 0.6
# What is made for each reader, because each asks for something else.
# Two at the same time in one process are not too many; more could be.
SEARCHERS = 2
FILM_PAGES, FILM_JSON, SEARCHES = 0.35, 0.25, 0.1
GHIBLI = "/movies/"
LEAST_GHIBLI = 0.3
# Film pages read in turn, and other addresses after them, each once.
DIFFERENT = 20_000
ADDRESSES = 100_000
PACE = 100  # readers a second,
PACED_SECONDS = 10
MOST_MS = 15.0
MOST_MEGABYTES = 64.0

SAMPLE: LiteralString = "SELECT id, title FROM movie ORDER BY hashint4(id) LIMIT %s"
NOTE = (
    "The catalogue holds {films:,} films. Gunicorn with 2 workers of 4 threads, {readers} readers "
    "on kept-alive connections on the same machine, {seconds:g} s each, gzip accepted. *Ratio* is "
    "to `/healthz` of the same gunicorn, measured right before and after."
)


class Case(NamedTuple):
    """What is asked for, and the least ratio to the constant view."""

    name: str
    paths: str | Iterable[str]
    headers: dict[str, str]
    least: float | None
    readers: int = READERS


def report(films: int, catalogue: str | None = None) -> str:
    """Answers a second, and their ratios; memory and times of many different film pages. Of the
    catalogue at this address, which is only read but for Ghibli's films, or of one of its own."""
    given = nullcontext(Database(catalogue)) if catalogue else whole_catalogue("http", films)
    with given as database, Sandbox(Films(), ghibli=_ghibli()) as sandbox:
        films = database.one("SELECT count(*) FROM movie")
        sample = _sample(database)
        with site(database, GHIBLI_API_URL=sandbox.ghibli_url) as address:
            rates = _rates(address, sample)
        with site(database) as address:
            different = _different(database, address, [number for number, _ in sample])
    note = NOTE.format(films=films, readers=READERS, seconds=SECONDS)
    return section("Over HTTP", rates, different, note)


def _ghibli() -> Ghibli:
    films = [{"id": f"film-{number}", "title": f"Film {number}"} for number in range(22)]
    people = [
        {"id": f"{number}", "name": f"Person {number}", "films": [f"/film-{number % 22}"]}
        for number in range(66)
    ]
    return Ghibli(films, people)


def _sample(database: Database) -> list[tuple[int, str]]:
    """Films with their titles, in no order that anything knows."""
    with psycopg.connect(database.url) as connection:
        return connection.execute(SAMPLE, [DIFFERENT]).fetchall()


def _rates(address: str, sample: Sequence[tuple[int, str]]) -> str:
    rows = []
    for case in _cases(address, sample):
        tell(f"http: {case.name}")
        before = _constant(address)
        rate = answers_a_second(
            address, case.paths, case.headers, seconds=SECONDS, count=case.readers
        )
        constant = (before + _constant(address)) / 2
        ratio = against(rate / constant, least=case.least)
        rows.append([case.name, f"{rate:,.0f}", f"{constant:,.0f}", ratio])
    return table(["", "answers a second", "/healthz", "ratio"], rows)


def _constant(address: str) -> float:
    return answers_a_second(address, CONSTANT, GZIP, seconds=SECONDS / 2)


def _cases(address: str, sample: Sequence[tuple[int, str]]) -> Iterator[Case]:
    for path, least in KEPT.items():
        yield Case(f"`{path}`", path, GZIP, least)
        if etag := _etag(address, path):
            conditional = GZIP | {"If-None-Match": etag}
            yield Case(f"`{path}`, unchanged", path, conditional, LEAST_UNCHANGED)
    known = sample[0][0]
    yield Case("`/films/{id}/`, the same again", f"/films/{known}/", GZIP, None)
    yield Case("`films/{id}/`, the same again", f"/api/v1/films/{known}/", GZIP, None)
    pages = _Turns(f"/films/{number}/" for number, _ in sample)
    yield Case("`/films/{id}/`, another each time", pages, GZIP, FILM_PAGES)
    answers = _Turns(f"/api/v1/films/{number}/" for number, _ in sample)
    yield Case("`films/{id}/`, another each time", answers, GZIP, FILM_JSON)
    searches = _Turns(
        f"/api/v1/search/?name={title.replace(' ', '%20')}"
        for _, title in sample
        if title.isascii() and title.replace(" ", "").isalnum()
    )
    yield Case("`search/`, another each time", searches, GZIP, SEARCHES, SEARCHERS)
    yield Case(f"`{GHIBLI}`", GHIBLI, GZIP, LEAST_GHIBLI)


def _etag(address: str, path: str) -> str:
    with Reader(address) as reader:
        head, _ = reader.get(path, GZIP)
    found = [line[6:] for line in head.decode().split("\r\n") if line.startswith("ETag: ")]
    return found[0] if found else ""


class _Turns:
    """The paths one after the other without end, for readers in several threads."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = cycle(paths)
        self._lock = threading.Lock()

    def __iter__(self) -> "_Turns":
        return self

    def __next__(self) -> str:
        with self._lock:
            return next(self._paths)


def _different(database: Database, address: str, ids: Sequence[int]) -> str:
    """Each film's page once, then as many other addresses; a worker's memory, and the times at a
    pace of readers that come whether the last one has its answer or not."""
    rows = []
    idle = max(megabytes(worker, "VmRSS") for worker in workers(database))
    rows.append(["a worker's memory, idle", f"{idle:.0f} MB"])
    tell(f"http: {len(ids):,} film pages")
    rate = _once(address, [f"/films/{number}/" for number in ids])
    rows.append([f"{len(ids):,} film pages in turn", f"{rate:,.0f} a second"])
    rows.append(["a worker's memory then", _growth(database, idle)])
    tell("http: at a pace")
    times = _paced(address, _Turns(f"/films/{number}/" for number in reversed(ids)))
    rows.append(
        [f"{PACE} readers a second, median", against(1000 * median(times), "ms", most=MOST_MS)]
    )
    rows.append(["95th percentile", f"{1000 * quantiles(times, n=20)[-1]:.3g} ms"])
    tell(f"http: {ADDRESSES:,} addresses")
    queries = (f"/my-films/?utm={number}" for number in range(ADDRESSES - len(ids)))
    _once(address, list(queries))
    rows.append([f"a worker's memory after {ADDRESSES:,} addresses", _growth(database, idle)])
    return table(["different addresses", "figure"], rows)


def _growth(database: Database, idle: float) -> str:
    now = max(megabytes(worker, "VmRSS") for worker in workers(database))
    return f"{now:.0f} MB ({against(now - idle, 'MB more', most=MOST_MEGABYTES)})"


def _once(address: str, paths: Sequence[str]) -> float:
    """Each path once, by READERS; answers a second."""

    def read(number: int) -> None:
        with Reader(address) as reader:
            for path in paths[number::READERS]:
                reader.get(path, GZIP)

    begun = time.monotonic()
    with ThreadPoolExecutor(READERS) as readers:
        list(readers.map(read, range(READERS)))
    return len(paths) / (time.monotonic() - begun)


def _paced(address: str, paths: Iterator[str]) -> list[float]:
    """The seconds from when each reader came to the end of the answer."""
    begun = time.monotonic()
    numbers = count()
    times: list[float] = []

    def read(_: int) -> None:
        with Reader(address) as reader:
            while (number := next(numbers)) < PACE * PACED_SECONDS:
                came = begun + number / PACE
                time.sleep(max(0.0, came - time.monotonic()))
                reader.get(next(paths), GZIP)
                times.append(time.monotonic() - came)

    with ThreadPoolExecutor(4 * READERS) as readers:
        list(readers.map(read, range(4 * READERS)))
    return times
