"""How long a reader's transaction may wait for what others hold."""

from django.db import connection

LIMIT_WAIT = """
SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', '0', true)
"""


def limit_wait(seconds: float) -> None:
    """For every lock that this transaction asks for; the site's own limits may be shorter."""
    with connection.cursor() as cursor:
        cursor.execute(LIMIT_WAIT, [f"{seconds * 1000:.0f}ms"])
