"""Reads the best films of every country over and over, as /api/v1/best/ does, until it is ended.

Run as a process of its own, it writes a line for each reading: its beginning, as time.monotonic()
has it, and its seconds.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.benchmarks.machine import BenchmarkFailed

PAUSE_SECONDS = 0.01


@dataclass(frozen=True)
class Reading:
    """One answer: when it was begun, and how long it took."""

    begun: float
    seconds: float


@contextmanager
def reading(environment: Mapping[str, str], log: Path) -> Iterator[None]:
    """A reader at work for the length of the block; it writes to `log`."""
    with log.open("w") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.benchmarks.reader"], env=environment, stdout=lines
        )
    try:
        yield
        if process.poll() is not None:
            raise BenchmarkFailed("the reader broke down, it says why above")
    finally:
        process.terminate()
        process.wait()


def readings(log: Path) -> list[Reading]:
    """What a reader wrote, but for a line that its end cut short."""
    whole, _, _ = log.read_text().rpartition("\n")
    return [Reading(*map(float, line.split())) for line in whole.splitlines()]


def main() -> None:
    import django

    django.setup()
    from movies.lists.best import best_of_every_country
    from movies.models import Lens

    while True:
        begun = time.monotonic()
        best_of_every_country(Lens.HOME, limit=10, shorts=False)
        sys.stdout.write(f"{begun} {time.monotonic() - begun}\n")
        sys.stdout.flush()
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    main()
