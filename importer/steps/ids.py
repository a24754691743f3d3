"""The ids of all films: download the export → stage its lines → find what is lost → merge."""

import datetime
import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from importer import removals
from importer.errors import LossTooGreat
from importer.files import export, line_parsers
from importer.files.line_parsers import BrokenLine
from importer.models import ImportFailure, ImportRun, TmdbExport
from importer.runs.context import StepContext
from importer.steps.stage_file import record_broken_lines, stage_file
from importer.store import export_merge, ledger

log = logging.getLogger(__name__)

NO_LOSS = export_merge.Loss([], [])


def import_ids(context: StepContext) -> None:
    """The ids of all films, from the newest daily export."""
    found = find_export(context)
    force = bool(context.options.get("force"))
    # One of a day that has yet to come was merged by a clock that was ahead.
    merged = TmdbExport.objects.filter(date__lte=timezone.now().date())
    newest = merged.order_by("-date").first()
    if newest and newest.date > found.date and not force:
        log.info("the export of %s is older than that of %s: left alone", found.date, newest.date)
        return
    with export_merge.staged_export():
        broken = stage_file(context, found, line_parsers.parse_export, export_merge.stage_lines)
        movies = export_merge.finish_staging()
        if not movies:
            raise found.reject("it lists no film")
        context.progress.begin("merging the export", "films", movies)
        loss = without_broken_lines(export_merge.find_loss(found.date), broken)
        refusal = check_loss(context, found, loss)
        merge_export(context, found, NO_LOSS if refusal else loss, movies, broken)
    export.remove_old(settings.EXPORT_DIR)
    if refusal:
        raise refusal


def check_loss(
    context: StepContext, found: export.Export, loss: export_merge.Loss
) -> LossTooGreat | None:
    """The refusal where these films may not leave; all else that the export says may come in."""
    what, now = f"the export of {found.date} has lost", timezone.now()
    accepted = context.accepted_loss(ImportRun.Kind.IDS)
    try:
        removals.refuse_mass_removal(
            loss.living, ledger.count_living(), what, now, accepted=accepted
        )
    except LossTooGreat as refusal:
        return LossTooGreat(f"{refusal}; what is new in it has come in", lost=refusal.lost)
    return None


def find_export(context: StepContext) -> export.Export:
    place = settings.TMDB_FILES_URL, settings.EXPORT_DIR
    if day := context.options.get("date"):
        return export.download_day(*place, datetime.date.fromisoformat(day), context.progress)
    return export.download_newest(*place, timezone.now().date(), context.progress)


def without_broken_lines(loss: export_merge.Loss, broken: list[BrokenLine]) -> export_merge.Loss:
    """The loss without the films whose lines are only broken."""
    listed = {line.movie_id for line in broken}
    if None in listed:
        log.warning("a broken line may be any film: films that vanished are not marked this time")
        return NO_LOSS
    return export_merge.Loss(
        ids=[movie_id for movie_id in loss.ids if movie_id not in listed],
        living=[movie_id for movie_id in loss.living if movie_id not in listed],
    )


def merge_export(
    context: StepContext,
    found: export.Export,
    loss: export_merge.Loss,
    movies: int,
    broken: list[BrokenLine],
) -> None:
    now = timezone.now()
    with transaction.atomic():
        export_merge.merge(found.date)
        export_merge.mark_unlisted(loss)
        is_accepted = context.accepted_loss(ImportRun.Kind.IDS) > 0
        removals.remove_deleted(loss.living, now, is_accepted=is_accepted)
        TmdbExport.objects.update_or_create(
            date=found.date, defaults={"movies": movies, "merged_at": now}
        )
        record_broken_lines(context, ImportRun.Kind.IDS, broken)
        ImportFailure.objects.resolve_lines(context.run, ImportRun.Kind.IDS)
        context.progress.write(movies, failed=len(broken))
    log.info("merged the export of %s: %s films, %s lost", found.date, movies, len(loss.living))
