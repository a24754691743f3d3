"""What is due, decided in one place from the database and the clock; asking twice does nothing.

Who asks does not matter: a worker every minute, cron, a systemd timer.
"""

import datetime
import logging

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from importer.models import CLOCK_TOLERANCE, ImportRun, TmdbMovie
from importer.runs import lifecycle, notify
from importer.tmdb.source import tmdb_source
from movies.models import RankingState

log = logging.getLogger(__name__)

# TMDB's export of a day is there by this time, UTC.
EXPORT_HOUR = 8
MOVIES_EVERY = datetime.timedelta(hours=2)
# A daily run that failed is tried again after this time; one that somebody cancelled is not.
RETRY_DAILY = datetime.timedelta(hours=1)
# And a ranking that readers were in the way of.
RETRY_RANKING = datetime.timedelta(hours=1)
# And a notice that could not be sent.
RETRY_NOTICE = datetime.timedelta(hours=1)


def due_kind(now: datetime.datetime) -> str | None:
    """The kind of import that should run now; None when there is none, or one is active."""
    if ImportRun.objects.active().exists():
        return None
    if daily_is_due(now):
        return ImportRun.Kind.DAILY
    if ranking_is_due(now):
        return ImportRun.Kind.RANKING
    if movies_are_due(now):
        return ImportRun.Kind.MOVIES
    return None


def daily_is_due(now: datetime.datetime) -> bool:
    """Whether none has settled the newest export that could be there, for the TMDB that is set."""
    settled = Q(state__in=[ImportRun.State.SUCCEEDED, ImportRun.State.CANCELLED])
    # All of it but what somebody has to accept.
    settled |= Q(state=ImportRun.State.FAILED, needs_acceptance=True)
    daily = runs_of_this_source(now, ImportRun.Kind.DAILY)
    if daily.filter(settled, started_at__gte=newest_export(now)).exists():
        return False
    return now >= next_attempt(now)


def next_attempt(now: datetime.datetime) -> datetime.datetime:
    """When a daily run may be tried again; another address or key is tried at once."""
    failed = runs_of_this_source(now, ImportRun.Kind.DAILY).filter(
        state=ImportRun.State.FAILED, started_at__gte=newest_export(now)
    )
    last = failed.aggregate(last=Max("finished_at"))["last"]
    return last + RETRY_DAILY if last else now


def movies_are_due(now: datetime.datetime) -> bool:
    """Whether films are due and the last look at them was a while ago."""
    recent = runs_of_this_source(now, ImportRun.Kind.MOVIES, ImportRun.Kind.DAILY)
    if recent.filter(finished_at__gt=now - MOVIES_EVERY).exists():
        return False
    return TmdbMovie.objects.filter(due_at__lte=now, gone_at__isnull=True).exists()


def ranking_is_due(now: datetime.datetime) -> bool:
    """Whether the lists lack something, and nothing has been in the way of them lately."""
    if not RankingState.current().is_outdated:
        return False
    recent = runs_of_this_source(now, ImportRun.Kind.RANKING, ImportRun.Kind.DAILY)
    return not recent.filter(finished_at__gt=now - RETRY_RANKING).exists()


def runs_of_this_source(now: datetime.datetime, *kinds: str) -> QuerySet[ImportRun]:
    """Those that asked the TMDB that is set, as whom it is set; none that has yet to come, which a
    clock that was ahead has left. Runs of earlier releases do not say whom they asked."""
    runs = ImportRun.objects.filter(kind__in=kinds, source__in=[tmdb_source(), ""])
    later = now + CLOCK_TOLERANCE
    return runs.exclude(started_at__gt=later).exclude(finished_at__gt=later)


def newest_export(now: datetime.datetime) -> datetime.datetime:
    """When the newest export that is certain to be there has appeared."""
    today = now.astimezone(datetime.UTC).replace(
        hour=EXPORT_HOUR, minute=0, second=0, microsecond=0
    )
    return today if now >= today else today - datetime.timedelta(days=1)


def request_due(now: datetime.datetime) -> None:
    """Queue what is due for the worker."""
    kind = due_kind(now)
    if kind is None:
        return
    try:
        lifecycle.request_import(kind, how=ImportRun.Origin.WORKER)
    except lifecycle.AlreadyRunning as reason:
        log.info("%s", reason)


def log_next_attempt(run: ImportRun) -> None:
    """After a daily run that failed: when it is tried again without anybody's doing."""
    if run.kind != ImportRun.Kind.DAILY or run.state != ImportRun.State.FAILED:
        return
    if run.needs_acceptance:
        log.info("next attempt with the next export, or when somebody accepts the loss")
        return
    due_at = next_attempt(timezone.now())
    log.info("next attempt at %s UTC, or at once with another key", f"{due_at:%H:%M}")


def tell_if_stale(now: datetime.datetime) -> None:
    """Tell whoever runs the service that no daily import has worked for long, until that could be
    told once."""
    last = ImportRun.objects.last_success()
    if last is None or ImportRun.objects.stale_since(settings.STALE_AFTER) is None:
        return
    if last.claim_stale_notice(now, RETRY_NOTICE) and notify.tell_stale(last):
        last.mark_stale_told(now)
