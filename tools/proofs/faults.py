"""Imports from a TMDB that fails in every way it can, from one that refuses the key, and from
none at all."""

import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from tools.proofs import stored
from tools.proofs.comparison import Difference
from tools.proofs.databases import ask, contents, differences, migrated_database
from tools.proofs.imports import Importer, addresses, sandbox
from tools.proofs.outcome import OPEN_FAILURES, say
from tools.proofs.payloads import Film, World, read_world, record_ratings

# Seconds until an import whose key is refused has to have ended.
AT_ONCE = 15.0
# Like nothing else that could be in a database; the rest of it needs escaping in an address.
MARK = "distinctive"
KEY = f"a+{MARK}/key="

# Where each film of the ledger is; it has to be in exactly one place.
WHERE_ABOUTS = """
SELECT id, EXISTS (SELECT FROM movie WHERE movie.id = ledger.id),
       gone_at IS NOT NULL,
       -- TMDB's 404 of a film that its export lists is believed after days only
       gone_at IS NULL AND fetched_at IS NULL AND not_found > 0,
       EXISTS (SELECT FROM import_failure
               WHERE movie_id = ledger.id AND kind = 'movies' AND resolved_at IS NULL)
FROM tmdb_movie ledger
"""

ABSENT = """
SELECT id FROM tmdb_movie
WHERE gone_at IS NOT NULL OR fetched_at IS NULL AND not_found > 0
"""
PLACES = ("in", "gone", "asked for again", "failed")

BARE_FAILURES = """
SELECT count(*) FROM import_failure
WHERE resolved_at IS NULL AND movie_id IS NOT NULL AND (dump IS NULL OR message = '')
  AND error_type <> 'TmdbUnavailable'
"""

# By what they say, without what is quoted and without numbers.
KINDS_OF_FAILURE = r"""
SELECT error_type, dump IS NOT NULL AS has_dump,
       regexp_replace(
           regexp_replace(left(message, 80), '["''].*["'']', '…'), '\d+', 'N', 'g'
       ) AS said,
       count(*)
FROM import_failure WHERE resolved_at IS NULL
GROUP BY error_type, has_dump, said ORDER BY count(*) DESC LIMIT 20
"""

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"

LAST_RUN = (
    "SELECT state || ', ' || failed || ' failed: ' || error FROM import_run ORDER BY id DESC"
)

# Without the start of its process.
LAST_RUN_SECONDS = (
    "SELECT extract(epoch FROM finished_at - started_at)::float8 FROM import_run ORDER BY id DESC"
)

# What the sandbox adds to a payload that stays a good one.
ADDED = {"origin_countries": "QQ", "production_countries": "QQ", "countries": "QQ",
         "genre_ids": 99999, "spoken_languages": "zz", "original_language": "zz"}  # fmt: skip


# What is without an odd or a missing part, until the film has been fetched once more.
LEFT_OUT = {
    *("release_date", "year", "runtime", "collection_id", "trailer_site", "trailer_key"),
    *("name", "availability_at"),
}
# As when some months have passed.
ALL_DUE = "UPDATE tmdb_movie SET due_at = now()"
WARNINGS = "SELECT count(*) FROM movie_warning"


def prove(server: str, path: Path, *, spec: str, seed: int) -> Iterator[str]:
    """Import the file in spite of faults: what is wrong with the outcome, in words."""
    with tempfile.TemporaryDirectory(prefix="proof-") as name:
        folder = Path(name)
        yield from heals(server, path, folder, spec, seed)
        yield from stops_without_key(server, path, folder)
        yield from keeps_the_key(server, path, folder)


def heals(server: str, path: Path, folder: Path, spec: str, seed: int) -> Iterator[str]:
    """With these faults, once more by hand without any, and again when all films are due."""
    world = read_world(path)
    films = world.films
    faults = ("--faults", spec, "--seed", str(seed))
    with migrated_database(server, "faults") as database:
        with sandbox("--movies", str(path), *faults) as address:
            importer = Importer(database, folder / "faults", addresses(address))
            begun = time.monotonic()
            status = importer.run("daily")
            took = time.monotonic() - begun
        say(f"with faults: {took:.0f} s; {ask(database, LAST_RUN)}")
        if status:
            yield f"the run with faults ended with {status}: {importer.last_words()}"
        yield from everywhere_once(database, films)
        with sandbox("--movies", str(path)) as address:
            importer = Importer(database, folder / "faults", addresses(address))
            yield from without_faults(importer)
            yield from everywhere_once(database, films)
            yield from as_given(database, films)
            with psycopg.connect(database) as connection:
                connection.execute(ALL_DUE)
            yield from without_faults(importer)
            yield from all_as_given(database, world)


def without_faults(importer: Importer) -> Iterator[str]:
    """One more import, which has nothing to complain of."""
    status = importer.run("daily")
    say(f"without: {ask(importer.database, LAST_RUN)}")
    if status:
        yield f"the run without faults ended with {status}: {importer.last_words()}"
    if number := ask(importer.database, OPEN_FAILURES):
        yield f"{number} failures are open after a run without faults"


