"""What was kept for whoever looks into it, and is kept no longer: failures, runs, files."""

import datetime
import logging

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from importer import due
from importer.files import retention
from importer.models import ImportFailure, ImportRun, MovieWarning
from importer.runs.context import StepContext
from importer.store.people import delete_people_without_credits

log = logging.getLogger(__name__)


def clean_up(context: StepContext) -> None:
    """Delete what is older than the settings KEEP_… say."""
    context.progress.begin("cleaning up", "kinds", 7)
    now = timezone.now()
    failures = ImportFailure.objects.delete_resolved(days_before(now, settings.KEEP_FAILURES_DAYS))
    context.progress.write(1)
    # An open failure stays; what came of TMDB with it may not be kept for as long.
    dumps = ImportFailure.objects.drop_dumps(now - due.OLDEST)
    context.progress.write(2)
    runs = ImportRun.objects.delete_ended(days_before(now, settings.KEEP_RUNS_DAYS))
    context.progress.write(3)
    files = retention.delete_old_files(
        settings.EXPORT_DIR,
        days_before(now, settings.KEEP_FILES_DAYS),
        days_before(now, settings.KEEP_REJECTED_FILES_DAYS),
    )
    context.progress.write(4)
    warnings = MovieWarning.objects.delete_absent()
    context.progress.write(5)
    people = delete_people_without_credits()
    context.progress.write(6)
    logins = delete_logins(days_before(now, settings.KEEP_LOGINS_DAYS))
    context.progress.write(7)
    log.info(
        "deleted %s failures, %s dumps, %s runs, %s files, %s warnings, %s people, %s logins",
        *(failures, dumps, runs, files, warnings, people, logins),
    )


def delete_logins(limit: datetime.datetime) -> int:
    """Sessions of /admin that are over, and whose logins are older; how many were noted."""
    SessionStore.clear_expired()
    return sum(
        model.objects.filter(attempt_time__lt=limit).delete()[0]
        for model in (AccessAttempt, AccessLog)
    )


def days_before(now: datetime.datetime, days: int) -> datetime.datetime:
    return now - datetime.timedelta(days=days)
