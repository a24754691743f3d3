"""Two workers on one database, and what can be seen of them in it."""

import datetime
import subprocess
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any, Self

import psycopg

from tools.proofs.imports import Importer, Moment, Process

# As /admin does it.
REQUEST = (
    "from importer.runs.lifecycle import request_import; request_import('daily', how='admin')"
)

# The lock of the one at work is exclusive; all who stand by share another one.
LOOK = """
WITH advisory AS (
    SELECT pid, mode FROM pg_locks
    WHERE locktype = 'advisory' AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
), at_work AS (
    SELECT split_part(application_name, ' ', 2)::int AS process,
           CASE WHEN state = 'active' THEN query END AS statement
    FROM pg_stat_activity JOIN advisory USING (pid)
    WHERE mode = 'ExclusiveLock' AND application_name LIKE 'import %'
)
SELECT run.state, run.step, run.heartbeat_at, at_work.process, at_work.statement,
       (SELECT count(*) FROM advisory WHERE mode = 'ShareLock')
FROM (SELECT * FROM import_run ORDER BY id DESC LIMIT 1) run
LEFT JOIN at_work ON true
"""


@dataclass(frozen=True)
class Observation:
    """Who is at work, where in which run, and how many workers there are."""

    state: str = ""
    moment: Moment = field(default_factory=Moment)
    heartbeat_at: datetime.datetime | None = None
    at_work: int | None = None
    workers: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in {"queued", "running"}

    @property
    def is_unknown(self) -> bool:
        """There is no run, or no PostgreSQL to ask."""
        return not self.state

    def has_moved_on(self, since: datetime.datetime) -> bool:
        """Whether somebody has taken the run up, or gone on with it, since then."""
        return self.heartbeat_at is not None and self.heartbeat_at > since


class WorkerPool:
    """Workers that run for a while; what is left of them at the end is killed."""

    def __init__(self, importer: Importer) -> None:
        self.importer = importer
        self.workers: dict[int, Process] = {}
        self.connection: psycopg.Connection[Any] | None = None
        self.stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.forget_connection()
        self.stack.close()

    def request_import(self) -> None:
        """Ask for the daily import."""
        with self.importer.started("shell", "-c", REQUEST) as process:
            process.wait()

    def start_worker(self) -> None:
        process = self.stack.enter_context(self.importer.started("run_worker"))
        self.workers[process.pid] = process

    def kill(self, pid: int) -> datetime.datetime:
        """Kill a worker of the pool; since when it is dead."""
        process = self.workers.pop(pid)
        process.kill()
        process.wait()
        return datetime.datetime.now(datetime.UTC)

    def ended_workers(self) -> list[int]:
        """Those who have ended by themselves."""
        return [pid for pid, process in self.workers.items() if process.poll() is not None]

    @property
    def living(self) -> int:
        return len(self.workers) - len(self.ended_workers())

    def terminate(self, patience: float) -> list[int | None]:
        """Tell all to end; their exit statuses, None for who did not within so many seconds."""
        for process in self.workers.values():
            process.terminate()
        deadline = time.monotonic() + patience
        for process in self.workers.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(deadline - time.monotonic(), 0))
        return [process.poll() for process in self.workers.values()]

    def look(self) -> Observation:
        """What there is to see now; nothing when PostgreSQL is away."""
        with suppress(psycopg.OperationalError):
            if self.connection is None:
                self.connection = psycopg.connect(self.importer.database, autocommit=True)
            row = self.connection.execute(LOOK).fetchone()
            return observation(*row) if row else Observation()
        self.forget_connection()
        return Observation()

    def forget_connection(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def observation(
    state: str,
    step: str,
    heartbeat_at: datetime.datetime | None,
    at_work: int | None,
    statement: str | None,
    workers: int,
) -> Observation:
    return Observation(state, Moment(step, statement or ""), heartbeat_at, at_work, workers)
