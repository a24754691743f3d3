"""The ids of all films: download the export → stage its lines → find what is lost → merge."""

import datetime
import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from importer.errors import LossTooGreat
from importer.files import export, lines
from importer.files.lines import BrokenLine
from importer.models import ImportFailure, ImportRun, TmdbExport
from importer.runs.context import Attempt
from importer.steps.staging import keep_broken, stage_lines
from importer.store import catalogue, export_merge

log = logging.getLogger(__name__)


def import_ids(attempt: Attempt) -> None:
    """The ids of all films, from the newest daily export."""
    found = find_export(attempt)
    force = bool(attempt.run.options.get("force"))
    newest = TmdbExport.objects.order_by("-date").first()
    if newest and newest.date > found.date and not force:
        log.info("the export of %s is older than that of %s: left alone", found.date, newest.date)
        return
    with export_merge.staging():
        broken = stage_lines(attempt, found, lines.parse_export, export_merge.stage)
        movies = export_merge.close_staging()
        if not movies:
            raise found.unusable("it lists no film")
        attempt.progress.begin("merging the export", "films", movies)
        loss = readable_loss(export_merge.find_loss(found.date), broken)
        if loss.is_too_great and not force:
            raise LossTooGreat(
                f"the export of {found.date} has lost {len(loss.living):,} of {loss.known:,} "
                f"films, more than {export_merge.GREATEST_LOSS:.0%}: nothing was changed; "
                "--force accepts the loss"
            )
        merge_export(attempt, found, loss, movies, broken)
    export.remove_old(settings.EXPORT_DIR)


def find_export(attempt: Attempt) -> export.Export:
    place = settings.TMDB_FILES_URL, settings.EXPORT_DIR
    if day := attempt.run.options.get("date"):
        return export.download_day(*place, datetime.date.fromisoformat(day), attempt.progress)
    return export.download_newest(*place, timezone.now().date(), attempt.progress)


def readable_loss(loss: export_merge.Loss, broken: list[BrokenLine]) -> export_merge.Loss:
    """The loss without the films whose lines are only broken."""
    listed = {line.movie_id for line in broken}
    if None in listed:
        log.warning("a broken line may be any film: films that vanished are not marked this time")
        return export_merge.Loss([], [], loss.known)
    return export_merge.Loss(
        ids=[movie_id for movie_id in loss.ids if movie_id not in listed],
        living=[movie_id for movie_id in loss.living if movie_id not in listed],
        known=loss.known,
    )


def merge_export(
    attempt: Attempt,
    found: export.Export,
    loss: export_merge.Loss,
    movies: int,
    broken: list[BrokenLine],
) -> None:
    now = timezone.now()
    with transaction.atomic():
        export_merge.merge(found.date)
        export_merge.mark_lost(loss, now)
        catalogue.remove_movies(loss.living)
        TmdbExport.objects.update_or_create(
            date=found.date, defaults={"movies": movies, "merged_at": now}
        )
        keep_broken(attempt, ImportRun.Kind.IDS, broken)
        ImportFailure.objects.resolve_earlier(attempt.run, ImportRun.Kind.IDS)
        attempt.progress.write(movies, failed=len(broken))
    log.info("merged the export of %s: %s films, %s lost", found.date, movies, len(loss.living))
