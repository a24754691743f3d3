"""Search by name over a whole catalogue: how long it takes, and how often it finds the film."""

import os
import sys

from tools.benchmarks.catalogue import whole_catalogue
from tools.benchmarks.database import Database
from tools.benchmarks.machine import measure
from tools.benchmarks.report import section
from tools.benchmarks.searches import PLAIN_SEARCHES, SEARCHES

FILMS = 1_240_000

TRIGRAMS = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
TRIGRAM_INDEX = "CREATE INDEX title_trigrams ON title USING gin (name gin_trgm_ops)"
NAMESAKES = """
SELECT sum(films) FILTER (WHERE films > 1) / sum(films) FROM (
    SELECT count(*) AS films FROM movie GROUP BY title
) name
"""
NOTE = (
    "The catalogue holds {movies:,} films with {titles:,} titles in {words:,} words; "
    "{namesakes:.0%} of the films share their title with another. What is searched for are titles "
    "of {searches:,} films drawn with their popularity as weight. It is found where a film of "
    "exactly that name is the first, or after a typing error one of the first ten. *Database* is "
    "the time of the statements with their way there and back, *in all* that of the whole search. "
    "The plain version, `WHERE name % query ORDER BY similarity(name, query) DESC` with a trigram "
    "index, is asked {plain} times of each kind."
)


def report(films: int) -> str:
    """The figures of each kind of search, and of a plain version."""
    with whole_catalogue("search", films) as database:
        database.run(TRIGRAMS, TRIGRAM_INDEX)
        command = [sys.executable, "-m", "tools.benchmarks.searches", "--plain"]
        measured = measure(command, os.environ | {"DATABASE_URL": database.url, "DEBUG": "0"})
        note = note_on(database)
    figures = [line for _, line in measured.lines if not line.startswith("…")]
    return section("Search by name", "\n".join(figures).strip(), note)


def note_on(database: Database) -> str:
    return NOTE.format(
        movies=database.one("SELECT count(*) FROM movie"),
        titles=database.one("SELECT count(*) FROM title"),
        words=database.one("SELECT count(*) FROM word"),
        namesakes=database.one(NAMESAKES),
        searches=SEARCHES,
        plain=PLAIN_SEARCHES,
    )
