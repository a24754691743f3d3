"""Kills the one of two workers that is at work, or restarts PostgreSQL under both, again and
again: the import has to go on at once, and to come to the same as an undisturbed one."""

import datetime
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tools.postgres import EmbeddedPostgres
from tools.proofs import kills, restarts
from tools.proofs.databases import ask, migrated_database
from tools.proofs.imports import Importer, slow_sandbox
from tools.proofs.outcome import import_undisturbed, same_outcome, say
from tools.proofs.worker_pool import Observation, WorkerPool

# Seconds in which the other has to go on, and in which a worker that is told to has to end.
AT_ONCE = 2.0
ENDING = 10.0
# Seconds till a worker is there, and till an import that nothing disturbs any longer is over.
STARTING = 30.0
PATIENCE = 600.0
LOOKS_EVERY = 0.001

RUNS = """
SELECT string_agg(kind || ' ' || state || ', resumed ' || resumptions || ' times'
                  || CASE error WHEN '' THEN '' ELSE ': ' || error END, '; ' ORDER BY id)
FROM import_run
"""
UNSUCCESSFUL = "SELECT count(*) FROM import_run WHERE state <> 'succeeded'"
RESUMPTIONS = "SELECT sum(resumptions) FROM import_run"


@dataclass
class Trial:
    """The pool under trial, and what has come of it so far."""

    pool: WorkerPool
    chance: random.Random
    # Seconds in which to strike after a step's begin.
    within: dict[str, float]
    # How many have to be counted before a strike: one who has lost PostgreSQL is so again only
    # when it has ended its run.
    counted: int
    strikes: int = 0
    inside_statements: int = 0
    gaps: list[float] = field(default_factory=list)
    # The step in which the last strike was: the run's row says so till the next one begins.
    left_in: str = ""
    # Since when the run counts as queued although somebody is at work, and the longest of it.
    unclaimed_since: float | None = None
    longest_unclaimed: float = 0.0


def prove_kills(server: str, path: Path, *, seed: int, times: int, rate: int) -> Iterator[str]:
    """Kill the one at work `times` times, and start a new one each time."""
    chance = random.Random(seed)  # noqa: S311
    strikes = kills.plan(times, chance)
    within = partial(kills.windows, strikes=strikes)
    with two_workers(server, path, rate, chance, within, counted=2) as (trial, undisturbed):
        for kind in strikes:
            trial.pool.importer.forget_files(kind)
            yield from kill_the_one_at_work(trial, kind)
        yield from come_to_an_end(trial)
        database = trial.pool.importer.database
        if (resumed := ask(database, RESUMPTIONS)) != trial.strikes:
            yield f"{trial.strikes} workers were killed at work, but {resumed} runs taken up"
        yield from same_outcome(undisturbed, database, path)


def prove_restarts(path: Path, *, seed: int, times: int, rate: int) -> Iterator[str]:
    """Restart a PostgreSQL of its own `times` times under two workers."""
    chance = random.Random(seed)  # noqa: S311
    strikes = restarts.plan(times)
    within = partial(restarts.windows, strikes=strikes)
    with (
        tempfile.TemporaryDirectory(prefix="proof-") as folder,
        restarts.own_server(Path(folder)) as server,
        two_workers(server.url, path, rate, chance, within, counted=0) as (trial, undisturbed),
    ):
        for kind in strikes:
            yield from restart_under_both(trial, server, kind)
        yield from come_to_an_end(trial)
        yield from same_outcome(undisturbed, trial.pool.importer.database, path)


@contextmanager
def two_workers(
    server: str,
    path: Path,
    rate: int,
    chance: random.Random,
    within: Callable[[dict[str, float]], dict[str, float]],
    counted: int,
) -> Iterator[tuple[Trial, str]]:
    """Two workers with an import to do, and the address of what an undisturbed one came to.

    `within` makes of the seconds that a step takes those in which to strike.
    """
    with (
        tempfile.TemporaryDirectory(prefix="proof-") as folder,
        slow_sandbox(path, rate) as settings,
        migrated_database(server, "undisturbed") as undisturbed,
        migrated_database(server, "disturbed") as disturbed,
        WorkerPool(Importer(disturbed, Path(folder, "workers"), settings)) as pool,
    ):
        durations = import_undisturbed(Importer(undisturbed, Path(folder, "whole"), settings))
        pool.request_import()
        pool.start_worker()
        pool.start_worker()
        yield Trial(pool, chance, within(durations), counted), undisturbed


def kill_the_one_at_work(trial: Trial, kind: str) -> Iterator[str]:
    """Kill it in this step or after it, while the other stands by."""
    found = wait_for(trial, kind)
    if found.at_work not in trial.pool.workers:
        yield f"nobody of the pool is at work on {kind}: {found}"
        return
    killed_at = trial.pool.kill(found.at_work)
    trial.pool.start_worker()
    note(trial, found)
    where = f"{trial.strikes}. killed in {found.moment}"
    yield from kills.broken(trial.pool.importer.database, found.moment)
    yield from how_it_went_on(trial, where, killed_at)


