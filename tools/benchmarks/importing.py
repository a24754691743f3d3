"""What is measured: `manage.py run_import` against a sandbox of made-up films."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.benchmarks.database import Database
from tools.benchmarks.machine import BenchmarkFailed, Measured, measure
from tools.postgres import CHECKOUT


@contextmanager
def sandbox(films: int, *options: str) -> Iterator[str]:
    """The address of a sandbox with so many made-up films, in a process of its own."""
    with sandbox_of("--synthetic", str(films), *options) as address:
        yield address


@contextmanager
def sandbox_of(*arguments: str) -> Iterator[str]:
    """The address of a sandbox that is started with these arguments."""
    command = [sys.executable, "-m", "tools.sandbox", "--port", "0", *arguments]
    process = subprocess.Popen(  # noqa: S603
        command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    try:
        said = process.stdout.readline() if process.stdout else ""
        if not (address := re.search(r"http://\S+", said)):
            raise BenchmarkFailed("the sandbox did not start")
        yield address.group()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


@dataclass(frozen=True)
class Importer:
    """Imports from one sandbox into one database; downloads go to the folder `exports`."""

    database: Database
    sandbox_url: str
    exports: Path

    def run(
        self, kind: str, *arguments: str, rate: float = 0, probe: Callable[[], int] | None = None
    ) -> Measured:
        """`manage.py run_import` as a user runs it, measured; `rate` requests a second, 0: any."""
        environment = self.environment | {"TMDB_REQUESTS_PER_SECOND": str(rate)}
        return measure(self._manage("run_import", kind, *arguments), environment, probe)

    @property
    def environment(self) -> dict[str, str]:
        """What leads a process of the service to the sandbox and the database."""
        return os.environ | {
            "DATABASE_URL": self.database.url,
            "DEBUG": "0",
            "TMDB_API_URL": f"{self.sandbox_url}/3",
            "TMDB_FILES_URL": f"{self.sandbox_url}/p/exports",
            "IMDB_DATASETS_URL": f"{self.sandbox_url}/imdb",
            "TMDB_API_KEY": "sandbox",
            "TMDB_API_TOKEN": "",
            "EXPORT_DIR": str(self.exports),
        }

    @contextmanager
    def started(self, kind: str) -> Iterator["subprocess.Popen[str]"]:
        """`manage.py run_import` for the length of the block, what it writes to be read."""
        with subprocess.Popen(  # noqa: S603
            self._manage("run_import", kind),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.terminate()

    @staticmethod
    def _manage(*arguments: str) -> list[str]:
        return [sys.executable, str(CHECKOUT / "manage.py"), *arguments]
