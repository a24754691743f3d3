"""The details of films: for what is due, first those discovered, then the most popular:
fetch → parse → save."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator
from typing import NoReturn

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from importer import removals
from importer.errors import (
    FetchFailed,
    ItemFailed,
    LossTooGreat,
    MovieExcluded,
    NoSuchMovie,
    StepFailed,
    TmdbUnavailable,
)
from importer.models import ImportRun
from importer.runs.context import StepContext
from importer.steps.ranking import rebuild_lists, rebuild_words
from importer.store import ledger
from importer.store.batch import Batch, save_batch
from importer.tmdb import fetch
from importer.tmdb.connection import CONNECTIONS
from importer.tmdb.parse_movie import parse_movie

log = logging.getLogger(__name__)

BATCH_FILMS = 200
BATCH_SECONDS = 2.0
# While films come in, the lists and what searches read are made anew this often; less often, where
# that would take more than its share of the time. It may take more while those come in that were
# discovered: the lists change by every one of them, and are soon made.
RANKING_SECONDS, VOCABULARY_SECONDS = 5.0, 300.0
REBUILDING_SHARE, DISCOVERED_SHARE = 0.05, 0.2
# How long they may wait for readers meanwhile.
REBUILDING_PATIENCE_SECONDS = 10.0
# So many films in a row that TMDB did not answer for are no longer the films' fault.
OUTAGE_FILMS = 100


def import_movies(context: StepContext) -> None:
    """The details of every film that is due."""
    now = timezone.now()
    wanted: Collection[int] = context.options.get("ids", [])
    if wanted:
        ledger.add_unknown_ids(wanted, now)
    else:
        ledger.mark_future_due(now)
        wanted = ledger.due_ids(
            now, context.options.get("limit"), with_failures=context.run.is_by_hand
        )
    most_popular = ledger.most_popular()
    context.progress.begin("fetching films", "films", len(wanted))
    context.prefetch.end()
    halt = threading.Event()
    client = context.tmdb_client(halt)
    outage = OutageDetector()
    rebuilds = Rebuild(rebuild_lists, RANKING_SECONDS), Rebuild(rebuild_words, VOCABULARY_SECONDS)
    discovered = ledger.due_first(now).count()
    done = 0
    with fetch.fetch_concurrently(
        wanted,
        lambda movie_id: context.prefetch.take(movie_id) or client.movie(movie_id),
        threads=CONNECTIONS,
        halt=halt,
    ) as results:
        for batch in gather_batches(results, outage, context.progress.check):
            done += len(batch)
            with transaction.atomic():
                saved, failed = save_batch(context.run, batch, timezone.now(), most_popular)
                context.progress.write(done, failed=failed, fetched=saved)
            context.progress.check()
            outage.check()
            if discovered and done >= discovered and not ledger.due_first(now).exists():
                discovered = 0
                for rebuild in rebuilds:
                    rebuild.hasten()
            if done < len(wanted):
                for rebuild in rebuilds:
                    rebuild.run_if_due(
                        context, DISCOVERED_SHARE if discovered else REBUILDING_SHARE
                    )
    remove_films(context)
    if done and outage.unavailable_in_a_row == done:
        outage.raise_step_failed()


class Rebuild:
    """Makes derived tables anew while films come in, every now and then."""

    def __init__(self, rebuild: Callable[[StepContext, float], None], seconds: float) -> None:
        self.rebuild = rebuild
        self.seconds = seconds
        self.next = time.monotonic() + seconds

    def hasten(self) -> None:
        self.next = time.monotonic()

    def run_if_due(self, context: StepContext, share: float) -> None:
        """`share` is the part of the time that it may take."""
        begun = time.monotonic()
        if begun >= self.next:
            self.run(context)
            now = time.monotonic()
            self.next = now + max(self.seconds, (now - begun) / share)

    def run(self, context: StepContext) -> None:
        """The fetching goes on if it cannot be done."""
        try:
            self.rebuild(context, REBUILDING_PATIENCE_SECONDS)
        except (DatabaseError, StepFailed) as error:
            if not connection.is_usable():
                raise
            context.progress.check()  # the statement may have been cancelled for it
            log.warning("the lists could not be made anew: %s", error)
            context.run.add_note(f"The lists could not be made anew while films came in: {error}")


def remove_films(context: StepContext) -> None:
    """What TMDB has no longer, and what is too old; LossTooGreat, where one is, after both."""
    accepted = context.accepted_loss(ImportRun.Kind.MOVIES)
    refusals = []
    for remove in (removals.remove_confirmed, removals.remove_expired):
        try:
            remove(timezone.now(), accepted=accepted)
        except LossTooGreat as refusal:
            refusals.append(refusal)
    if refusals:
        words = "; ".join(map(str, refusals))
        raise LossTooGreat(words, lost=max(refusal.lost for refusal in refusals))


def gather_batches(
    results: Iterator[fetch.FetchResult | None],
    outage: "OutageDetector",
    check: Callable[[], None],
) -> Iterator[Batch]:
    """The results parsed and gathered, for at most BATCH_SECONDS or BATCH_FILMS."""
    batch = Batch()
    begun = time.monotonic()
    for result in results:
        if result is None:
            check()
        else:
            outage.observe(result)
            add_result(batch, result)
        if len(batch) >= BATCH_FILMS or (batch and time.monotonic() - begun >= BATCH_SECONDS):
            yield batch
            batch, begun = Batch(), time.monotonic()
    if batch:
        yield batch


def add_result(batch: Batch, result: fetch.FetchResult) -> None:
    if isinstance(result.failure, NoSuchMovie):
        batch.not_found.append(result.movie_id)
    elif result.failure:
        batch.failures.append((result.movie_id, result.failure))
    else:
        try:
            movie = parse_movie(result.body, result.movie_id)
        except MovieExcluded:
            batch.excluded.append(result.movie_id)
        except ItemFailed as failure:
            batch.failures.append((result.movie_id, failure))
        else:
            batch.movies.append((movie, result.body))


class OutageDetector:
    """Notices when it is TMDB that fails and no longer single films."""

    def __init__(self) -> None:
        # Failed films since the last one that TMDB answered for, and those it did not answer for.
        self.in_a_row = 0
        self.unavailable_in_a_row = 0
        self.last: FetchFailed | None = None

    def observe(self, result: fetch.FetchResult) -> None:
        failure = result.failure
        if failure is None or isinstance(failure, NoSuchMovie):
            self.in_a_row = self.unavailable_in_a_row = 0
            return
        self.in_a_row, self.last = self.in_a_row + 1, failure
        is_unavailable = isinstance(failure, TmdbUnavailable)
        self.unavailable_in_a_row = self.unavailable_in_a_row + 1 if is_unavailable else 0

    def check(self) -> None:
        if self.in_a_row >= OUTAGE_FILMS:
            self.raise_step_failed()

    def raise_step_failed(self) -> NoReturn:
        raise StepFailed(
            f"TMDB failed for {self.in_a_row} films in a row, the last time with: {self.last}"
        )
