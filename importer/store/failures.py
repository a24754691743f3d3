"""What could not be imported, kept with what came as it came: the only writer of failures."""

import datetime

from django.db.models import F

from importer.errors import ImportFailed, LossTooGreat
from importer.models import ImportFailure, ImportRun
from importer.tmdb.redaction import redact, redact_bytes


def record_failure(
    run: ImportRun,
    kind: str,
    error: Exception,
    *,
    movie_id: int | None = None,
    line_number: int | None = None,
    country: str | None = None,
) -> None:
    """Keep what failed, or count it once more when it is open already."""
    known = error if isinstance(error, ImportFailed) else ImportFailed(str(error))
    facts = {
        "run": run,
        "error_type": type(error).__name__,
        # PostgreSQL's text takes no NUL, and TMDB's words may be anything.
        "message": redact(str(error)).replace("\0", "\\0"),
        "http_status": known.http_status,
        "tmdb_code": known.tmdb_code,
        "lost": error.lost if isinstance(error, LossTooGreat) else None,
        "dump": None if known.dump is None else redact_bytes(known.dump),
    }
    again = ImportFailure.objects.unresolved().filter(
        kind=kind, movie_id=movie_id, line_number=line_number, country=country
    )
    now = datetime.datetime.now(datetime.UTC)
    # Of another trouble nobody has been told yet.
    again.exclude(error_type=type(error).__name__).update(told_at=None)
    if not again.update(attempts=F("attempts") + 1, last_at=now, **facts):
        ImportFailure.objects.create(
            kind=kind,
            movie_id=movie_id,
            line_number=line_number,
            country=country,
            first_at=now,
            last_at=now,
            **facts,
        )
