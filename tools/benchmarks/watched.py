"""`POST watched/` over HTTP from gunicorn: what an upload takes in time and memory."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median, quantiles
from typing import LiteralString, NamedTuple

import psycopg

from tools.benchmarks.catalogue import whole_catalogue
from tools.benchmarks.database import Database
from tools.benchmarks.machine import BenchmarkFailed
from tools.benchmarks.report import against, section, table, tell
from tools.benchmarks.site import megabytes, site, workers

FILMS = 1_240_000
# By the number of rows: the most seconds, and how often it is uploaded.
MOST_SECONDS = {10_000: 0.4, 100_000: 4.0}
TIMES = {10_000: 20, 100_000: 5}
MOST_MEGABYTES = 150

WATCHED = "/api/v1/watched/"
# Films that somebody can have seen: with a date and a vote.
SAMPLE = """
SELECT imdb_id, title, extract(year FROM release_date)::int FROM movie
WHERE imdb_id IS NOT NULL AND release_date IS NOT NULL AND tmdb_votes > 0
ORDER BY hashint4(id) LIMIT %s
"""
# Films that share their name with another one; every second with a year beside its own.
NAMESAKES = """
SELECT imdb_id, title, extract(year FROM release_date)::int + row_number() OVER () %% 2
FROM movie JOIN (
    SELECT key FROM title GROUP BY key HAVING count(DISTINCT movie_id) > 1
) shared ON EXISTS (
    SELECT FROM title WHERE title.key = shared.key AND movie_id = movie.id AND name = movie.title
)
WHERE imdb_id IS NOT NULL AND release_date IS NOT NULL
ORDER BY hashint4(id) LIMIT %s
"""
# What is asked for each row of the plain version.
PLAIN = """
SELECT * FROM movie LEFT JOIN imdb_rating USING (imdb_id) WHERE imdb_id = %s
"""
IMDB = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,"
    "Runtime (mins),Year,Genres,Num Votes,Release Date,Directors\n"
)
LETTERBOXD = "Date,Name,Year,Letterboxd URI,Rating\n"
NOTE = (
    "The catalogue holds {films:,} films. One gunicorn worker of 4 threads, one client on the "
    "same machine; the time is from the first byte sent to the last received. Memory is the most "
    "that a worker which serves nothing else has had since it was idle, {idle:.0f} MB. "
    "*Plain* is one query a row, on one connection: {plain:.1f} s for {rows:,} rows, {ratio:.0f} "
    "× the whole answer's time."
)

# A film's id at IMDb, name and year.
Film = tuple[str, str, int]


@dataclass(frozen=True, eq=False)
class Upload:
    """A file to be uploaded, and how its answer is to come back."""

    name: str
    rows: int
    content: bytes
    headers: dict[str, str]


class Measured(NamedTuple):
    """How long it took each time, and a worker's megabytes: idle, and the most above that."""

    seconds: list[float]
    idle: float
    most: float


def report(films: int) -> str:
    """Seconds and megabytes of every kind of upload."""
    with whole_catalogue("watched", films) as database:
        seen = _films(database, SAMPLE, min(films // 4, max(MOST_SECONDS)))
        namesakes = _films(database, NAMESAKES, max(MOST_SECONDS))
        plain = _plain_seconds(database, seen[: min(MOST_SECONDS)])
        measured = {upload: _measure(database, upload) for upload in _uploads(seen, namesakes)}
    rows = [_row(upload, figures) for upload, figures in measured.items()]
    fastest = median(next(iter(measured.values())).seconds)
    idle = min(figures.idle for figures in measured.values())
    count = min(MOST_SECONDS)
    note = NOTE.format(films=films, idle=idle, plain=plain, rows=count, ratio=plain / fastest)
    return section("`watched/`: an upload", table(["", "p50", "p95", "memory"], rows), note)


def _measure(database: Database, upload: Upload) -> Measured:
    """It by itself: of what an earlier upload has needed a process may keep some."""
    tell(f"watched: {upload.name}")
    with site(database, WEB_CONCURRENCY="1") as address:
        _post(address, Upload("nothing yet", 0, IMDB.encode(), {}))
        [worker] = workers(database)
        idle = megabytes(worker)
        seconds = [_post(address, upload) for _ in range(TIMES[upload.rows])]
        return Measured(seconds, idle, megabytes(worker) - idle)


def _films(database: Database, sample: LiteralString, count: int) -> list[Film]:
    with psycopg.connect(database.url) as connection:
        films = connection.execute(sample, [count]).fetchall()
    # So that there are as many rows as are wanted in a small world too.
    return (films * (1 + max(MOST_SECONDS) // len(films)))[: max(MOST_SECONDS)]


def _uploads(seen: Sequence[Film], namesakes: Sequence[Film]) -> list[Upload]:
    kinds: list[tuple[str, Sequence[Film], Callable[[Sequence[Film]], str]]] = [
        ("IMDb's", seen, _imdb),
        ("Letterboxd's", seen, _letterboxd),
        ("namesakes", namesakes, _letterboxd),
        ("ids that no film has", namesakes, _unknown_to_imdb),
    ]
    compressions = [("", {}), (", compressed", {"Accept-Encoding": "gzip"})]
    return [
        Upload(f"{rows:,} rows of {kind}{how}", rows, write(films[:rows]).encode(), headers)
        for kind, films, write in kinds
        for rows in MOST_SECONDS
        for how, headers in compressions
    ]


def _imdb(seen: Sequence[Film]) -> str:
    return IMDB + "".join(
        f'{imdb_id},{number % 10 + 1},2015-01-01,"{name}","{name}",'
        f"https://www.imdb.com/title/{imdb_id}/,Movie,8.6,121,{year},"
        f'"Drama, Comedy, Romance",123456,{year}-05-25,"Somebody, Somebody Else"\n'
        for number, (imdb_id, name, year) in enumerate(seen)
    )


def _letterboxd(seen: Sequence[Film]) -> str:
    return LETTERBOXD + "".join(
        f'2020-01-01,"{name}",{year},https://boxd.it/{number},{(number % 10 + 1) / 2}\n'
        for number, (_, name, year) in enumerate(seen)
    )


def _unknown_to_imdb(films: Sequence[Film]) -> str:
    return _imdb([(f"tt9{number:08}", name, year) for number, (_, name, year) in enumerate(films)])


def _post(address: str, upload: Upload) -> float:
    """The seconds until the answer is there."""
    connection = HTTPConnection(address)
    headers = {"Content-Type": "text/csv", **upload.headers}
    begun = time.monotonic()
    connection.request("POST", WATCHED, upload.content, headers)
    answer = connection.getresponse()
    answer.read()
    seconds = time.monotonic() - begun
    if answer.status != 200:
        raise BenchmarkFailed(f"{upload.name} was answered with {answer.status}")
    return seconds


def _row(upload: Upload, measured: Measured) -> list[str]:
    return [
        upload.name,
        against(1000 * median(measured.seconds), "ms", most=1000 * MOST_SECONDS[upload.rows]),
        f"{1000 * quantiles(measured.seconds, n=20)[-1]:,.0f} ms",
        against(measured.most, "MB", most=MOST_MEGABYTES),
    ]


def _plain_seconds(database: Database, seen: Sequence[Film]) -> float:
    with psycopg.connect(database.url, autocommit=True) as connection:
        begun = time.monotonic()
        for imdb_id, _, _ in seen:
            connection.execute(PLAIN, [imdb_id]).fetchall()
        return time.monotonic() - begun