def everywhere_once(database: str, films: dict[int, Film]) -> Iterator[str]:
    """Every film is in the catalogue, a tombstone, to be asked for again, or an open failure."""
    places: Counter[str] = Counter()
    with psycopg.connect(database) as connection:
        rows = connection.execute(WHERE_ABOUTS).fetchall()
        kinds = connection.execute(KINDS_OF_FAILURE).fetchall()
    for movie_id, *there in rows:
        names = [name for name, holds in zip(PLACES, there, strict=True) if holds]
        places[" and ".join(names) or "nowhere"] += 1
        if len(names) != 1 or movie_id not in films:
            yield f"film {movie_id} is {' and '.join(names) or 'nowhere'}"
    if missing := films.keys() - {movie_id for movie_id, *_ in rows}:
        yield f"{len(missing)} films are not known at all, such as {min(missing)}"
    if bare := ask(database, BARE_FAILURES):
        yield f"{bare} failures have no dump or no message"
    say(f"films: {dict(places)}")
    for error_type, has_dump, message, number in kinds:
        say(f"  {number} {error_type}{'' if has_dump else ' without dump'}: {message}")


def all_as_given(database: str, world: World) -> Iterator[str]:
    """Every film is stored as its payload says, in all tables."""
    with psycopg.connect(database) as connection:
        yield from map(str, stored.differences(connection, world))
    if number := ask(database, WARNINGS):
        yield f"{number} odd parts are still told of"
    say(f"{len(world.films):,} films as they were given, when all had been due once more")


def as_given(database: str, films: dict[int, Film]) -> Iterator[str]:
    """What is stored equals the payloads but for what TMDB has not and what the sandbox added."""
    with psycopg.connect(database) as connection:
        absent = {movie_id for (movie_id,) in connection.execute(ABSENT)}
        living = {movie_id: film for movie_id, film in films.items() if movie_id not in absent}
        imdb = record_ratings(living, stored.imdb_ratings(connection))
        found = [
            *stored.movies(connection, living),
            *stored.titles(connection, living, imdb),
        ]
    added = {difference.where for difference in found if is_added(difference)}
    wrong = [
        difference
        for difference in found
        if not (is_added(difference) or is_left_out(difference))
        # Whose a film is follows from what was added.
        and not (difference.column == "home_countries" and difference.where in added)
    ]
    say(f"{len(living):,} films compared, {len(found) - len(wrong)} times what a fault has done")
    yield from map(str, wrong)


def is_added(difference: Difference) -> bool:
    addition = ADDED.get(difference.column)
    if addition is None:
        return False
    if isinstance(difference.expected, list):
        # A title has its film's countries in the order of their codes.
        added = [*difference.expected, addition]
        return difference.stored == (sorted(added) if difference.column == "countries" else added)
    return difference.stored == addition


def is_left_out(difference: Difference) -> bool:
    """Whether less is stored than there should be, and nothing else: a part was odd."""
    if difference.column not in LEFT_OUT:
        return False
    if isinstance(difference.expected, list) and isinstance(difference.stored, list):
        rest = iter(difference.expected)
        return all(value in rest for value in difference.stored)
    return difference.stored is None


def stops_without_key(server: str, path: Path, folder: Path) -> Iterator[str]:
    """A refused key ends the run at once, with TMDB's words, and changes nothing."""
    with migrated_database(server, "refused") as database:
        with sandbox("--movies", str(path)) as address:
            Importer(database, folder / "refused", addresses(address)).run("ids")
        before = contents(database)
        with sandbox("--movies", str(path), "--faults", "401=1") as address:
            importer = Importer(database, folder / "refused", addresses(address))
            status = importer.run("movies")
        took = ask(database, LAST_RUN_SECONDS)
        said = ask(database, LAST_RUN)
        say(f"key refused: exit {status} after {took:.1f} s; {said}")
        if status == 0 or "401" not in said or "code 7" not in said:
            yield f"the run did not end with TMDB's words but with {status}: {said}"
        if took > AT_ONCE:
            yield f"the run went on for {took:.0f} s without a key"
        after = contents(database)
        for found in before, after:
            found.pop("public.import_failure")
        yield from differences(before, after)


def keeps_the_key(server: str, path: Path, folder: Path) -> Iterator[str]:
    """A key that is part of every address is neither in the database nor in the log."""
    changes = {"TMDB_API_KEY": KEY, "TMDB_API_URL": f"http://127.0.0.1:{closed_port()}/3"}
    with (
        migrated_database(server, "secret") as database,
        sandbox("--movies", str(path)) as address,
    ):
        importer = Importer(database, folder / "secret", addresses(address))
        importer.run("ids")
        unreachable = Importer(database, folder / "secret", addresses(address) | changes)
        unreachable.run("movies", "--limit", "30")
        unreachable.run("reference")
        refused = Importer(database, folder / "secret", addresses(address) | {"TMDB_API_KEY": KEY})
        refused.run("daily")
        failures = ask(database, "SELECT count(*) FROM import_failure")
        say(f"key looked for in {failures} failures and in the log")
        if not failures:
            yield "nothing failed for want of a TMDB"
        yield from leaks(database, importer.log)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def leaks(database: str, log: Path) -> Iterator[str]:
    """Where the key can be read, in bytes too, which PostgreSQL shows as hex."""
    texts = {"the log": log.read_text(errors="replace")}
    texts |= {table: "\n".join(rows) for table, rows in everything(database).items()}
    for where, text in texts.items():
        for secret in (MARK, MARK.encode().hex()):
            if secret in text:
                start = text.index(secret)
                yield f"the key is in {where}: … {text[max(start - 80, 0) : start + 40]!r}"


def everything(database: str) -> dict[str, list[str]]:
    """All columns of all tables, the runs among them."""
    with psycopg.connect(database) as connection:
        tables = [name for (name,) in connection.execute(TABLES)]
        return {
            table: [
                row
                for (row,) in connection.execute(
                    sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))
                )
            ]
            for table in tables
        }
