"""Ends a search that nobody would wait for."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

# A search takes some milliseconds; one of this length is ended, whatever it is busy with.
SECONDS = 2.0
# When a statement has taken so long, the next one is given less time.
RENEWED_AFTER = 0.1
# Before a statement: its time; that none would read a whole table, if the planner did not
# think that it has few rows; memory for a bitmap of millions of titles, without which all titles
# on its pages are read; how alike words with two errors are at least, as pg_trgm counts.
SETTINGS = """
SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true),
       set_config('work_mem', '16MB', true), set_config('jit', 'off', true),
       set_config('pg_trgm.similarity_threshold', '0.3', true)
"""


class SearchTooSlow(Exception):  # noqa: N818 - it says what happened
    """The search was ended, because nobody would have waited for it."""


@contextmanager
def search_deadline() -> Iterator[None]:
    """All statements of the block together take SECONDS at the most, and RENEWED_AFTER, else
    SearchTooSlow."""
    end = time.monotonic() + SECONDS
    limit = math.inf

    def limit_statement(execute: Callable[..., Any], *statement: Any) -> Any:
        # PostgreSQL limits single statements: each may take what those before have left.
        nonlocal limit
        left = end - time.monotonic()
        if left <= 0:
            raise SearchTooSlow
        if left < limit - RENEWED_AFTER:
            limit = left
            statement[-1]["cursor"].cursor.execute(SETTINGS, [str(math.ceil(1000 * left))])
        return execute(*statement)

    try:
        with transaction.atomic(), connection.execute_wrapper(limit_statement):
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTooSlow from None
        raise
