"""Saves what came of asking TMDB for some films: catalogue, ledger and failures in step."""

import datetime
from dataclasses import dataclass, field

from importer.errors import ItemFailed, ParseFailed, SaveFailed
from importer.models import ImportFailure, ImportRun
from importer.store import catalogue, ledger
from importer.store.failures import record_failure
from importer.store.warnings import record_warnings
from importer.tmdb.parse_movie import ParsedMovie


@dataclass
class Batch:
    """What came of asking TMDB for some films, to be saved together."""

    # Each film with the body that it was read from.
    movies: list[tuple[ParsedMovie, bytes]] = field(default_factory=list)
    # Those that TMDB has no longer, and those that are no films of the catalogue.
    not_found: list[int] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)
    failures: list[tuple[int, ItemFailed]] = field(default_factory=list)

    def __len__(self) -> int:
        unsaved = len(self.not_found) + len(self.excluded) + len(self.failures)
        return len(self.movies) + unsaved


def save_batch(
    run: ImportRun, batch: Batch, now: datetime.datetime, most_popular: float
) -> tuple[int, int]:
    """Save it within the caller's transaction; how many of its films were saved, and failed."""
    saved, refused = catalogue.save_movies([movie for movie, _ in batch.movies], now)
    bodies = {movie.id: body for movie, body in batch.movies}
    failures = batch.failures + [
        (movie_id, SaveFailed(message, dump=bodies[movie_id])) for movie_id, message in refused
    ]
    record_warnings(run, saved, now)
    ledger.mark_fetched(saved, now, most_popular)
    ledger.mark_not_found(batch.not_found, now)
    ledger.mark_excluded(batch.excluded, now)
    settled = [movie.id for movie in saved] + batch.not_found + batch.excluded
    ImportFailure.objects.resolve_movies(settled)
    for movie_id, failure in failures:
        record_failure(run, ImportRun.Kind.MOVIES, failure, movie_id=movie_id)
    ledger.postpone([movie_id for movie_id, _ in failures], now)
    # An answer that cannot be read is no 404: those before it are not in a row any more.
    ledger.mark_answered(
        [movie_id for movie_id, failure in failures if isinstance(failure, ParseFailed)]
    )
    return len(saved), len(failures)
