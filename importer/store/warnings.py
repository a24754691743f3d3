"""What was left out of answers, kept as it came: the only writer of warnings."""

import datetime
from collections.abc import Iterable

from importer.models import ImportRun, MovieWarning
from importer.tmdb.parse_movie import ParsedMovie
from importer.tmdb.redaction import redact, redact_bytes
from importer.tmdb.salvage import Oddity

# A film's beyond these are only counted, and so are all beyond KEPT.
KEPT_OF_MOVIE = 20
KEPT = 10_000


def record_warnings(run: ImportRun, movies: Iterable[ParsedMovie], now: datetime.datetime) -> None:
    """Keep what was left out of these films in the place of what was the last time; count it."""
    movies = list(movies)
    MovieWarning.objects.filter(movie_id__in=[movie.id for movie in movies]).delete()
    odd = [movie for movie in movies if movie.oddities]
    if not odd:
        return
    run.warnings += sum(len(movie.oddities) for movie in odd)
    room = max(KEPT - MovieWarning.objects.count(), 0)
    found = [
        as_warning(run, movie.id, oddity, now)
        for movie in odd
        for oddity in movie.oddities[:KEPT_OF_MOVIE]
    ]
    MovieWarning.objects.bulk_create(found[:room], ignore_conflicts=True)


def as_warning(
    run: ImportRun, movie_id: int, oddity: Oddity, now: datetime.datetime
) -> MovieWarning:
    return MovieWarning(
        movie_id=movie_id,
        # PostgreSQL's text takes no NUL, and TMDB's words may be anything.
        part=oddity.part.replace("\0", "\\0"),
        message=redact(oddity.message).replace("\0", "\\0"),
        dump=redact_bytes(oddity.raw),
        run=run,
        last_at=now,
    )
