"""What the imports page says of the active run, in words that can be shown as they are.

The page and the answer that it asks for every second are made from the same words.
"""

import datetime

from django.utils import timezone

from importer.models import ImportRun
from importer.runs import lock, progress

# The sign of life comes every second, of a thread of its own; nothing else comes meanwhile.
SILENT = datetime.timedelta(seconds=60)
# Some statements of an import take this long without anything being wrong.
STUCK = datetime.timedelta(minutes=5)


def live() -> dict[str, object]:
    """The active run, or that there is none, and who stands by; two queries."""
    # A run can be inserted only while none is active, so that an active one is the newest.
    newest = ImportRun.objects.defer("options").order_by("-pk").first()
    words = about(newest, timezone.now()) if newest else NOTHING_YET
    return words | standing_by(lock.count_workers())


NOTHING_YET: dict[str, object] = {
    "revision": "",
    "active": False,
    "headline": "No import is running",
    "origin": "None has run yet.",
}


def about(run: ImportRun, now: datetime.datetime) -> dict[str, object]:
    """What can be said of one run; what is only true of an active one is left out otherwise."""
    known = {
        # Changes whenever more of the page than the run's progress may have changed.
        "revision": f"{run.pk}:{run.state}:{run.step}:{run.cancel_requested}",
        "active": run.state in ImportRun.ACTIVE,
        "headline": headline(run),
        "origin": origin(run),
    }
    if run.state not in ImportRun.ACTIVE:
        return known
    return known | {
        "run": run.pk,
        "running": run.state == ImportRun.State.RUNNING,
        "cancelling": run.cancel_requested,
        "step": run.step,
        "elapsed": elapsed(run, now),
        "amount": amounts(run)[0],
        "rate": "".join(amounts(run)[1:]),
        "left": "" if run.seconds_left is None else progress.duration(run.seconds_left),
        "percent": percent(run),
        "percentage": "" if percent(run) is None else f"{percent(run):.0f} %",
        "failed": f"{run.failed:,}",
        "silent": silent(run, now),
    }


def headline(run: ImportRun) -> str:
    if run.state not in ImportRun.ACTIVE:
        return "No import is running"
    if run.cancel_requested:
        return f"{name(run.kind)} import is being cancelled"
    if run.state == ImportRun.State.QUEUED:
        return f"{name(run.kind)} import waits for a worker"
    return f"{name(run.kind)} import is running"


def name(kind: str) -> str:
    return kind.replace("_", " ").replace("imdb", "IMDb")


def moment(at: datetime.datetime | None) -> str:
    return f"{at:%-d %B %Y, %H:%M:%S} UTC" if at else "–"


def origin(run: ImportRun) -> str:
    """`started 09:12 UTC by operator in /admin`, or for one that has ended how it did."""
    if run.state not in ImportRun.ACTIVE:
        ended = run.finished_at or run.created_at
        return f"The last one, {name(run.kind)}, {run.state} on {ended:%-d %B, %H:%M} UTC."
    verb, since = ("started", run.started_at) if run.started_at else ("asked for", run.created_at)
    return f"{verb} {since:%H:%M} UTC by {requester(run)}"


def requester(run: ImportRun) -> str:
    """`operator in /admin`, `root by command`, `cron`"""
    places = {ImportRun.Origin.ADMIN: "in /admin", ImportRun.Origin.COMMAND: "by command"}
    place = places.get(ImportRun.Origin(run.requested_how))
    return f"{run.requested_by} {place}".strip() if place else run.requested_how


def elapsed(run: ImportRun, now: datetime.datetime) -> str:
    since = run.started_at or run.created_at
    return progress.duration(max((now - since).total_seconds(), 0))


def amounts(run: ImportRun) -> list[str]:
    """`["1,200 of 9,752 films", "39.8 a second"]`, the second once there is a rate."""
    if not run.step:
        return [""]
    return progress.sizes(run) if run.unit == "bytes" else progress.counts(run)


def percent(run: ImportRun) -> float | None:
    return round(min(100 * run.done / run.total, 100), 1) if run.total else None


def silent(run: ImportRun, now: datetime.datetime) -> str:
    """`No sign of life for 3 min`, or `No progress since 09:12 UTC`, where that is longer than
    usual."""
    if run.state != ImportRun.State.RUNNING:
        return ""
    silence = now - (run.heartbeat_at or now)
    if silence >= SILENT:
        return f"No sign of life for {silence // datetime.timedelta(minutes=1):,} min"
    if run.progressed_at and now - run.progressed_at >= STUCK:
        return f"No progress since {run.progressed_at:%H:%M} UTC"
    return ""


def standing_by(workers: int) -> dict[str, object]:
    words = {0: "No worker stands by", 1: "1 worker stands by"}
    return {"workers": words.get(workers, f"{workers} workers stand by"), "nobody": workers == 0}
