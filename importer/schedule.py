"""What is due, decided in one place from the database and the clock; asking twice does nothing.

Who asks does not matter: a worker every minute, cron, a systemd timer.
"""

import datetime
import logging

from importer.models import ImportRun, TmdbMovie
from importer.runs import lifecycle

log = logging.getLogger(__name__)

# TMDB's export of a day is there by this time, UTC.
EXPORT_HOUR = 8
MOVIES_EVERY = datetime.timedelta(hours=2)
# A daily run that failed is tried again after this time; one that somebody cancelled is not.
RETRY_DAILY = datetime.timedelta(hours=1)


def due_kind(now: datetime.datetime) -> str | None:
    """The kind of import that should run now; None when there is none, or one is active."""
    if ImportRun.objects.active().exists():
        return None
    if daily_is_due(now):
        return ImportRun.Kind.DAILY
    if movies_are_due(now):
        return ImportRun.Kind.MOVIES
    return None


def daily_is_due(now: datetime.datetime) -> bool:
    """Whether none has settled the newest export that could be there."""
    since = newest_export(now)
    settled = {ImportRun.State.SUCCEEDED, ImportRun.State.CANCELLED}
    daily = ImportRun.objects.filter(kind=ImportRun.Kind.DAILY, started_at__gte=since)
    if daily.filter(state__in=settled).exists():
        return False
    return not daily.filter(
        state=ImportRun.State.FAILED, finished_at__gt=now - RETRY_DAILY
    ).exists()


def movies_are_due(now: datetime.datetime) -> bool:
    """Whether films are due and the last look at them was a while ago."""
    kinds = [ImportRun.Kind.MOVIES, ImportRun.Kind.DAILY]
    recent = ImportRun.objects.filter(kind__in=kinds, finished_at__gt=now - MOVIES_EVERY)
    if recent.exists():
        return False
    return TmdbMovie.objects.filter(due_at__lte=now, gone_at__isnull=True).exists()


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
