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
from tools.proofs.crew import Crew, Scene
from tools.proofs.databases import ask, fresh
from tools.proofs.imports import Importer, slow_sandbox
from tools.proofs.outcome import import_undisturbed, same_outcome, say

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
class Shift:
    """The crew under trial, and what has come of it so far."""

    crew: Crew
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
    with trial(server, path, rate, chance, within, counted=2) as (shift, undisturbed):
        for kind in strikes:
            shift.crew.importer.forget_files(kind)
            yield from kill_the_one_at_work(shift, kind)
        yield from come_to_an_end(shift)
        database = shift.crew.importer.database
        if (resumed := ask(database, RESUMPTIONS)) != shift.strikes:
            yield f"{shift.strikes} workers were killed at work, but {resumed} runs taken up"
        yield from same_outcome(undisturbed, database, path)


def prove_restarts(path: Path, *, seed: int, times: int, rate: int) -> Iterator[str]:
    """Restart a PostgreSQL of its own `times` times under two workers."""
    chance = random.Random(seed)  # noqa: S311
    strikes = restarts.plan(times)
    within = partial(restarts.windows, strikes=strikes)
    with (
        tempfile.TemporaryDirectory(prefix="proof-") as folder,
        restarts.own_server(Path(folder)) as server,
        trial(server.url, path, rate, chance, within, counted=0) as (shift, undisturbed),
    ):
        for kind in strikes:
            yield from restart_under_both(shift, server, kind)
        yield from come_to_an_end(shift)
        yield from same_outcome(undisturbed, shift.crew.importer.database, path)


@contextmanager
def trial(
    server: str,
    path: Path,
    rate: int,
    chance: random.Random,
    within: Callable[[dict[str, float]], dict[str, float]],
    counted: int,
) -> Iterator[tuple[Shift, str]]:
    """Two workers with an import to do, and the address of what an undisturbed one came to.

    `within` makes of the seconds that a step takes those in which to strike.
    """
    with (
        tempfile.TemporaryDirectory(prefix="proof-") as folder,
        slow_sandbox(path, rate) as settings,
        fresh(server, "undisturbed") as undisturbed,
        fresh(server, "disturbed") as disturbed,
        Crew(Importer(disturbed, Path(folder, "workers"), settings)) as crew,
    ):
        durations = import_undisturbed(Importer(undisturbed, Path(folder, "whole"), settings))
        crew.request()
        crew.hire()
        crew.hire()
        yield Shift(crew, chance, within(durations), counted), undisturbed


def kill_the_one_at_work(shift: Shift, kind: str) -> Iterator[str]:
    """Kill it in this step or after it, while the other stands by."""
    found = wait_for(shift, kind)
    if found.at_work not in shift.crew.workers:
        yield f"nobody of the crew is at work on {kind}: {found}"
        return
    killed_at = shift.crew.kill(found.at_work)
    shift.crew.hire()
    note(shift, found)
    where = f"{shift.strikes}. killed in {found.moment}"
    yield from kills.broken(shift.crew.importer.database, found.moment)
    yield from how_it_went_on(shift, where, killed_at)


def restart_under_both(shift: Shift, server: EmbeddedPostgres, kind: str) -> Iterator[str]:
    found = wait_for(shift, kind)
    note(shift, found)
    way = shift.chance.choice(list(restarts.WAYS))
    absence = shift.chance.uniform(0, restarts.LONGEST_ABSENCE)
    restarts.restart(server, restarts.WAYS[way], absence)
    back_at = datetime.datetime.now(datetime.UTC)
    where = f"{shift.strikes}. PostgreSQL {way} in {found.moment}, away for {absence:.1f} s"
    yield from how_it_went_on(shift, where, back_at, before=found.at_work)
    yield from kills.broken(shift.crew.importer.database, found.moment)


def wait_for(shift: Shift, kind: str) -> Scene:
    """Until some time after the step has begun, or a later one, with somebody standing by.

    Every other time until the one at work waits for a statement, too. A run that is over by then
    has another one follow it.
    """
    delay = shift.chance.uniform(0, shift.within.get(kind, 0.0))
    deadline = time.monotonic() + PATIENCE
    found = look(shift)
    while not is_there(shift, found, kind) and time.monotonic() < deadline:
        found = look(shift)
        if found.state == "succeeded":
            shift.left_in = ""
            shift.crew.request()
    struck_at = time.monotonic() + delay
    while time.monotonic() < struck_at and found.is_open:
        found = look(shift)
    while shift.strikes % 2 and not found.moment.statement and found.is_open:
        found = look(shift)
    return found if found.is_open else wait_for(shift, kind)


def is_there(shift: Shift, found: Scene, kind: str) -> bool:
    if found.moment.step != shift.left_in:
        shift.left_in = ""
    is_new = found.moment.step != shift.left_in
    return (
        found.at_work is not None
        and found.workers >= shift.counted
        and is_new
        and found.moment.has_reached(kind)
    )


def look(shift: Shift) -> Scene:
    time.sleep(LOOKS_EVERY)
    found = shift.crew.look()
    now = time.monotonic()
    if found.state != "queued" or found.at_work is None:
        shift.unclaimed_since = None
    else:
        shift.unclaimed_since = shift.unclaimed_since or now
        shift.longest_unclaimed = max(shift.longest_unclaimed, now - shift.unclaimed_since)
    return found


def note(shift: Shift, found: Scene) -> None:
    shift.strikes += 1
    shift.inside_statements += bool(found.moment.statement)
    shift.left_in = found.moment.step


def how_it_went_on(
    shift: Shift, where: str, since: datetime.datetime, before: int | None = None
) -> Iterator[str]:
    """Wait for the run's next sign of life: how long that took, and whether it was too long."""
    deadline = time.monotonic() + STARTING
    found = look(shift)
    while not found.has_moved_on(since) and time.monotonic() < deadline:
        found = look(shift)
    if found.heartbeat_at is None or not found.has_moved_on(since):
        yield f"{where}: nobody went on with it within {STARTING:g} s: {found}"
        return
    gap = (found.heartbeat_at - since).total_seconds()
    shift.gaps.append(gap)
    by = "the other"
    if found.at_work == before:
        by, shift.left_in = "the same", ""
    say(f"{where}: {by} went on after {gap:.2f} s")
    if gap > AT_ONCE:
        yield f"{where}: it went on after {gap:.2f} s only"


def come_to_an_end(shift: Shift) -> Iterator[str]:
    """Let the import be done and the workers go: what is wrong with that."""
    deadline = time.monotonic() + PATIENCE
    found = shift.crew.look()
    while (found.is_open or found.is_unknown) and time.monotonic() < deadline:
        found = look(shift)
    database = shift.crew.importer.database
    say(
        f"{shift.strikes} strikes, {shift.inside_statements} of them inside a statement; "
        f"the longest until it went on: {max(shift.gaps, default=0):.2f} s; {ask(database, RUNS)}"
    )
    if ask(database, UNSUCCESSFUL):
        yield f"runs did not succeed: {ask(database, RUNS)}; {shift.crew.importer.last_words()}"
    if shift.longest_unclaimed > AT_ONCE:
        yield f"for {shift.longest_unclaimed:.1f} s a run was queued that somebody was at work on"
    if dead := shift.crew.dead():
        yield f"workers {dead} ended by themselves: {shift.crew.importer.last_words()}"
    if any(statuses := shift.crew.dismiss(ENDING)) or None in statuses:
        yield f"told to end, the workers did so with {statuses}"
