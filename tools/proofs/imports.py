"""A sandbox and imports from it, as processes of their own, and what of them can be watched."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import psycopg

from tools.proofs.databases import CHECKOUT

Process = subprocess.Popen[bytes]

# The kinds of moments, in the order in which an import comes there: by how the step in the run's
# row begins.
STEPS = {
    "discovering films": "discover",
    "downloading the export": "download",
    "reading the export": "reading",
    "merging the export": "merge",
    "changes from": "changes",
    "downloading IMDb's file": "IMDb download",
    "reading IMDb's file": "IMDb reading",
    "swapping in IMDb's file": "IMDb swap",
    "weighing titles": "weighing",
    "fetching films": "fetch",
    "ranking": "ranking",
}
ORDER = tuple(STEPS.values())
# IMDb's file is that much longer than the export, and is to take as long.
IMDB_PACE = 20
# What has to go for a download to begin anew.
FILES = {"download": "movie_ids_*.gz", "IMDb download": "title.ratings.tsv.gz"}

LOOK = """
SELECT (SELECT step FROM import_run WHERE state = 'running' ORDER BY id DESC LIMIT 1),
       (SELECT query FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND backend_type = 'client backend' AND state <> 'idle' LIMIT 1)
"""

OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@contextmanager
def sandbox(*options: str) -> Iterator[str]:
    """The address of a sandbox that serves until the end of the block."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "tools.sandbox", "--port", "0", *options],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None  # noqa: S101
            said = server.stdout.readline().split()
            if len(said) < 4:
                raise OSError("the sandbox did not start")
            yield said[3]
        finally:
            server.terminate()


@contextmanager
def slow_sandbox(path: Path, rate: int) -> Iterator[dict[str, str]]:
    """Settings for TMDB and IMDb by a file of payloads, `rate` bytes of the export a second."""
    pace = "--bytes-per-second"
    with (
        sandbox("--movies", str(path), pace, str(rate)) as tmdb,
        sandbox("--movies", str(path), pace, str(rate * IMDB_PACE)) as imdb,
    ):
        yield {**addresses(tmdb), "IMDB_DATASETS_URL": addresses(imdb)["IMDB_DATASETS_URL"]}


def addresses(sandbox: str) -> dict[str, str]:
    """The settings for a sandbox at this address."""
    return {
        "TMDB_API_URL": f"{sandbox}/3",
        "TMDB_FILES_URL": f"{sandbox}/p/exports",
        "IMDB_DATASETS_URL": f"{sandbox}/imdb",
    }


@dataclass
class Importer:
    """Starts imports into one database, with a folder for files and the log.

    `settings` say where TMDB and IMDb are, and what else differs from the environment.
    """

    database: str
    folder: Path
    settings: dict[str, str]

    @property
    def exports(self) -> Path:
        return self.folder / "exports"

    @property
    def log(self) -> Path:
        return self.folder / "import.log"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.database,
            "TMDB_API_KEY": "sandbox",
            "TMDB_API_TOKEN": "",
            "TMDB_REQUESTS_PER_SECOND": "0",
            "EXPORT_DIR": str(self.exports),
            **self.settings,
        }

    @contextmanager
    def started(self, *command: str) -> Iterator[Process]:
        """A command of manage.py's; what is left of it at the end of the block is killed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (
            self.log.open("ab") as log,
            subprocess.Popen(  # noqa: S603
                [sys.executable, "manage.py", *command],
                cwd=CHECKOUT,
                env=self.environment,
                stdout=log,
                stderr=log,
            ) as process,
        ):
            try:
                yield process
            finally:
                process.kill()

    def run(self, *arguments: str) -> int:
        """Let `run_import` with these arguments run to its end; the exit status."""
        with self.started("run_import", *arguments) as process:
            return process.wait()

    def forget_files(self, kind: str) -> None:
        """If this kind of moment is a download: have it begin anew should it have ended."""
        if kind in FILES:
            for path in self.exports.glob(FILES[kind]):
                path.unlink()

    def last_words(self, lines: int = 40) -> str:
        """The end of the log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


@dataclass(frozen=True)
class Moment:
    """Where an import is: its step, and the statement that PostgreSQL executes for it."""

    step: str = ""
    statement: str = ""

    @property
    def kind(self) -> str:
        """One of the kinds above, empty for another moment."""
        return next((kind for step, kind in STEPS.items() if self.step.startswith(step)), "")

    def has_reached(self, kind: str) -> bool:
        """Whether it is at that kind of moment, or after it."""
        return self.kind in ORDER and ORDER.index(self.kind) >= ORDER.index(kind)

    def __str__(self) -> str:
        doing = " ".join(self.statement.split())[:50]
        return f"{self.step or 'no step'!r}" + (f" ({doing} …)" if doing else "")


class Watch:
    """Looks at a database in which imports run, from a connection of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connection: psycopg.Connection[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def look(self) -> Moment:
        """Where the running import is; nowhere when there is none, or no PostgreSQL."""
        with suppress(psycopg.OperationalError):
            if self.connection is None or self.connection.closed:
                self.connection = psycopg.connect(self.url, autocommit=True)
            row = self.connection.execute(LOOK).fetchone()
            return Moment(*(text or "" for text in row or ()))
        self.close()
        return Moment()

    def wait_until_alone(self, patience: float) -> bool:
        """Whether PostgreSQL has ended, within so many seconds, what a dead import left in it."""
        deadline = time.monotonic() + patience
        with psycopg.connect(self.url, autocommit=True) as connection:
            mine = 0 if self.connection is None else 1
            while connection.execute(OTHERS).fetchone() != (mine,):
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.01)
        return True
