"""Dumps the catalogue into a folder: all of one moment, and whole or not at all."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection, transaction

from movies.changes.reading import latest_cursor
from movies.dump.tables import TABLES, Row, Table
from movies.dump.writers import WRITERS
from movies.models import RankingState

# What whoever has the files may do with them; beside them, because they get about by themselves.
TERMS = """\
These files hold data of TMDB (themoviedb.org) and IMDb, put together by World in Movies.

TMDB: whoever shows them says "This product uses TMDB and the TMDB APIs but is not endorsed,
certified, or otherwise approved by TMDB", with TMDB's logo. They are for use that earns no money,
unless you have an agreement with TMDB; may be kept for no longer than six months before they are
fetched anew; and are not to be used to train machine learning models, nor passed on as a database
of your own. A film that TMDB deletes has to go here too.
https://www.themoviedb.org/api-terms-of-use

IMDb: `rating`, `votes` and `weighted_rating` have IMDb's ratings and votes in them ("Information
courtesy of IMDb (https://www.imdb.com). Used with permission."), which are for personal use that
earns no money, and not to be published again.
https://developer.imdb.com/non-commercial-datasets/

Where films can be watched (JustWatch's data) is not among them.
"""
TERMS_FILE, MANIFEST_FILE = "TERMS.txt", "manifest.json"
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
# Before the moment is taken, with the first query: of tables that are swapped in after it the
# moment would have no rows.
HOLD = "LOCK TABLE imdb_rating, country_total, standing IN ACCESS SHARE MODE"

Report = Callable[[str, int], None]


def dump_catalogue(folder: Path, formats: Sequence[str], report: Report) -> dict[str, int]:
    """Write every table in every format; how many rows each has.

    Into a folder beside it, which takes its name when all of it is there; `report` is told each
    file as it is done.
    """
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(SNAPSHOT)
                cursor.execute(HOLD)
            counts = {table.name: dump_table(table, part, formats, report) for table in TABLES}
            manifest = describe(counts)
        (part / MANIFEST_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
        (part / TERMS_FILE).write_text(TERMS, encoding="utf-8")
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return counts


def dump_table(table: Table, folder: Path, formats: Sequence[str], report: Report) -> int:
    rows = 0
    for name in formats:
        counted = Counted(table.rows())
        path = folder / f"{table.name}.{name}"
        WRITERS[name](table, counted, path)
        report(path.name, counted.count)
        rows = counted.count
    return rows


class Counted:
    """Rows, and how many of them have been taken."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            yield row


def describe(counts: dict[str, int]) -> dict[str, Any]:
    """Of which moment it is, and from where `changes/?since=` goes on."""
    state = RankingState.current()
    return {
        "ranked_at": state.ranked_at,
        "m": state.m,
        "c": state.c,
        "min_votes": state.min_listed,
        "cursor": str(latest_cursor()),
        "rows": counts,
        "terms": TERMS_FILE,
    }
