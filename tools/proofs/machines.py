"""Kills each part of a service on several machines under load, and brings it back: what readers
see of it, when all is well again, and whether the import that runs meanwhile loses anything."""

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from tools.paced_requests import GOOD, Answer, Request, asking
from tools.proofs.databases import ask, migrated_database
from tools.proofs.imports import Importer, addresses, sandbox
from tools.proofs.outcome import ImportBroken, import_undisturbed, same_outcome, say
from tools.proofs.restarts import own_server
from tools.proofs.several_machines import Machines, missing_programs, start_machines
from tools.proofs.worker_pool import WorkerPool
from tools.proofs.workers import RUNS
from tools.sandbox.payload_file import write_payloads

# Requests a second, of readers and of the import.
RATE = 30.0
IMPORT_RATE = 8
AWAY_SECONDS = 8.0
# All is well when nothing has gone wrong for so long; and how long that may take at the most.
CALM_SECONDS = 4.0
MOST_SECONDS = 60.0
PATIENCE = 600.0
# What the others do in its place, so that readers may see no more than what was under way.
REDUNDANT = {"nothing", "site 1", "site 2", "cache", "standby", "primary", "PgBouncer"}
UNDER_WAY = 16
WORKERS = {"worker at work": True, "worker standing by": False}
HEADER = """
| killed | answers | wrong | slowest, s | last wrong one, s after the kill | s after it was back |
|---|---:|---|---:|---:|---:|""".strip()
UPLOAD = b"Const,Your Rating\ntt0000001,8\ntt0000002,7\n"
FILMS = "SELECT array_agg(json_build_array(id, title)) FROM movie"


@dataclass(frozen=True)
class Seen:
    """What a reader was answered: when it was due, when it came, and what was wrong with it."""

    kind: str
    due: float
    came: float
    error: str


class Readers:
    """Ask for kept answers and for such as nobody has, and upload."""

    def __init__(self, films: list[tuple[int, str]]) -> None:
        self._films = films
        self._number = 0
        self._lock = threading.Lock()
        self.seen: list[Seen] = []

    def next(self) -> Request:
        with self._lock:
            self._number += 1
            number = self._number
        movie, title = self._films[number % len(self._films)]
        if number % 20 == 0:
            return Request("upload", "/api/v1/watched/", {"Content-Type": "text/csv"}, UPLOAD)
        paths = {
            "home": "/",
            "film": f"/films/{movie}/?turn={number}",
            "best": "/api/v1/best/",
            "search": f"/api/v1/search/?name={quote(title)}",
            "country": "/countries/JP/",
            "film's JSON": f"/api/v1/films/{movie}/",
            "/movies/": f"/movies/?turn={number}",
        }
        kind = list(paths)[number % len(paths)]
        return Request(kind, paths[kind])

    def note(self, request: Request, answer: Answer, due: float, seconds: float) -> None:
        error = (
            "" if answer.status in GOOD else str(answer.status or answer.text.partition("(")[0])
        )
        with self._lock:
            self.seen.append(Seen(request.kind, due, due + seconds, error))

    def since(self, moment: float) -> list[Seen]:
        with self._lock:
            return [seen for seen in self.seen if seen.came >= moment]

    def last_wrong(self, moment: float) -> float:
        """When the last wrong answer came, or `moment`."""
        return max((seen.came for seen in self.since(moment) if seen.error), default=moment)


def prove(films: int, only: Sequence[str]) -> Iterator[str]:
    """A table: the part, what readers saw, and the seconds until the last of it."""
    if missing := missing_programs():
        raise OSError(f"{', '.join(missing)} are missing (apt-get install)")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="machines-")))
        path = write_payloads(folder, films)
        sandbox_url = stack.enter_context(sandbox("--movies", str(path)))
        settings = addresses(sandbox_url)
        primary = stack.enter_context(own_server(folder))
        undisturbed = stack.enter_context(migrated_database(primary.url, "undisturbed"))
        disturbed = stack.enter_context(migrated_database(primary.url, "disturbed"))
        import_undisturbed(Importer(undisturbed, folder / "whole", settings))
        pace = {"TMDB_REQUESTS_PER_SECOND": str(IMPORT_RATE)}
        importer = Importer(disturbed, folder / "workers", settings)
        if importer.run("daily", f"--limit={films // 2}"):
            raise ImportBroken(importer.last_words())
        importer.settings |= pace
        machines = start_machines(stack, folder, primary, disturbed, sandbox_url)
        pool = stack.enter_context(WorkerPool(importer))
        pool.request_import()
        pool.start_worker()
        pool.start_worker()
        yield from kill_each(machines, pool, folder, only)
        yield from come_to_an_end(pool)
        yield from same_outcome(undisturbed, disturbed, path)


