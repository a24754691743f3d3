"""An hour of the whole service: readers and uploads at a pace while an import runs."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

from tools.benchmarks.answers import Answers
from tools.benchmarks.catalogue import load
from tools.benchmarks.database import Database, own_database
from tools.benchmarks.importing import Importer, sandbox
from tools.benchmarks.process_memory import MOST_GROWTH, Memory
from tools.benchmarks.reading_mix import CLIENTS, MIX, UPLOADED_ROWS, Mix, sampled
from tools.benchmarks.report import against, rounded, section, table, tell
from tools.benchmarks.site import ONE_HEAP, site
from tools.paced_requests import asking
from tools.postgres import CHECKOUT

FILMS = 100_000
MINUTES = 60
RATE = 50
# So slowly that the import does not end before.
IMPORT_RATE = 20
LOOK_SECONDS = 60.0
FETCHED = "SELECT count(*) FROM tmdb_movie WHERE fetched_at IS NOT NULL"
RUN = "SELECT kind || ' ' || state || ' ' || step FROM import_run ORDER BY id DESC LIMIT 1"
FAILURES = "SELECT count(*) FROM import_failure WHERE resolved_at IS NULL"
NOTE = (
    "{films:,} films, gunicorn with 2 workers of 4 threads, and a worker that imports {pace} "
    "films a second from the sandbox all the while: {fetched:,} at the end, when its run was "
    "*{run}*, with {failures} failures. {asked:,} requests at {rate:g} a second from {clients} "
    "addresses, with the limits of production (uploads of {rows} rows, one in {round}): "
    "{postponed} were asked to return in a second (503 with `Retry-After`), {wrong}. "
    "Times are from when a reader came to the end of the answer. Memory is PSS, each minute; "
    "*growth* is the last third to the second, and flat up to {most:g}: in the first caches fill."
)


def report(films: int, minutes: float = MINUTES, rate: float = RATE) -> str:
    """Percentiles by kind of request, memory by process, and everything that was not well."""
    with (
        tempfile.TemporaryDirectory() as folder,
        own_database("soak") as database,
        sandbox(films) as sandbox_url,
    ):
        importer = Importer(database, sandbox_url, Path(folder))
        load(importer, films)
        importer.run("ranking")
        settings = {
            "SANDBOX_URL": sandbox_url,
            "TMDB_API_KEY": "",
            "TMDB_API_TOKEN": "",
            "EXPORT_DIR": folder,
            "TRUSTED_PROXIES": "1",
            "API_RATE": "600/minute",
            "API_UPLOAD_RATE": "20/minute",
        }
        with site(database, **settings) as address, worker(database, settings):
            answers, memory = soak(database, address, minutes, rate)
            note = noted(database, films, rate, answers)
    shown = [times_by_kind(answers), memory_by_process(memory), note]
    if answers.wrong:
        shown.append("\n".join(f"- {line}" for line in wrong_answers(answers)))
    return section(f"{minutes:g} minutes of soak", *shown)


@contextmanager
def worker(database: Database, settings: dict[str, str]) -> Iterator[None]:
    """`manage.py run_worker`, which begins with the daily import at once."""
    pace = {"TMDB_REQUESTS_PER_SECOND": str(IMPORT_RATE)}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"],
        cwd=CHECKOUT,
        env=database.environment | settings | pace | ONE_HEAP,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def soak(database: Database, address: str, minutes: float, rate: float) -> tuple[Answers, Memory]:
    """Ask for so long, and look at the memory meanwhile."""
    answers, memory = Answers(), Memory(database)
    mix = Mix(sampled(database))
    step = min(LOOK_SECONDS, 10 * minutes)
    end = time.monotonic() + 60 * minutes
    with asking(address, mix.next, answers.note, rate):
        while time.monotonic() < end:
            time.sleep(step)
            mix.sample = sampled(database)
            memory.look()
            tell(described(database, answers, memory))
    return answers, memory


def described(database: Database, answers: Answers, memory: Memory) -> str:
    """How it goes, for whoever waits."""
    megabytes = ", ".join(f"{name} {last[-1]:.0f} MB" for name, last in memory.megabytes.items())
    return (
        f"soak: {answers.count:,} asked, {answers.postponed.total()} to return, "
        f"{answers.wrong.total()} wrong; {database.one(RUN)}, {database.one(FETCHED):,} films; "
        + megabytes
    )


def times_by_kind(answers: Answers) -> str:
    every = [second for seconds in answers.seconds.values() for second in seconds]
    kinds = {"all": every, **answers.seconds}
    rows = [[kind, f"{len(seconds):,}", *percentiles(seconds)] for kind, seconds in kinds.items()]
    return table(["", "answers", "p50", "p95", "p99", "longest"], rows)


def percentiles(seconds: Sequence[float]) -> list[str]:
    points = quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else [0.0] * 99
    figures = [points[49], points[94], points[98], max(seconds, default=0.0)]
    return [f"{rounded(1000 * figure)} ms" for figure in figures]


def memory_by_process(memory: Memory) -> str:
    header = ["", "first third", "second", "last", "most", "growth"]
    return table(header, [_row(memory, name) for name in memory.megabytes])


def _row(memory: Memory, name: str) -> list[str]:
    thirds = memory.thirds(name)
    most = max(memory.megabytes[name])
    growth = thirds[2] / thirds[1]
    shown = [f"{megabytes:.0f} MB" for megabytes in (*thirds, most)]
    return [name, *shown, against(growth, most=MOST_GROWTH)]


def noted(database: Database, films: int, rate: float, answers: Answers) -> str:
    return NOTE.format(
        films=films,
        pace=IMPORT_RATE,
        fetched=database.one(FETCHED),
        run=database.one(RUN),
        failures=database.one(FAILURES),
        asked=answers.count,
        rate=rate,
        clients=CLIENTS,
        rows=UPLOADED_ROWS,
        round=sum(MIX.values()),
        postponed=postponed(answers),
        wrong=f"**{answers.wrong.total():,} went wrong**" if answers.wrong else "none went wrong",
        most=MOST_GROWTH,
    )


def postponed(answers: Answers) -> str:
    """`12 (search 10, upload 2)`"""
    kinds = ", ".join(f"{kind} {times:,}" for kind, times in answers.postponed.most_common())
    return f"{answers.postponed.total():,}" + f" ({kinds})" * bool(kinds)


def wrong_answers(answers: Answers) -> Iterator[str]:
    for what, times in answers.wrong.most_common():
        yield f"{times:,} × {what}"
    yield from answers.examples
