"""How far a run is: written to its row, shown to whoever watches, and where a run can end."""

import logging
import threading
import time
from collections import deque
from typing import NoReturn, Protocol, TextIO

from tqdm import tqdm

from importer.errors import STOP_REQUESTED, ImportStopped
from importer.models import ImportRun

log = logging.getLogger(__name__)

# The rate is that of the last half minute: it forgets a slow start, and does not jump.
WINDOW_SECONDS = 30.0
# Between two writes of a step that commits nothing of its own, such as a download.
WRITE_SECONDS = 1.0
# Log lines: one for each tenth that is done, but none sooner than this, and one this often.
LOG_SOONEST_SECONDS = 1.0
LOG_LATEST_SECONDS = 30.0


class Display(Protocol):
    """Shows a run's progress as it stands in its row."""

    def begin(self, run: ImportRun) -> None: ...

    def show(self, run: ImportRun) -> None: ...

    def end(self) -> None: ...


class Progress:
    """The progress of one run's steps; every report is also the place where it can be stopped."""

    def __init__(self, run: ImportRun, stop: threading.Event, display: Display) -> None:
        self.run = run
        self.stop = stop
        self.display = display
        self.samples: deque[tuple[float, int]] = deque()
        self.written = 0.0

    def begin(self, step: str, unit: str, total: int | None = None, done: int = 0) -> None:
        """Enter a step of `total` units, `done` of which were there before."""
        self.check()
        self.samples = deque([(time.monotonic(), done)])
        self.run.begin_step(step, unit, total, done)
        self.display.begin(self.run)

    def report(self, done: int) -> None:
        """Say how far a step is that commits nothing of its own; any number of times."""
        if time.monotonic() - self.written >= WRITE_SECONDS or done == self.run.total:
            self.write(done)
            self.check()

    def write(self, done: int, *, failed: int = 0, fetched: int = 0) -> None:
        """Put progress into the caller's transaction, and how many more failed or came in."""
        self.written = time.monotonic()
        self.run.advance(done, self.rate(done), failed, fetched)
        self.display.show(self.run)

    def check(self) -> None:
        """ImportStopped when the process, or somebody in /admin, wants the run to end."""
        if self.stop.is_set():
            raise ImportStopped(STOP_REQUESTED)

    def rate(self, done: int) -> float | None:
        """Units a second over the last WINDOW_SECONDS."""
        now = time.monotonic()
        self.samples.append((now, done))
        while len(self.samples) > 2 and now - self.samples[0][0] > WINDOW_SECONDS:
            self.samples.popleft()
        since, before = self.samples[0]
        return (done - before) / (now - since) if now > since else None


def display(stream: TextIO) -> Display:
    """The one that suits where the output goes."""
    return TerminalBar(stream) if stream.isatty() else LogLines()


class TerminalBar:
    """A bar for a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.bar: tqdm[NoReturn] | None = None

    def begin(self, run: ImportRun) -> None:
        self.end()
        self.bar = tqdm(
            desc=run.step,
            total=run.total,
            initial=run.done,
            file=self.stream,
        )
        self.show(run)

    def show(self, run: ImportRun) -> None:
        if self.bar is None:
            return
        self.bar.n = run.done
        # Not tqdm's own figures: they are to be those that are logged and stored.
        self.bar.bar_format = "{desc}: {percentage:3.0f}% |{bar}| " + summary(run)
        self.bar.refresh()

    def end(self) -> None:
        if self.bar is not None:
            self.bar.close()
            self.bar = None


class LogLines:
    """Log lines for where there is no terminal."""

    def __init__(self) -> None:
        self.logged_at = 0.0
        self.logged = 0

    def begin(self, run: ImportRun) -> None:
        self.logged_at, self.logged = time.monotonic(), run.done
        log.info("%s", run.step)

    def show(self, run: ImportRun) -> None:
        waited = time.monotonic() - self.logged_at
        tenth = run.total is not None and run.done - self.logged >= run.total / 10
        ended = run.done == run.total and run.done != self.logged
        if ended or (tenth and waited >= LOG_SOONEST_SECONDS) or waited >= LOG_LATEST_SECONDS:
            self.logged_at, self.logged = time.monotonic(), run.done
            log.info("%s: %s", run.step, summary(run))

    def end(self) -> None:
        pass


def summary(run: ImportRun) -> str:
    """`1,200 of 9,752 films, 39.8 a second, about 3 min 35 s left`"""
    amount = sizes(run) if run.unit == "bytes" else counts(run)
    left = run.seconds_left
    failed = f"{run.failed:,} failed" if run.failed else ""
    odd = f"{run.warnings:,} odd parts left out" if run.warnings else ""
    return ", ".join(
        filter(None, [*amount, f"about {duration(left)} left" if left else "", failed, odd])
    )


def counts(run: ImportRun) -> list[str]:
    of = "" if run.total is None else f" of {run.total:,}"
    rate = [f"{run.rate:,.1f} a second"] if run.rate else []
    return [f"{run.done:,}{of} {run.unit}", *rate]


def sizes(run: ImportRun) -> list[str]:
    scale, unit = (1e6, "MB") if (run.total or run.done) >= 1e6 else (1e3, "kB")
    of = "" if run.total is None else f" of {run.total / scale:.1f}"
    rate = [f"{run.rate / scale:.1f} {unit}/s"] if run.rate else []
    return [f"{run.done / scale:.1f}{of} {unit}", *rate]


def duration(seconds: float) -> str:
    """`45 s`, `3 min 35 s`, `8 h 36 min`"""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
