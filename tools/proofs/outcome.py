"""What two imports of one file have to have in common, and the undisturbed one of them."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tools.proofs import databases, stored
from tools.proofs.imports import Importer, Watch
from tools.proofs.payloads import read_world

OPEN_FAILURES = "SELECT count(*) FROM import_failure WHERE resolved_at IS NULL"


class ImportBroken(Exception):  # noqa: N818 - what broke is the import
    """An import that nothing disturbed did not succeed, so there is nothing to compare with."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def import_undisturbed(importer: Importer) -> dict[str, float]:
    """Import all; the seconds that it was in each step. Raises ImportBroken."""
    spent: dict[str, float] = {}
    with Watch(importer.database) as watch, importer.started("run_import", "daily") as process:
        before = time.monotonic()
        while process.poll() is None:
            kind = watch.look().kind or "other"
            now = time.monotonic()
            spent[kind] = spent.get(kind, 0.0) + now - before
            before = now
            time.sleep(0.002)
    if process.returncode != 0:
        raise ImportBroken(importer.last_words())
    say("undisturbed: " + ", ".join(f"{kind} {seconds:.2f} s" for kind, seconds in spent.items()))
    return spent


def same_outcome(undisturbed: str, disturbed: str, path: Path) -> Iterator[str]:
    """What differs between the two databases, or from the file, in words."""
    world = read_world(path)
    one, other = databases.contents(undisturbed), databases.contents(disturbed)
    yield from databases.differences(one, other)
    for name, url in ("undisturbed", undisturbed), ("disturbed", disturbed):
        with psycopg.connect(url) as connection:
            for difference in stored.differences(connection, world):
                yield f"{name}: {difference}"
        if number := databases.ask(url, OPEN_FAILURES):
            yield f"{name}: {number} failures are open"
    rows = sum(map(len, one.values()))
    say(f"compared {rows:,} rows of {len(one) - 1} tables, and {len(world.films):,} films twice")