def restart_under_both(trial: Trial, server: EmbeddedPostgres, kind: str) -> Iterator[str]:
    found = wait_for(trial, kind)
    note(trial, found)
    way = trial.chance.choice(list(restarts.WAYS))
    absence = trial.chance.uniform(0, restarts.LONGEST_ABSENCE)
    restarts.restart(server, restarts.WAYS[way], absence)
    back_at = datetime.datetime.now(datetime.UTC)
    where = f"{trial.strikes}. PostgreSQL {way} in {found.moment}, away for {absence:.1f} s"
    yield from how_it_went_on(trial, where, back_at, before=found.at_work)
    yield from kills.broken(trial.pool.importer.database, found.moment)


def wait_for(trial: Trial, kind: str) -> Observation:
    """Until some time after the step has begun, or a later one, with somebody standing by.

    Every other time until the one at work waits for a statement, too. A run that is over by then
    has another one follow it.
    """
    delay = trial.chance.uniform(0, trial.within.get(kind, 0.0))
    deadline = time.monotonic() + PATIENCE
    found = look(trial)
    while not is_there(trial, found, kind) and time.monotonic() < deadline:
        found = look(trial)
        if found.state == "succeeded":
            trial.left_in = ""
            trial.pool.request_import()
    struck_at = time.monotonic() + delay
    while time.monotonic() < struck_at and found.is_open:
        found = look(trial)
    while trial.strikes % 2 and not found.moment.statement and found.is_open:
        found = look(trial)
    return found if found.is_open else wait_for(trial, kind)


def is_there(trial: Trial, found: Observation, kind: str) -> bool:
    if found.moment.step != trial.left_in:
        trial.left_in = ""
    is_new = found.moment.step != trial.left_in
    return (
        found.at_work is not None
        and found.workers >= trial.counted
        and is_new
        and found.moment.has_reached(kind)
    )


def look(trial: Trial) -> Observation:
    time.sleep(LOOKS_EVERY)
    found = trial.pool.look()
    now = time.monotonic()
    if found.state != "queued" or found.at_work is None:
        trial.unclaimed_since = None
    else:
        trial.unclaimed_since = trial.unclaimed_since or now
        trial.longest_unclaimed = max(trial.longest_unclaimed, now - trial.unclaimed_since)
    return found


def note(trial: Trial, found: Observation) -> None:
    trial.strikes += 1
    trial.inside_statements += bool(found.moment.statement)
    trial.left_in = found.moment.step


def how_it_went_on(
    trial: Trial, where: str, since: datetime.datetime, before: int | None = None
) -> Iterator[str]:
    """Wait for the run's next sign of life: how long that took, and whether it was too long."""
    deadline = time.monotonic() + STARTING
    found = look(trial)
    while not found.has_moved_on(since) and time.monotonic() < deadline:
        found = look(trial)
    if found.heartbeat_at is None or not found.has_moved_on(since):
        yield f"{where}: nobody went on with it within {STARTING:g} s: {found}"
        return
    gap = (found.heartbeat_at - since).total_seconds()
    trial.gaps.append(gap)
    by = "the other"
    if found.at_work == before:
        by, trial.left_in = "the same", ""
    say(f"{where}: {by} went on after {gap:.2f} s")
    if gap > AT_ONCE:
        yield f"{where}: it went on after {gap:.2f} s only"


def come_to_an_end(trial: Trial) -> Iterator[str]:
    """Let the import be done and the workers go: what is wrong with that."""
    deadline = time.monotonic() + PATIENCE
    found = trial.pool.look()
    while (found.is_open or found.is_unknown) and time.monotonic() < deadline:
        found = look(trial)
    database = trial.pool.importer.database
    say(
        f"{trial.strikes} strikes, {trial.inside_statements} of them inside a statement; "
        f"the longest until it went on: {max(trial.gaps, default=0):.2f} s; {ask(database, RUNS)}"
    )
    if ask(database, UNSUCCESSFUL):
        yield f"runs did not succeed: {ask(database, RUNS)}; {trial.pool.importer.last_words()}"
    if trial.longest_unclaimed > AT_ONCE:
        yield f"for {trial.longest_unclaimed:.1f} s a run was queued that somebody was at work on"
    wait_until_all_are_there(trial)
    if dead := trial.pool.ended_workers():
        yield f"workers {dead} ended by themselves: {trial.pool.importer.last_words()}"
    if any(statuses := trial.pool.terminate(ENDING)) or None in statuses:
        yield f"told to end, the workers did so with {statuses}"


def wait_until_all_are_there(trial: Trial) -> None:
    """The one that was started last may not yet know how to end when it is told to."""
    deadline = time.monotonic() + STARTING
    while look(trial).workers < trial.pool.living and time.monotonic() < deadline:
        pass
