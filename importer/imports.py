"""What each kind of import does, step by step.

reference   countries, languages and genres, in one transaction
ids         download the export → stage its lines → find what is lost → merge
movies      for what is due, the most popular first: fetch → parse → save, a batch at a time
ranking     C, the standings, the vocabulary
daily       all of them in this order
"""

import datetime
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from importer import export, fetching, ledger, parse, save
from importer.errors import ItemFailed, NoSuchMovie, OutOfReach, StepFailed
from importer.models import ImportFailure, ImportRun, TmdbExport
from importer.progress import Progress
from importer.tmdb import CONNECTIONS, Client
from movies import ranking as movies_ranking
from movies import vocabulary

log = logging.getLogger(__name__)

BATCH_FILMS = 200
BATCH_SECONDS = 2.0
# While films come in, the lists are made anew this long after the start, and this often.
FIRST_RANKING_SECONDS = 120.0
RANKING_SECONDS = 600.0
# So many films in a row that TMDB did not answer for are no longer the films' fault.
OUTAGE_FILMS = 100
# Failures of lines beyond this many are only counted: the file that they are in is kept.
KEPT_BROKEN_LINES = 1000
GREATEST_BROKEN_SHARE = 0.05


@dataclass
class Attempt:
    """What a step works with: the run that it belongs to, and its reports."""

    run: ImportRun
    progress: Progress
    stop: threading.Event

    def client(self, stop: threading.Event) -> Client:
        return Client(
            settings.TMDB_API_URL,
            token=settings.TMDB_API_TOKEN,
            key=settings.TMDB_API_KEY,
            rate=settings.TMDB_REQUESTS_PER_SECOND,
            backoff=settings.TMDB_BACKOFF_SECONDS,
            stop=stop,
        )


def reference(attempt: Attempt) -> None:
    """The names of countries, languages and genres."""
    attempt.progress.begin("reference lists", "lists", 3)
    client = attempt.client(attempt.stop)
    try:
        countries = parse.parse_countries(client.countries())
        languages = parse.parse_languages(client.languages())
        genres = parse.parse_genres(client.genres())
    except ItemFailed as error:
        message = f"the reference lists cannot be used: {error}"
        raise StepFailed(
            message, http_status=error.http_status, tmdb_code=error.tmdb_code, dump=error.dump
        ) from None
    with transaction.atomic():
        save.save_countries(countries, update=True)
        save.save_languages(languages, update=True)
        save.save_genres(genres, update=True)
        attempt.progress.write(3)


def ids(attempt: Attempt) -> None:
    """The ids of all films, from the newest daily export."""
    found = find_export(attempt)
    force = bool(attempt.run.options.get("force"))
    newest = TmdbExport.objects.order_by("-date").first()
    if newest and newest.date > found.date and not force:
        log.info("the export of %s is older than that of %s: left alone", found.date, newest.date)
        return
    with ledger.staging():
        broken = stage_export(attempt, found)
        movies = ledger.close_staging()
        if not movies:
            raise export.unusable(found, "it lists no film")
        attempt.progress.begin(f"merging the export of {found.date}", "films", movies)
        loss = readable_loss(ledger.find_loss(found.date), broken)
        if loss.is_too_great and not force:
            raise StepFailed(
                f"the export of {found.date} has lost {len(loss.living):,} of {loss.known:,} "
                f"films, more than {ledger.GREATEST_LOSS:.0%}: nothing was changed; "
                "--force accepts the loss"
            )
        merge_export(attempt, found, loss, movies, broken)
    export.remove_old(settings.EXPORT_DIR)


def find_export(attempt: Attempt) -> export.Export:
    place = settings.TMDB_FILES_URL, settings.EXPORT_DIR
    if day := attempt.run.options.get("date"):
        return export.download_day(*place, datetime.date.fromisoformat(day), attempt.progress)
    return export.download_newest(*place, timezone.now().date(), attempt.progress)


def stage_export(attempt: Attempt, found: export.Export) -> list[parse.BrokenLine]:
    """Copy the export's films into the staging table; its broken lines."""
    attempt.progress.begin(f"reading {found.path.name}", "bytes", found.size)
    broken: list[parse.BrokenLine] = []
    number = 1
    for block in export.read_blocks(found, attempt.progress.report):
        lines, bad = parse.parse_export(block, number)
        ledger.stage(line for line in lines if not (line.adult or line.video))
        broken += bad
        number += block.count(b"\n")
        if len(broken) > KEPT_BROKEN_LINES and len(broken) > GREATEST_BROKEN_SHARE * number:
            why = f"{len(broken):,} of its first {number:,} lines are broken"
            raise export.unusable(found, why)
    return broken


