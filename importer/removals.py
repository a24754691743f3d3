"""The one door by which films leave the catalogue: TMDB's 404, an export's loss, their age.

One rule guards it: a run takes out none at all where it would take out more than anybody would
clean up at once, because then it is what it was told that is broken, and not so many films. What
is refused waits for somebody who accepts it: `--force`, or the button in /admin.
"""

import datetime
import logging
from collections.abc import Sequence

from django.db import transaction

from importer.errors import LossTooGreat
from importer.models import TmdbMovie
from importer.store import catalogue, ledger

log = logging.getLogger(__name__)

# Of the living films; fewer than the number may always leave, but never half of a small catalogue.
GREATEST_SHARE = 0.05
FEW = 20
SMALL = 10
# How many of the ids the refusal names.
NAMED = 10


def check(movie_ids: Sequence[int], what: str, *, force: bool) -> None:
    """LossTooGreat where these are more films than may leave at once, unless it is forced.

    `what` says what has happened to them, as in "the export of 2026-11-27 has lost".
    """
    living = TmdbMovie.objects.filter(gone_at__isnull=True).count()
    if force or not is_too_many(len(movie_ids), living):
        return
    first = ", ".join(map(str, sorted(movie_ids)[:NAMED]))
    raise LossTooGreat(
        f"{what} {len(movie_ids):,} of {living:,} films, more than {GREATEST_SHARE:.0%}: "
        f"nothing was changed; the first are {first}; --force accepts the loss"
    )


def is_too_many(leaving: int, living: int) -> bool:
    is_half = living >= SMALL and 2 * leaving >= living
    return leaving > GREATEST_SHARE * living and (leaving >= FEW or is_half)


def remove_deleted(movie_ids: Sequence[int], now: datetime.datetime) -> None:
    """Films that TMDB has no longer leave every answer, with a tombstone in the ledger."""
    with transaction.atomic():
        catalogue.remove_movies(movie_ids)
        ledger.mark_deleted(movie_ids, now)


def remove_confirmed(now: datetime.datetime, *, force: bool) -> None:
    """Take out what TMDB has said often enough that it does not have; LossTooGreat."""
    movie_ids = ledger.confirmed_deleted_ids()
    check(movie_ids, "TMDB says that it has no longer", force=force)
    remove_deleted(movie_ids, now)


def remove_expired(now: datetime.datetime, *, force: bool) -> None:
    """What could not be fetched for six months may be kept no longer, and waits to be fetched."""
    movie_ids = ledger.expired_ids(now)
    check(movie_ids, "TMDB's terms allow no details as old as those of", force=force)
    with transaction.atomic():
        catalogue.remove_movies(movie_ids)
        ledger.mark_unfetched(movie_ids)
