"""Kills an import again and again, and compares what comes of it with an undisturbed one."""

import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from tools.proofs.databases import ask, migrated_database
from tools.proofs.imports import Importer, Moment, Process, Watch, slow_sandbox
from tools.proofs.outcome import import_undisturbed, same_outcome, say

# Of eleven kills, where each is to strike, and in which part of the work: an import discovers,
# downloads and fetches once, however often it is started, but reads, merges and ranks every time.
ELEVEN = [
    *((1, "discover"), (2, "download"), (3, "reading"), (3, "merge"), (3, "changes")),
    (3, "fetch"),
    *((4, "IMDb download"), (5, "IMDb reading"), (5, "IMDb swap"), (5, "weighing")),
    (5, "ranking"),
]
ONCE = {"download", "discover", "fetch", "IMDb download"}
TRIES = 15

# Seconds: a session of PostgreSQL notices within half a one that its client is gone; an import
# that is told to end has ten.
PATIENCE = 10.0

# What holds at every moment, whatever was killed: each counts what breaks it.
ALWAYS = {
    "fetched films are not in the catalogue": """
        SELECT count(*) FROM tmdb_movie
        WHERE fetched_at IS NOT NULL AND gone_at IS NULL
          AND NOT EXISTS (SELECT FROM movie WHERE movie.id = tmdb_movie.id)""",
    "films of the catalogue are not known as fetched": """
        SELECT count(*) FROM movie WHERE NOT EXISTS (
            SELECT FROM tmdb_movie
            WHERE tmdb_movie.id = movie.id AND fetched_at IS NOT NULL AND gone_at IS NULL)""",
    "films have no title": """
        SELECT count(*) FROM movie
        WHERE NOT EXISTS (SELECT FROM title WHERE movie_id = movie.id)""",
    "films of the catalogue are not told of as having come": """
        SELECT count(*) FROM movie WHERE NOT EXISTS (
            SELECT FROM movie_change
            WHERE movie_change.movie_id = movie.id AND kind <> 'left')""",
    "films were saved but not counted, or the other way round": """
        SELECT abs(fetched - (SELECT count(*) FROM tmdb_movie WHERE fetched_at >= started_at))
        FROM import_run WHERE id = (SELECT max(id) FROM import_run)""",
}


@dataclass
class Kills:
    """What is killed how, and what has come of it so far."""

    importer: Importer
    watch: Watch
    signal: signal.Signals
    chance: random.Random
    # Seconds in which a kill may strike after a step's begin.
    within: dict[str, float]
    struck: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0


def prove(
    server: str, path: Path, *, seed: int, times: int, by: signal.Signals, rate: int
) -> Iterator[str]:
    """Import the file undisturbed, and once more killed `times` times: what differs, in words.

    `server` is the address of any database on the server to use, `rate` the bytes a second of
    the download.
    """
    with (
        tempfile.TemporaryDirectory(prefix="proof-") as folder,
        slow_sandbox(path, rate) as settings,
        migrated_database(server, "undisturbed") as undisturbed,
        migrated_database(server, "disturbed") as disturbed,
        Watch(disturbed) as watch,
    ):
        durations = import_undisturbed(Importer(undisturbed, Path(folder, "whole"), settings))
        chance = random.Random(seed)  # noqa: S311
        strikes = plan(times, chance)
        importer = Importer(disturbed, Path(folder, "killed"), settings)
        kills = Kills(importer, watch, by, chance, windows(durations, strikes))
        for kind in strikes:
            yield from kill_inside(kills, kind)
        say(summary(kills, seed))
        if status := importer.run("daily"):
            yield f"let through at last, the import ended with {status}: {importer.last_words()}"
            return
        yield from same_outcome(undisturbed, disturbed, path)


def plan(times: int, chance: random.Random) -> list[str]:
    """Where to strike, one after the other."""
    strikes = list(islice(cycle(ELEVEN), times))
    chance.shuffle(strikes)
    return [kind for _, kind in sorted(strikes, key=lambda strike: strike[0])]


def windows(durations: dict[str, float], strikes: list[str]) -> dict[str, float]:
    """How long after the begin of a step a kill may strike, so that something is left to do."""
    times = Counter(strikes)
    return {
        kind: durations.get(kind, 0.0) / (times[kind] + 2 if kind in ONCE else 1) for kind in times
    }


def kill_inside(kills: Kills, kind: str) -> Iterator[str]:
    """Kill imports until one has died in this step."""
    within = kills.within[kind]
    for _ in range(TRIES):
        kills.importer.forget_files(kind)
        with kills.importer.started("run_import", "daily") as process:
            moment = strike(kills, process, kind, within)
            if moment is not None:
                kills.struck[moment.kind] += 1
                yield from aftermath(kills, process, moment)
        if moment is not None and moment.kind == kind:
            return
        # Too late: what has been read before may be over sooner than the first time.
        within /= 2
    yield f"no import could be killed in its {kind}"


def strike(kills: Kills, process: Process, kind: str, within: float) -> Moment | None:
    """Send the signal within so many seconds after the step's begin; where the import was.

    None when it was too late and the import over.
    """
    delay = kills.chance.uniform(0, within)
    moment = Moment()
    while moment.kind != kind and process.poll() is None:
        moment = kills.watch.look()
    until = time.monotonic() + delay
    while time.monotonic() < until and process.poll() is None:
        moment = kills.watch.look()
    if process.poll() is not None:
        return None
    process.send_signal(kills.signal)
    return moment


def aftermath(kills: Kills, process: Process, moment: Moment) -> Iterator[str]:
    """Wait for its end; what is wrong then."""
    begun = time.monotonic()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        yield f"in {moment} it did not end within {PATIENCE:g} s"
    ended = time.monotonic() - begun
    if not kills.watch.wait_until_alone(PATIENCE):
        yield f"killed in {moment}, its session outlived it for {PATIENCE:g} s"
    alone = time.monotonic() - begun
    kills.longest = max(kills.longest, alone)
    say(
        f"{kills.struck.total()}. {kills.signal.name} in {moment}: exit {process.returncode} "
        f"after {ended:.2f} s, its session gone after {alone:.2f} s"
    )
    yield from broken(kills.importer.database, moment)


def broken(database: str, moment: Moment) -> Iterator[str]:
    """What does not hold of that which has to hold always."""
    for what, query in ALWAYS.items():
        if number := ask(database, query):
            yield f"killed in {moment}: {number} {what}"


def summary(kills: Kills, seed: int) -> str:
    places = ", ".join(f"{number} in {kind or 'no step'}" for kind, number in kills.struck.items())
    return (
        f"seed {seed}: {kills.struck.total()} times {kills.signal.name}, {places}; "
        f"the longest until all of it had ended: {kills.longest:.2f} s"
    )
