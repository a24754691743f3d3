"""When TMDB may next be asked where a film can be watched."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import connection, models

# The row that stands for TMDB as a whole; films' numbers begin at 1.
TMDB = 0

# Taken by one of any number that try: who waits for the row finds it taken.
CLAIM = """
INSERT INTO watch_refresh (movie_id, not_before, failures, error)
VALUES (%(movie)s, now() + %(time)s, 0, '')
ON CONFLICT (movie_id) DO UPDATE SET not_before = now() + %(time)s
WHERE watch_refresh.not_before <= now()
RETURNING failures
"""
FAIL = """
UPDATE watch_refresh SET failures = failures + 1, error = %(error)s,
    not_before = now() + greatest(
        %(wait)s, least(%(pause)s * power(2, least(failures, 20)), %(longest)s)
    )
WHERE movie_id = %(movie)s
"""


class RefreshQuerySet(models.QuerySet["Refresh"]):
    """The verbs of those who ask."""

    def claim(self, movie_id: int, time: datetime.timedelta) -> bool:
        """Take the right to ask, for this time or until it is given back; False when another
        has it, or the last failure is too recent."""
        values: dict[str, Any] = {"movie": movie_id, "time": time}
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, values)
            return cursor.fetchone() is not None

    def release(self, movie_id: int) -> None:
        """Nobody asks, and nothing is wrong."""
        self.filter(movie_id=movie_id).delete()

    def succeed(self, movie_id: int) -> None:
        """TMDB has answered: nothing is wrong with it either."""
        self.release(movie_id)
        self.filter(movie_id=TMDB, failures__gt=0).update(failures=0, error="")

    def fail(
        self,
        movie_id: int,
        error: str,
        *,
        pause: datetime.timedelta,
        longest: datetime.timedelta,
        wait: datetime.timedelta = datetime.timedelta(0),
    ) -> None:
        """Leave it alone: for `pause`, twice as long with each failure in a row up to `longest`,
        and never shorter than `wait`."""
        values: dict[str, Any] = {
            "movie": movie_id, "error": error, "pause": pause, "longest": longest, "wait": wait,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(FAIL, values)


class Refresh(models.Model):
    """Somebody is asking for a film, or asking has failed lately; no row where neither is so."""

    movie_id = models.IntegerField(primary_key=True)
    not_before = models.DateTimeField()
    # In a row, and what the last one was.
    failures = models.IntegerField()
    error = models.TextField()

    objects = RefreshQuerySet.as_manager()

    class Meta:
        db_table = "watch_refresh"
