"""What the readers of a soak ask for, by chance, as readers do."""

import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString
from urllib.parse import quote

import psycopg

from tools.benchmarks.database import Database
from tools.paced_requests import Request

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


@dataclass
class Sample:
    """What there is to be asked for."""

    films: Sequence[tuple[int, str, str]]
    people: Sequence[int]


def sampled(database: Database) -> Sample:
    """Films and people in no order that anything knows; people come with the import."""
    with psycopg.connect(database.url) as connection:
        films = connection.execute(FILM_SAMPLE, [SAMPLED]).fetchall()
        people = [number for (number,) in connection.execute(PEOPLE_SAMPLE, [SAMPLED])]
    return Sample(films, people)


class Mix:
    """The requests one after the other, by chance, which is always the same."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
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
