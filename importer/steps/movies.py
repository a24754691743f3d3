"""The details of films: for what is due, the most popular first: fetch → parse → save."""

import datetime
import threading
import time
from collections.abc import Callable, Iterator
from typing import NoReturn

from django.db import transaction
from django.utils import timezone

from importer.errors import ItemFailed, LeftOut, NoSuchMovie, OutOfReach, StepFailed
from importer.runs.context import Attempt
from importer.store import catalogue, ledger
from importer.store.batch import Batch, save_batch
from importer.tmdb import concurrent, parse
from importer.tmdb.client import CONNECTIONS
from movies.derived import ranking

BATCH_FILMS = 200
BATCH_SECONDS = 2.0
# While films come in, the lists are made anew this long after the start, and this often.
FIRST_RANKING_SECONDS = 120.0
RANKING_SECONDS = 600.0
# So many films in a row that TMDB did not answer for are no longer the films' fault.
OUTAGE_FILMS = 100


def import_movies(attempt: Attempt) -> None:
    """The details of every film that is due."""
    now = timezone.now()
    if wanted := attempt.run.options.get("ids"):
        ledger.add_unknown_ids(wanted, now)
    else:
        wanted = ledger.due_ids(
            now, attempt.run.options.get("limit"), with_failures=attempt.run.is_by_hand
        )
    most_popular = ledger.most_popular()
    attempt.progress.begin("fetching films", "films", len(wanted))
    halt = threading.Event()
    outage = Outage()
    next_ranking = time.monotonic() + FIRST_RANKING_SECONDS
    done = 0
    with concurrent.fetching(
        wanted, attempt.client(halt).movie, threads=CONNECTIONS, halt=halt
    ) as answers:
        for batch in batches(answers, outage, attempt.progress.check):
            done += len(batch)
            with transaction.atomic():
                saved, failed = save_batch(attempt.run, batch, timezone.now(), most_popular)
                attempt.progress.write(done, failed=failed, fetched=saved)
            attempt.progress.check()
            outage.check()
            if time.monotonic() >= next_ranking:
                ranking.rebuild_ranking(attempt.progress.check)
                next_ranking = time.monotonic() + RANKING_SECONDS
    expire_details(timezone.now())
    if done and outage.in_a_row == done:
        outage.declare()


def expire_details(now: datetime.datetime) -> None:
    """What could not be fetched for six months may be kept no longer, and waits to be fetched."""
    expired = ledger.expired_ids(now)
    with transaction.atomic():
        catalogue.remove_movies(expired)
        ledger.mark_unfetched(expired)


def batches(
    answers: Iterator[concurrent.Answer | None], outage: "Outage", check: Callable[[], None]
) -> Iterator[Batch]:
    """The answers read and gathered, for at most BATCH_SECONDS or BATCH_FILMS."""
    batch = Batch()
    begun = time.monotonic()
    for answer in answers:
        if answer is None:
            check()
        else:
            outage.heed(answer)
            add(batch, answer)
        if len(batch) >= BATCH_FILMS or (batch and time.monotonic() - begun >= BATCH_SECONDS):
            yield batch
            batch, begun = Batch(), time.monotonic()
    if batch:
        yield batch


def add(batch: Batch, answer: concurrent.Answer) -> None:
    if isinstance(answer.failure, NoSuchMovie):
        batch.gone.append(answer.movie_id)
    elif answer.failure:
        batch.failures.append((answer.movie_id, answer.failure))
    else:
        try:
            movie = parse.parse_movie(answer.body, answer.movie_id)
        except LeftOut:
            batch.gone.append(answer.movie_id)
        except ItemFailed as failure:
            batch.failures.append((answer.movie_id, failure))
        else:
            batch.movies.append((movie, answer.body))


class Outage:
    """Notices when it is TMDB that fails and no longer single films."""

    def __init__(self) -> None:
        self.in_a_row = 0
        self.last: OutOfReach | None = None

    def heed(self, answer: concurrent.Answer) -> None:
        if isinstance(answer.failure, OutOfReach):
            self.in_a_row, self.last = self.in_a_row + 1, answer.failure
        else:
            self.in_a_row = 0

    def check(self) -> None:
        if self.in_a_row >= OUTAGE_FILMS:
            self.declare()

    def declare(self) -> NoReturn:
        raise StepFailed(
            f"TMDB failed for {self.in_a_row} films in a row, the last time with: {self.last}"
        )
