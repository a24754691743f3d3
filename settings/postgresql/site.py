"""What holds for PostgreSQL in the processes of the site alone."""

import sys
from copy import deepcopy

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import NotSupportedError
from django.db.utils import ConnectionHandler

# How long a server may take to accept a connection: one that is cut off says nothing.
CONNECT_SECONDS = 5
# A machine that is gone without a word is given up: what was sent to it is not acknowledged, or
# while it is waited for, it does not say that it is there. Linux would wait a quarter of an hour.
GIVEN_UP = {
    "tcp_user_timeout": 5_000,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}


def limit_waits() -> None:
    """What readers ask of PostgreSQL ends in a known time; imports have no such limit."""
    limits = {
        "statement_timeout": settings.WEB_STATEMENT_TIMEOUT,
        "lock_timeout": settings.WEB_LOCK_TIMEOUT,
    }
    words = [f"-c {name}={seconds * 1000:.0f}" for name, seconds in limits.items()]
    for database in settings.DATABASES.values():
        options = database.setdefault("OPTIONS", {})
        for name, value in {"connect_timeout": CONNECT_SECONDS, **GIVEN_UP}.items():
            options.setdefault(name, value)
        # What the address itself asks for comes last, and wins.
        options["options"] = " ".join([*words, options.get("options", "")]).strip()


def refuse_old_server() -> None:
    """End the process where the server is too old; one that does not answer may come yet."""
    database = deepcopy(settings.DATABASES["default"])
    database.setdefault("OPTIONS", {}).setdefault("connect_timeout", CONNECT_SECONDS)
    connection = ConnectionHandler({"default": database})["default"]
    try:
        connection.ensure_connection()
    except NotSupportedError as error:
        sys.exit(str(error))
    except DatabaseError:
        pass
    finally:
        connection.close()
