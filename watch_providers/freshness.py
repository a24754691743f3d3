"""When TMDB is asked where a film can be watched: what a reader sees is at most a day old, or
has its age beside it.

    is it old? → claim the film → is it still? → claim a turn at TMDB → fetch → parse → store

One asks for any number of readers in any number of processes; the others get what is there. No
transaction is open while TMDB is asked, and a claim that its process does not give back runs out.
After a failure the film is left alone for a while, and TMDB as a whole if it was to blame.
"""

import datetime
import logging
import time

import psycopg
from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from importer.errors import ParseFailed
from importer.tmdb.parse_parts import ParsedAvailability, parse_watch_providers
from movies.availability import renew_availability
from movies.models import Movie
from refresh.database import limit_wait, use_primary
from watch_providers.client import RefreshFailed, TmdbFailed, fetch_watch_providers, has_key
from watch_providers.models import TMDB, Refresh

log = logging.getLogger(__name__)

MAX_AGE = datetime.timedelta(days=1)
# How long a reader waits for TMDB, and for PostgreSQL to save what it has said.
TIMEOUT_SECONDS = 2.0
SAVE_TIMEOUT_SECONDS = 0.3
# Longer than asking and saving take.
CLAIM_LIFETIME = datetime.timedelta(seconds=10)
# After a first failure, and after any number of them.
PAUSE = datetime.timedelta(seconds=10)
LONGEST_FILM_PAUSE = datetime.timedelta(days=1)
LONGEST_TMDB_PAUSE = datetime.timedelta(minutes=10)
# Of the requests a second that TMDB grants, most are the import's.
SHARE_OF_RATE = 0.05
# An import may be saving the same film.
CONCURRENT_WRITE_ERRORS = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.QueryCanceled,
    psycopg.errors.DeadlockDetected,
)


def refresh_availability(movie: Movie) -> None:
    """Ask TMDB where this film can be watched, if that is old, and nobody else is asking.

    `movie.availability_at` is then that of what is there.
    """
    if not is_due(movie.availability_at):
        return
    use_primary()
    if not Refresh.objects.claim(movie.id, CLAIM_LIFETIME):
        return
    # Somebody may have finished since the film was read.
    movie.refresh_from_db(fields=["availability_at"])
    if is_old(movie.availability_at) and claim_turn():
        renew(movie)
    else:
        Refresh.objects.release(movie.id)


def is_due(asked_at: datetime.datetime | None) -> bool:
    """Whether who reads a film of which that is known should have TMDB asked."""
    return has_key() and is_old(asked_at)


def is_old(since: datetime.datetime | None) -> bool:
    """A moment in the future counts as long past: somebody has set the clock back."""
    return since is None or not datetime.timedelta(0) <= timezone.now() - since <= MAX_AGE


def claim_turn() -> bool:
    """Whether TMDB can be asked now: not too often, and not soon after it has failed."""
    rate = settings.TMDB_REQUESTS_PER_SECOND * SHARE_OF_RATE
    pause = datetime.timedelta(seconds=1 / rate if rate else 0)
    return Refresh.objects.claim(TMDB, pause)


def renew(movie: Movie) -> None:
    """With the claims in hand: ask and save, or note what failed."""
    asked_at = timezone.now()
    begun = time.monotonic()
    try:
        found = parse(fetch_watch_providers(movie.id, TIMEOUT_SECONDS))
        store(movie, found, asked_at)
    except RefreshFailed as failure:
        note_failure(movie.id, failure, time.monotonic() - begun)
    else:
        Refresh.objects.succeed(movie.id)


def parse(body: bytes) -> ParsedAvailability:
    """Without what is odd in it; the import tells that."""
    try:
        found, _ = parse_watch_providers(body)
    except ParseFailed as error:
        raise RefreshFailed(f"answered what cannot be read: {error}") from None
    return found


def store(movie: Movie, found: ParsedAvailability, asked_at: datetime.datetime) -> None:
    try:
        with transaction.atomic():
            limit_wait(SAVE_TIMEOUT_SECONDS)
            offers = [(region, kind, ids) for (region, kind), ids in found.offers.items()]
            renew_availability(movie.id, offers, found.providers, asked_at)
    except OperationalError as error:
        if not isinstance(error.__cause__, CONCURRENT_WRITE_ERRORS):
            raise
        raise RefreshFailed("an import holds the film's row") from None
    except IntegrityError:
        raise RefreshFailed("the film has left the catalogue") from None
    movie.availability_at = asked_at


def note_failure(movie_id: int, failure: RefreshFailed, seconds: float) -> None:
    log.warning(
        "Where film %d can be watched could not be asked for (%.1f s): %s",
        movie_id,
        seconds,
        failure,
    )
    error = str(failure)
    Refresh.objects.fail(movie_id, error, pause=PAUSE, longest=LONGEST_FILM_PAUSE)
    if isinstance(failure, TmdbFailed):
        Refresh.objects.fail(
            TMDB, error, pause=PAUSE, longest=LONGEST_TMDB_PAUSE, wait=failure.wait
        )
