"""IMDb's ratings: download the file → stage its lines → swap them in → weigh the titles."""

import logging

from django.conf import settings
from django.db import transaction

from importer.errors import LossTooGreat
from importer.files import imdb, line_parsers
from importer.models import ImportRun
from importer.removals import how_to_accept
from importer.runs.context import StepContext
from importer.steps.stage_file import record_broken_lines, stage_file
from importer.store import imdb_ratings
from movies.derived import person_weights, title_weights
from movies.models import ImdbRating

log = logging.getLogger(__name__)

# Of the ratings that there are; more at once is a broken file, not a clean-up.
GREATEST_LOSS = 0.05


def import_imdb_ratings(context: StepContext) -> None:
    """IMDb's ratings of all titles."""
    found = imdb.download_ratings(
        settings.IMDB_DATASETS_URL, settings.EXPORT_DIR, context.progress
    )
    with imdb_ratings.staged_ratings():
        broken = stage_file(context, found, line_parsers.parse_imdb, imdb_ratings.stage_lines)
        titles = imdb_ratings.finish_staging()
        # Where there are none yet, a file without any loses nothing.
        if not titles and ImdbRating.objects.exists():
            raise found.reject("it holds no rating")
        raise_if_loss_too_great(context)
        context.progress.begin("swapping in IMDb's file", "titles", titles)
        with context.noting_postponed_swaps():
            imdb_ratings.swap_staged_in(context.progress.check)
    with transaction.atomic():
        record_broken_lines(context, ImportRun.Kind.IMDB_RATINGS, broken)
        context.progress.write(titles, failed=len(broken))
    context.progress.begin("weighing titles and people", "titles")
    weighed = title_weights.update_title_weights()
    people = person_weights.update_person_weights()
    log.info(
        "%s titles with IMDb's ratings; %s names and %s people have another weight",
        *(titles, weighed, people),
    )


def raise_if_loss_too_great(context: StepContext) -> None:
    """LossTooGreat when the file has lost more than a clean-up would, and than was accepted."""
    lost, known = imdb_ratings.count_lost(), ImdbRating.objects.count()
    accepted = context.accepted_loss(ImportRun.Kind.IMDB_RATINGS)
    if lost > max(GREATEST_LOSS * known, accepted):
        raise LossTooGreat(
            f"IMDb's file has lost {lost:,} of {known:,} ratings, more than {GREATEST_LOSS:.0%}: "
            f"nothing was changed; {how_to_accept(accepted)}",
            lost=lost,
        )
