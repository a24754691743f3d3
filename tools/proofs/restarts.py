"""Restarts PostgreSQL under one import again and again: it has to go on by itself."""

import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.postgres import EmbeddedPostgres
from tools.proofs.databases import ask, migrated_database
from tools.proofs.imports import ORDER, Importer, Moment, Process, Watch, slow_sandbox
from tools.proofs.outcome import import_undisturbed, same_outcome, say

# How PostgreSQL is told to shut down: in order, or at once, as in a crash.
WAYS = {"shut down": signal.SIGINT, "crashed": signal.SIGQUIT}
LONGEST_ABSENCE = 3.0
# Seconds for an import to end after the last restart.
PATIENCE = 600.0


@dataclass
class Restarts:
    """The import that runs, on which server, and how long it may be in each step till a strike."""

    server: EmbeddedPostgres
    database: str
    process: Process
    chance: random.Random
    within: dict[str, float]


def prove(path: Path, *, seed: int, times: int, rate: int) -> Iterator[str]:
    """Import the file undisturbed, and once more with `times` restarts: what differs, in words."""
    with (
        tempfile.TemporaryDirectory(prefix="proof-") as folder,
        slow_sandbox(path, rate) as settings,
        own_server(Path(folder)) as server,
        migrated_database(server.url, "undisturbed") as undisturbed,
        migrated_database(server.url, "disturbed") as disturbed,
    ):
        durations = import_undisturbed(Importer(undisturbed, Path(folder, "whole"), settings))
        importer = Importer(disturbed, Path(folder, "restarted"), settings)
        chance = random.Random(seed)  # noqa: S311
        strikes = plan(times)
        within = windows(durations, strikes)
        with importer.started("run_import", "daily") as process:
            restarts = Restarts(server, disturbed, process, chance, within)
            struck = restart_under(restarts, strikes)
            say(f"seed {seed}: {struck.total()} restarts: {dict(struck)}")
            status = process.wait(PATIENCE)
        if status:
            yield f"the import ended with {status}: {importer.last_words()}"
            return
        if (runs := ask(disturbed, "SELECT count(*) FROM import_run")) != 1:
            yield f"there are {runs} runs instead of one"
        yield from same_outcome(undisturbed, disturbed, path)


@contextmanager
def own_server(folder: Path) -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL that nobody else uses."""
    folder.chmod(0o755)  # its account has to get through
    server = EmbeddedPostgres(folder / "postgres")
    server.start()
    try:
        yield server
    finally:
        server.stop()


def plan(times: int) -> list[str]:
    """Where to restart it, in the order of the steps."""
    return sorted((ORDER[number % len(ORDER)] for number in range(times)), key=ORDER.index)


def windows(durations: dict[str, float], strikes: list[str]) -> dict[str, float]:
    """How long after a step's begin to strike, so that the next strike finds it there as well."""
    return {
        kind: durations.get(kind, 0.0) / (count + 1) for kind, count in Counter(strikes).items()
    }


def restart_under(restarts: Restarts, strikes: list[str]) -> Counter[str]:
    """Restart the server in each of these steps; how often the import was in which."""
    struck: Counter[str] = Counter()
    for kind in strikes:
        moment = wait_for(restarts, kind)
        if restarts.process.poll() is not None:
            break
        struck[moment.kind] += 1
        way = restarts.chance.choice(list(WAYS))
        absence = restarts.chance.uniform(0, LONGEST_ABSENCE)
        say(f"{struck.total()}. PostgreSQL {way} in {moment}, away for {absence:.1f} s")
        restart(restarts.server, WAYS[way], absence)
    return struck


def wait_for(restarts: Restarts, kind: str) -> Moment:
    """Wait until some time after the step was first seen; where the import is then."""
    moment = Moment()
    delay = restarts.chance.uniform(0, restarts.within[kind])
    with Watch(restarts.database) as watch:
        while not moment.has_reached(kind) and restarts.process.poll() is None:
            moment = watch.look()
        until = time.monotonic() + delay
        while time.monotonic() < until:
            moment = watch.look()
    return moment


def restart(server: EmbeddedPostgres, way: signal.Signals, absence: float) -> None:
    if server.pid is not None:
        os.kill(server.pid, way)
    while server.is_listening():
        time.sleep(0.01)
    time.sleep(absence)
    server.start()
