"""The one door by which films leave the catalogue: TMDB's 404, an export's loss, their age.

One rule guards it: a run takes out none at all where it would take out more than anybody would
clean up at once, because then it is what it was told that is broken, and not so many films. What
is refused waits for somebody who accepts it, as much of it as was shown: `--force`, or the button
in /admin.
"""

import datetime
import logging
from collections.abc import Sequence

from django.db import transaction

from importer.errors import LossTooGreat
from importer.store import catalogue, ledger

log = logging.getLogger(__name__)

# Of the living films; fewer than the number may always leave, but never half of a small catalogue.
MAX_SHARE = 0.05
MIN_REFUSED = 20
MIN_CATALOGUE = 10
# So that a catalogue does not leave little by little, either.
WINDOW = datetime.timedelta(days=7)
# How many of the ids the refusal names.
IDS_IN_MESSAGE = 10


def refuse_mass_removal(
    movie_ids: Sequence[int], living: int, what: str, now: datetime.datetime, *, accepted: float
) -> None:
    """LossTooGreat where these, and what has left lately, are more of the `living` films than may
    leave within WINDOW, and more than somebody has `accepted`; what is accepted counts no longer
    after that.

    `what` says what has happened to them, as in "the export of 2026-11-27 has lost".
    """
    lately = ledger.removed_since(now - WINDOW)
    if accepted and len(movie_ids) <= accepted:
        ledger.accept_removals(now - WINDOW)
        return
    if not movie_ids or not is_too_many(len(movie_ids) + lately, living + lately):
        return
    first = ", ".join(map(str, sorted(movie_ids)[:IDS_IN_MESSAGE]))
    before = f" and {lately:,} have left within {WINDOW.days} days" if lately else ""
    raise LossTooGreat(
        f"{what} {len(movie_ids):,} of {living:,} films{before}, more than {MAX_SHARE:.0%}: "
        f"none of them leaves; the first are {first}; {how_to_accept(accepted)}",
        lost=len(movie_ids),
    )


def how_to_accept(accepted: float) -> str:
    """`--force accepts the loss`, after what was accepted before, if that was less."""
    before = f"{accepted:,.0f} were shown and accepted, but no more; " if accepted else ""
    return f"{before}--force accepts the loss"


def is_too_many(leaving: int, living: int) -> bool:
    is_half = living >= MIN_CATALOGUE and 2 * leaving >= living
    return leaving > MAX_SHARE * living and (leaving >= MIN_REFUSED or is_half)


def remove_deleted(movie_ids: Sequence[int], now: datetime.datetime, *, is_accepted: bool) -> None:
    """Films that TMDB has no longer leave every answer, with a tombstone in the ledger; what
    somebody has accepted does not count when the next ones are to leave."""
    with transaction.atomic():
        catalogue.remove_movies(movie_ids)
        ledger.mark_deleted(movie_ids, now, is_accepted=is_accepted)


def remove_confirmed(now: datetime.datetime, *, accepted: float) -> None:
    """Take out what TMDB has said often enough that it does not have; LossTooGreat."""
    # Ids that were never fetched take no film out of the catalogue.
    unfetched = ledger.confirmed_not_found_ids(is_fetched=False)
    remove_deleted(unfetched, now, is_accepted=True)
    movie_ids = ledger.confirmed_not_found_ids(is_fetched=True)
    what = "TMDB says that it has no longer"
    refuse_mass_removal(movie_ids, ledger.count_fetched(), what, now, accepted=accepted)
    remove_deleted(movie_ids, now, is_accepted=accepted > 0)


def remove_expired(now: datetime.datetime, *, accepted: float) -> None:
    """What could not be fetched for six months may be kept no longer, and waits to be fetched."""
    movie_ids = ledger.expired_ids(now)
    what = "TMDB's terms allow no details as old as those of"
    refuse_mass_removal(movie_ids, ledger.count_fetched(), what, now, accepted=accepted)
    with transaction.atomic():
        catalogue.remove_movies(movie_ids)
        ledger.mark_unfetched(movie_ids)
