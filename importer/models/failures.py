"""What could not be fetched, read or saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from importer.models.runs import ImportRun

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable


class ImportFailureQuerySet(models.QuerySet["ImportFailure"]):
    """What is known of failures that are still open."""

    def unresolved(self) -> Self:
        return self.filter(resolved_at__isnull=True)

    def resolve_movies(self, movie_ids: Iterable[int]) -> None:
        """Close those of films that have been fetched and saved, or are known to be gone."""
        films = self.unresolved().filter(kind=ImportRun.Kind.MOVIES, movie_id__in=list(movie_ids))
        films.update(resolved_at=Now())

    def resolve_earlier(self, run: ImportRun, kind: str) -> None:
        """Close those of a step, and of its file's lines, that did not come up in this run."""
        steps = self.unresolved().filter(kind=kind, movie_id__isnull=True)
        steps.exclude(run=run).update(resolved_at=Now())

    def resolve_lines(self, run: ImportRun, kind: str) -> None:
        """Close those of its file's lines alone."""
        lines = self.unresolved().filter(kind=kind, line_number__isnull=False)
        lines.exclude(run=run).update(resolved_at=Now())

    def untold(self, error_type: str) -> Self:
        """Open ones of this type that nobody has been told of."""
        return self.unresolved().filter(error_type=error_type, told_at=None)

    def mark_told(self) -> None:
        """Whoever runs it knows of these."""
        self.update(told_at=Now())

    def refused_losses(self) -> dict[str, int]:
        """By kinds: how many films, or ratings, wait for somebody to accept that they leave."""
        refused = self.unresolved().values_list("kind", "lost")
        return {kind: lost for kind, lost in refused.exclude(lost=None) if lost}

    def delete_resolved(self, before: datetime.datetime) -> int:
        """Delete those that were resolved before, with their dumps."""
        return self.filter(resolved_at__lt=before).delete()[0]

    def drop_dumps(self, before: datetime.datetime) -> int:
        """Forget what came with failures that were last seen before; how many had something."""
        return self.filter(last_at__lt=before, dump__isnull=False).update(dump=None)


class ImportFailure(models.Model):
    """Something that could not be fetched, read or saved, with what came as it came."""

    kind = models.CharField(max_length=20, choices=ImportRun.Kind)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="failures")
    # TMDB's id, the line of the export, or the country; none of them where a whole step failed.
    movie_id = models.IntegerField(null=True)
    line_number = models.IntegerField(null=True)
    country = models.CharField(max_length=2, null=True)
    error_type = models.TextField()
    message = models.TextField()
    http_status = models.IntegerField(null=True)
    tmdb_code = models.IntegerField(null=True)
    # Bytes, because jsonb and text refuse NUL and lone surrogates.
    dump = models.BinaryField(null=True)
    # Of a refused loss: how many films, or ratings, would have left.
    lost = models.IntegerField(null=True)
    attempts = models.IntegerField(default=1)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    # When whoever runs it was told, of what waits for somebody.
    told_at = models.DateTimeField(null=True)

    objects = ImportFailureQuerySet.as_manager()

    class Meta:
        db_table = "import_failure"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "movie_id"],
                name="import_failure_one_open",
                condition=Q(resolved_at__isnull=True),
            )
        ]
