"""Statements that readers have asked again and again: PostgreSQL takes longer to parse and plan
them than it takes to answer, and does so once for each connection."""

from typing import cast

from django.db import connection
from django.db.backends.utils import CursorWrapper


def prepared_cursor() -> CursorWrapper:
    """For statements whose text stays the same, with parameters in it: see settings.postgresql."""
    return cast("CursorWrapper", connection.prepared_cursor())  # type: ignore[attr-defined]
