"""The best of every country and of one, in the database; `http` has them over HTTP."""

import os
import sys
import time
from typing import LiteralString

from tools.benchmarks import listings
from tools.benchmarks.catalogue import whole_catalogue
from tools.benchmarks.database import Database
from tools.benchmarks.machine import measure
from tools.benchmarks.report import against, section, table, tell
from tools.benchmarks.site import Reader, site

FILMS = 1_240_000
# The most milliseconds that the database may take, by words in a list's name.
MOST_MS = {"all countries": 20.0, "a page": 5.0, "m=1000": 50.0}

BEST = "/api/v1/best/"
GZIP = {"Accept-Encoding": "gzip"}
# What all countries' lists would be read with if nothing were ranked beforehand.
PLAIN: LiteralString = """
WITH film AS (
    SELECT m.id, m.origin_countries, m.production_countries, m.runtime,
           (coalesce(m.tmdb_votes * m.tmdb_rating, 0) + coalesce(i.votes * i.rating, 0))
               / (m.tmdb_votes + coalesce(i.votes, 0)) AS rating,
           m.tmdb_votes + coalesce(i.votes, 0) AS votes
    FROM movie m LEFT JOIN imdb_rating i USING (imdb_id)
    WHERE m.tmdb_votes + coalesce(i.votes, 0) > 0
), listed AS MATERIALIZED (
    SELECT unnest(CASE WHEN origin_countries = '{}' THEN production_countries
                  ELSE origin_countries END) AS code, id, rating, votes
    FROM film WHERE runtime IS NULL OR runtime >= 40
)
SELECT country.code, best.* FROM country CROSS JOIN LATERAL (
    SELECT id, votes / (votes + 25000.0) * rating + 25000.0 / (votes + 25000.0) * 6.3 AS weighted
    FROM listed WHERE listed.code = country.code ORDER BY 2 DESC, votes DESC, id LIMIT 10
) best
"""
NOTE = (
    "The catalogue holds {movies:,} films with {standings:,} places in lists; the largest list "
    "has {largest:,}. *In the database* is the time of the statements and of reading their rows, "
    "over {times} readings. *Plain* are the lists of all countries by a lateral join over films "
    "that nobody has ranked. All countries are {length:,} bytes of JSON, {compressed:,} "
    "compressed."
)


def report(films: int) -> str:
    """Milliseconds of each kind of list."""
    with whole_catalogue("best", films) as database:
        tell("best: in the database")
        inside = _inside(database)
        with site(database) as address:
            sizes = {name: _length(address, how) for name, how in _COMPRESSIONS.items()}
        note = NOTE.format(
            movies=database.one("SELECT count(*) FROM movie"),
            standings=database.one("SELECT count(*) FROM standing"),
            largest=database.one("SELECT max(listed) FROM country_total WHERE by = 'home'"),
            times=listings.TIMES,
            **sizes,
        )
    return section("`best/`: the lists", inside, note)


_COMPRESSIONS: dict[str, dict[str, str]] = {"length": {}, "compressed": GZIP}


def _inside(database: Database) -> str:
    environment = os.environ | {"DATABASE_URL": database.url, "DEBUG": "0"}
    measured = measure([sys.executable, "-m", "tools.benchmarks.listings"], environment)
    rows, first = [], 0.0
    for _, line in measured.lines:
        p50, p95, name = line.split(maxsplit=2)
        first = first or float(p50)
        most = next((most for words, most in MOST_MS.items() if words in name), None)
        rows.append([name, against(float(p50), "ms", most=most), f"{float(p95):.1f} ms"])
    plain = _plain_ms(database)
    rows.append([f"all countries, plain ({plain / first:,.0f} ×)", f"{plain:,.0f} ms", ""])
    return table(["in the database", "p50", "p95"], rows)


def _plain_ms(database: Database) -> float:
    begun = time.monotonic()
    database.run(PLAIN)
    return 1000 * (time.monotonic() - begun)


def _length(address: str, headers: dict[str, str]) -> int:
    with Reader(address) as reader:
        return reader.get(BEST, headers)[1]