def readable_loss(loss: ledger.Loss, broken: list[parse.BrokenLine]) -> ledger.Loss:
    """The loss without the films whose lines are only broken."""
    listed = {line.movie_id for line in broken}
    if None in listed:
        log.warning("a broken line may be any film: films that vanished are not marked this time")
        return ledger.Loss([], [], loss.known)
    return ledger.Loss(
        ids=[movie_id for movie_id in loss.ids if movie_id not in listed],
        living=[movie_id for movie_id in loss.living if movie_id not in listed],
        known=loss.known,
    )


def merge_export(
    attempt: Attempt,
    found: export.Export,
    loss: ledger.Loss,
    movies: int,
    broken: list[parse.BrokenLine],
) -> None:
    now = timezone.now()
    with transaction.atomic():
        ledger.merge(found.date)
        ledger.mark_lost(loss, now)
        save.remove_movies(loss.living)
        TmdbExport.objects.update_or_create(
            date=found.date, defaults={"movies": movies, "merged_at": now}
        )
        for line in broken[:KEPT_BROKEN_LINES]:
            failure = ItemFailed(line.message, dump=line.line)
            save.record_failure(attempt.run, ImportRun.Kind.IDS, failure, line_number=line.number)
        ImportFailure.objects.resolve_earlier(attempt.run, ImportRun.Kind.IDS)
        attempt.progress.write(movies, failed=len(broken))
    log.info("merged the export of %s: %s films, %s lost", found.date, movies, len(loss.living))


def movies(attempt: Attempt) -> None:
    """The details of every film that is due."""
    now = timezone.now()
    if wanted := attempt.run.options.get("ids"):
        ledger.know(wanted, now)
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
    with fetching.fetching(
        wanted, attempt.client(halt).movie, threads=CONNECTIONS, halt=halt
    ) as answers:
        for batch in batches(answers, outage, attempt.progress.check):
            done += len(batch)
            with transaction.atomic():
                failed = save.save_batch(attempt.run, batch, timezone.now(), most_popular)
                attempt.progress.write(done, failed)
            attempt.progress.check()
            outage.check()
            if time.monotonic() >= next_ranking:
                movies_ranking.rank(attempt.progress.check)
                next_ranking = time.monotonic() + RANKING_SECONDS


def batches(
    answers: Iterator[fetching.Answer | None], outage: "Outage", check: Callable[[], None]
) -> Iterator[save.Batch]:
    """The answers read and gathered, for at most BATCH_SECONDS or BATCH_FILMS."""
    batch = save.Batch()
    begun = time.monotonic()
    for answer in answers:
        if answer is None:
            check()
        else:
            outage.heed(answer)
            add(batch, answer)
        if len(batch) >= BATCH_FILMS or (batch and time.monotonic() - begun >= BATCH_SECONDS):
            yield batch
            batch, begun = save.Batch(), time.monotonic()
    if batch:
        yield batch


def add(batch: save.Batch, answer: fetching.Answer) -> None:
    if isinstance(answer.failure, NoSuchMovie):
        batch.gone.append(answer.movie_id)
    elif answer.failure:
        batch.failures.append((answer.movie_id, answer.failure))
    else:
        try:
            movie = parse.parse_movie(answer.body, answer.movie_id)
        except ItemFailed as failure:
            batch.failures.append((answer.movie_id, failure))
        else:
            batch.movies.append((movie, answer.body))


class Outage:
    """Notices when it is TMDB that fails and no longer single films."""

    def __init__(self) -> None:
        self.in_a_row = 0
        self.last: OutOfReach | None = None

    def heed(self, answer: fetching.Answer) -> None:
        if isinstance(answer.failure, OutOfReach):
            self.in_a_row, self.last = self.in_a_row + 1, answer.failure
        else:
            self.in_a_row = 0

    def check(self) -> None:
        if self.in_a_row >= OUTAGE_FILMS:
            raise StepFailed(
                f"TMDB failed for {self.in_a_row} films in a row, the last time with: {self.last}"
            )


def ranking(attempt: Attempt) -> None:
    """The tables that answers read."""
    attempt.progress.begin("ranking", "tables", 2)
    movies_ranking.rank(attempt.progress.check)
    attempt.progress.write(1)
    attempt.progress.check()
    vocabulary.rebuild_words(attempt.progress.check)
    attempt.progress.write(2)


STEPS: dict[str, Callable[[Attempt], None]] = {
    ImportRun.Kind.REFERENCE: reference,
    ImportRun.Kind.IDS: ids,
    ImportRun.Kind.MOVIES: movies,
    ImportRun.Kind.RANKING: ranking,
}


def steps_of(kind: str) -> list[str]:
    """The names of a kind's steps in their order."""
    return list(STEPS) if kind == ImportRun.Kind.DAILY else [kind]
