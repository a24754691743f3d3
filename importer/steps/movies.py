"""The details of films: for what is due, first those discovered, then the most popular:
fetch → parse → save."""

import datetime
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
from importer.steps.ranking import rank_meanwhile
from importer.store import ledger
from importer.store.batch import Batch, save_batch
from importer.tmdb import fetch
from importer.tmdb.connection import CONNECTIONS
from importer.tmdb.parse_movie import parse_movie

log = logging.getLogger(__name__)

BATCH_FILMS = 200
BATCH_SECONDS = 2.0
# While films come in, the lists are made anew this often; less often, where that would take more
# than its share of the time.
RANKING_SECONDS = 30.0
RANKING_SHARE = 0.05
# How long they may wait for readers meanwhile.
RANKING_PATIENCE_SECONDS = 10.0
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
    halt = threading.Event()
    outage = OutageDetector()
    rankings = RankingTimes(ledger.count_discovered(now))
    done = 0
    with fetch.fetch_concurrently(
        wanted, context.tmdb_client(halt).movie, threads=CONNECTIONS, halt=halt
    ) as results:
        for batch in gather_batches(results, outage, context.progress.check):
            done += len(batch)
            with transaction.atomic():
                saved, failed = save_batch(context.run, batch, timezone.now(), most_popular)
                context.progress.write(done, failed=failed, fetched=saved)
            context.progress.check()
            outage.check()
            if done < len(wanted) and rankings.has_come(done, now):
                rankings.begin()
                make_lists_meanwhile(context)
                rankings.end()
    remove_films(context)
    if done and outage.unavailable_in_a_row == done:
        outage.raise_step_failed()


class RankingTimes:
    """When the lists are made anew while films come in: when those are in that were discovered,
    and every now and then."""

    def __init__(self, discovered: int) -> None:
        self.discovered = discovered
        self.begin()
        self.end()

    def has_come(self, done: int, begun: datetime.datetime) -> bool:
        """Whether it is time, `done` films after a run that had begun then."""
        if self.discovered and done >= self.discovered and not ledger.count_discovered(begun):
            self.discovered = 0
            return True
        return time.monotonic() >= self.next

    def begin(self) -> None:
        self.begun = time.monotonic()

    def end(self) -> None:
        taken = time.monotonic() - self.begun
        self.next = time.monotonic() + max(RANKING_SECONDS, taken / RANKING_SHARE)


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


def make_lists_meanwhile(context: StepContext) -> None:
    """Make the lists anew while films come in; the fetching goes on if that cannot be done."""
    try:
        rank_meanwhile(context, RANKING_PATIENCE_SECONDS)
    except (DatabaseError, StepFailed) as error:
        if not connection.is_usable():
            raise
        context.progress.check()  # the statement may have been cancelled for it
        log.warning("the lists could not be made anew: %s", error)
        context.run.add_note(f"The lists could not be made anew while films came in: {error}")


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
