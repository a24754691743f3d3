"""When the API is asked: what a reader gets is at most GHIBLI_MAX_AGE_SECONDS old, or says so.

    is it old enough?  →  hold the row  →  is it still?  →  fetch  →  parse  →  save  →  commit

One process asks for any number of readers in any number of processes: they wait for the row,
and find the work done. The transaction is open while the API is asked: for no longer than
GHIBLI_TIMEOUT_SECONDS, and it ends with its process, whatever ends that.
"""

import datetime
import logging
from collections.abc import Callable

import psycopg
from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone

from ghibli import client
from ghibli.errors import RefreshFailed
from ghibli.models import Failure, Refresh
from ghibli.parse import parse
from ghibli.save import save
from refresh.database import limit_wait, use_primary

log = logging.getLogger(__name__)


def current() -> Refresh:
    """For whoever is about to read the films: how current they are, renewed first if need be."""
    refresh = Refresh.objects.current()
    return renewed(lambda refresh: refresh.is_due, log_failure) if refresh.is_due else refresh


def refresh_now() -> Refresh:
    """Ask the API, fresh or not, unless somebody else does so just now; the answer says what
    failed, and nothing is logged."""
    begun = timezone.now()
    return renewed(
        lambda refresh: refresh.fetched_at is None or refresh.fetched_at < begun, lambda _: None
    )


def log_failure(failure: RefreshFailed) -> None:
    log.warning("Studio Ghibli's films could not be renewed: %s", failure)


def renewed(
    is_due: Callable[[Refresh], bool], on_failure: Callable[[RefreshFailed], None]
) -> Refresh:
    """The refresh after a new one, if with the row in hand it is still due."""
    use_primary()
    try:
        with transaction.atomic():
            limit_wait(settings.GHIBLI_TIMEOUT_SECONDS)
            refresh = Refresh.objects.lock()
            if is_due(refresh):
                renew(refresh, on_failure)
            return refresh
    except OperationalError as error:
        if not isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
            raise
        return Refresh.objects.current()


def renew(refresh: Refresh, on_failure: Callable[[RefreshFailed], None]) -> None:
    """Replace the films by what the API has now; what fails is recorded and changes nothing."""
    asked_at = timezone.now()
    try:
        films, people = client.fetch(settings.GHIBLI_API_URL, settings.GHIBLI_TIMEOUT_SECONDS)
        catalogue = parse(films, people)
    except RefreshFailed as failure:
        on_failure(failure)
        Failure.objects.record([failure])
        refresh.fail(str(failure))
        return
    refresh.succeed(asked_at, save(catalogue))
    Failure.objects.record(catalogue.problems)
    Failure.objects.resolve_but(catalogue.problems)
    kept = datetime.timedelta(days=settings.KEEP_FAILURES_DAYS)
    Failure.objects.filter(resolved_at__lt=timezone.now() - kept).delete()
