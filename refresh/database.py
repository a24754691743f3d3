"""What a request that refreshes asks of PostgreSQL: the primary, and short waits for locks."""

from django.db import connection, connections

LIMIT_WAIT = """
SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', '0', true)
"""


def use_primary() -> None:
    """On a site that reads from a replica: what this request asks from here on goes to the
    primary. It is about to write, and what it has written is not on the replica yet."""
    if primary := getattr(connections["default"], "primary", None):
        connections["default"] = primary


def limit_wait(seconds: float) -> None:
    """`lock_timeout` for every lock that this transaction asks for, instead of the site's own
    limits, which may be shorter."""
    with connection.cursor() as cursor:
        cursor.execute(LIMIT_WAIT, [f"{seconds * 1000:.0f}ms"])
