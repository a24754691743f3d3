"""What the processes of a service have in memory while it runs, minute by minute."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import mean
from typing import LiteralString

import psycopg

from tools.benchmarks.database import Database
from tools.benchmarks.machine import MEGABYTE

SESSIONS: LiteralString = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
POSTGRESQL = "PostgreSQL's sessions"
# How much more the last third may have than the one before; in the first one caches fill.
MOST_GROWTH = 1.05


class Memory:
    """By process of the service its megabytes, one figure for each time that it was looked at.

    What several processes share is counted in parts (PSS), so that the figures add up.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.megabytes: defaultdict[str, list[float]] = defaultdict(list)

    def look(self) -> None:
        for name, process in _processes(self._database):
            with suppress(OSError):  # it has just ended
                self.megabytes[name].append(_megabytes(process))
        self.megabytes[POSTGRESQL].append(_of_sessions(self._database))

    def thirds(self, name: str) -> tuple[float, float, float]:
        """The mean of each third of the figures."""
        figures = self.megabytes[name]
        size = max(len(figures) // 3, 1)
        first, last = mean(figures[:size]), mean(figures[-size:])
        return first, mean(figures[size:-size] or [first]), last


def _processes(database: Database) -> Iterator[tuple[str, Path]]:
    """Those of the site and the worker with this database, each with its name."""
    mark = f"DATABASE_URL={database.url}\0".encode()
    web = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # another's, or it has just ended
            if mark not in (process / "environ").read_bytes():
                continue
            command = (process / "cmdline").read_bytes()
            if b"run_worker" in command:
                yield f"worker ({process.name})", process
            elif b"gunicorn" in command:
                web.append(process)
    yield from _named(sorted(web, key=lambda process: int(process.name)))


def _named(web: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """The first is the parent of all others."""
    for number, process in enumerate(web):
        kind = "web" if number else "gunicorn"
        yield f"{kind} ({process.name})", process


def _of_sessions(database: Database) -> float:
    """All of PostgreSQL's processes that serve the database, where it is on this machine, without
    the buffers that they share: those fill, and are as many as is set."""
    with psycopg.connect(database.url) as connection:
        ids = [number for (number,) in connection.execute(SESSIONS)]
    total = 0.0
    for number in ids:
        with suppress(OSError):
            total += _megabytes(Path("/proc", str(number)), "Pss_Anon")
    return total


def _megabytes(process: Path, field: str = "Pss") -> float:
    for line in (process / "smaps_rollup").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    return 0.0
