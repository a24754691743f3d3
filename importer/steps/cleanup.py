"""What was kept for whoever looks into it, and is kept no longer: failures, runs, files."""

import datetime
import logging

from django.conf import settings
from django.utils import timezone

from importer import due
from importer.files import retention
from importer.models import ImportFailure, ImportRun
from importer.runs.context import StepContext

log = logging.getLogger(__name__)


def clean_up(context: StepContext) -> None:
    """Delete what is older than the settings KEEP_… say."""
    context.progress.begin("cleaning up", "kinds", 4)
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
    log.info("deleted %s failures, %s dumps, %s runs, %s files", failures, dumps, runs, files)


def days_before(now: datetime.datetime, days: int) -> datetime.datetime:
    return now - datetime.timedelta(days=days)
