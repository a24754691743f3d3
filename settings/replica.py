"""Reading from a replica, where DATABASE_REPLICA_URL names one: all but /admin and what probes
ask, and never from one that is dead or lags. Imports and commands know of none."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections
from django.http import HttpRequest, HttpResponseBase

log = logging.getLogger(__name__)

PRIMARY, REPLICA = "default", "replica"
CHECK_SECONDS = 1.0
WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"
# Null of one that is no standby, or not any more.
REPLAYED = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')"
SERVER_ERRORS = 500


class LagClock:
    """For how long a replica has lacked what the primary had written: by positions in the log of
    changes and this process's clock, because the replica's own knows nothing of what it lacks."""

    def __init__(self) -> None:
        self._target: Decimal | None = None
        self._since = 0.0

    def lag(self, written: Decimal, replayed: Decimal, now: float) -> float:
        """Seconds, 0 where it has all that was written when it was looked for last."""
        if self._target is None or replayed >= self._target:
            self._target, self._since = written, now
        return 0.0 if replayed >= self._target else now - self._since


class ReplicaWatch:
    """A thread that asks both servers every second, so that no reader waits to learn of it."""

    def __init__(self) -> None:
        self.is_fit = False
        self._clock = LagClock()
        self._begun = threading.Lock()

    def begin(self) -> None:
        """At the first request: before that there may be no process of its own."""
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._watch, name="replica watch", daemon=True).start()

    def doubt(self) -> None:
        """It has failed somebody: nobody else tries, until it has been asked again."""
        self.is_fit = False

    def _watch(self) -> None:
        said: str | None = None
        while True:
            unfit = self._reason_against()
            self.is_fit = not unfit
            if said != unfit:
                said = unfit
                if unfit:
                    log.warning("reading from the primary: the replica %s", unfit)
                else:
                    log.warning("reading from the replica")
            time.sleep(CHECK_SECONDS)

    def _reason_against(self) -> str:
        """Why it is not read from; empty where it is."""
        try:
            replayed = ask(REPLICA, REPLAYED)
        except DatabaseError as error:
            return " ".join(f"does not answer: {error}".split())
        try:
            written = ask(PRIMARY, WRITTEN)
        except DatabaseError:
            return ""  # old answers are better than none
        if replayed is None or written is None:
            return ""
        lag = self._clock.lag(written, replayed, time.monotonic())
        limit = settings.REPLICA_LAG_SECONDS
        return f"lags by more than {limit:g} s" if lag > limit else ""


def ask(alias: str, query: str) -> Decimal | None:
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            found: Decimal | None = cursor.fetchone()[0]
            return found
    except DatabaseError:
        connection.close()
        raise


_watch = ReplicaWatch()


class ReplicaMiddleware:
    """Answers from the replica, and from the primary where that fails."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _watch.begin()
        if not (_watch.is_fit and is_reading(request)):
            return self.get_response(request)
        with reading_from_replica():
            response = self.get_response(request)
            has_failed = connections[REPLICA].errors_occurred
        if response.status_code < SERVER_ERRORS or not has_failed:
            return response
        _watch.doubt()
        connections[REPLICA].close()
        if request.method == "POST":
            return response  # its body is read
        return self.get_response(request)


def is_reading(request: HttpRequest) -> bool:
    path = request.path_info
    is_public = not path.startswith("/admin") and path not in settings.PROBE_PATHS
    # The API's POST brings a file to be compared with the catalogue, and writes nothing.
    return is_public and (request.method in {"GET", "HEAD"} or path.startswith("/api/"))


@contextmanager
def reading_from_replica() -> Iterator[None]:
    """In the block whatever asks this thread's database asks the replica."""
    primary, replica = connections[PRIMARY], connections[REPLICA]
    # For refresh.database.
    replica.primary = primary  # type: ignore[attr-defined]
    connections[PRIMARY] = replica
    try:
        yield
    finally:
        connections[PRIMARY] = primary