def kill_each(
    machines: Machines, pool: WorkerPool, folder: Path, only: Sequence[str]
) -> Iterator[str]:
    """Every part once, or those named, while readers ask and the import runs."""
    readers = Readers(ask(pool.importer.database, FILMS))
    with asking(machines.address, readers.next, readers.note, RATE):
        await_well(readers, folder)
        say(HEADER)
        yield from disturb(readers, "nothing", lambda: None, lambda: None, lambda: True)
        for name, part in machines.parts.items():
            if not only or name in only:
                yield from disturb(readers, name, part.kill, part.start, part.is_up)
        for name, is_at_work in WORKERS.items():
            if only and name not in only:
                continue
            number = worker_to_kill(pool, is_at_work=is_at_work)
            kill = partial(pool.kill, number)
            yield from disturb(readers, name, kill, pool.start_worker, partial(has_both, pool))


def disturb(
    readers: Readers,
    name: str,
    kill: Callable[[], object],
    start: Callable[[], object],
    is_up: Callable[[], bool],
) -> Iterator[str]:
    """Kill it, bring it back, and wait until it is up and nothing has gone wrong for a while."""
    killed = time.monotonic()
    kill()
    time.sleep(AWAY_SECONDS)
    back = up = time.monotonic()
    start()
    while (now := time.monotonic()) < max(up, readers.last_wrong(killed)) + CALM_SECONDS:
        if not is_up():
            up = now
        if now > back + MOST_SECONDS:
            yield f"{name}: not well {MOST_SECONDS:g} s after it was back"
            break
        time.sleep(0.1)
    seen = readers.since(killed)
    wrong = [one for one in seen if one.error]
    last = readers.last_wrong(killed)
    after = f"{last - killed:.1f} | {max(last - back, 0):.1f}" if wrong else "0 | 0"
    slowest = max(one.came - one.due for one in seen)
    say(f"| {name} | {len(seen)} | {in_words(wrong) or 'none'} | {slowest:.1f} | {after} |")
    if name in REDUNDANT and len(wrong) > UNDER_WAY:
        yield f"{name}: {len(wrong)} readers saw an error"


def in_words(wrong: Sequence[Seen]) -> str:
    """`9 × 503 (film, search)`"""
    kinds: dict[str, set[str]] = {}
    for one in wrong:
        kinds.setdefault(one.error, set()).add(one.kind)
    counts = Counter(one.error for one in wrong).most_common()
    return ", ".join(
        f"{count} × {error} ({', '.join(sorted(kinds[error]))})" for error, count in counts
    )


def has_both(pool: WorkerPool) -> bool:
    return pool.look().workers == len(pool.workers)


def worker_to_kill(pool: WorkerPool, *, is_at_work: bool) -> int:
    """The process of the one at work, or of the other."""
    deadline = time.monotonic() + PATIENCE
    while (found := pool.look()).at_work not in pool.workers:
        if time.monotonic() > deadline or found.state == "succeeded":
            raise ImportBroken(f"nobody is at work, more films are needed: {found}")
        time.sleep(0.1)
    [other] = pool.workers.keys() - {found.at_work}
    return found.at_work if is_at_work and found.at_work else other


def come_to_an_end(pool: WorkerPool) -> Iterator[str]:
    """Wait for the end of the import."""
    deadline = time.monotonic() + PATIENCE
    while (found := pool.look()).is_open or found.is_unknown:
        if time.monotonic() > deadline:
            break
        time.sleep(0.1)
    runs = ask(pool.importer.database, RUNS)
    say(f"the import: {runs}")
    if found.state != "succeeded":
        yield f"the import has not succeeded: {found}; {pool.importer.last_words()}"


def await_well(readers: Readers, folder: Path) -> None:
    """Until the sites answer, and read from the replica."""
    begun = time.monotonic()
    while time.monotonic() < max(begun, readers.last_wrong(begun)) + CALM_SECONDS:
        if time.monotonic() > begun + MOST_SECONDS:
            words = [f"{path.name}: {path.read_text()[-1500:]}" for path in folder.glob("*.log")]
            raise OSError("the sites did not start:\n" + "\n".join(words))
        time.sleep(0.1)
