"""Databases for a while, beside the one that DATABASE_URL names."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


@contextmanager
def temporary_database(server_url: str, name: str) -> Iterator[str]:
    """The address of a new, empty database on that server, which is dropped after the block.

    `server_url` is the address of any other database there. One of the same name, which somebody
    who was killed has left behind, goes first.
    """
    identifier = sql.Identifier(name)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier)
    execute(server_url, drop)
    execute(server_url, sql.SQL("CREATE DATABASE {}").format(identifier))
    try:
        yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
    finally:
        execute(server_url, drop)


def execute(url: str, statement: sql.Composed) -> None:
    """On a connection of its own: in the block the server may have been restarted."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
