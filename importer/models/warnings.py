"""What was odd in an answer and left out of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef

from importer.models.ledger import TmdbMovie
from importer.models.runs import ImportRun


class MovieWarningQuerySet(models.QuerySet["MovieWarning"]):
    """What is known of warnings as a whole."""

    def delete_absent(self) -> int:
        """Delete those of films that have left the catalogue; how many."""
        is_there = TmdbMovie.objects.filter(id=OuterRef("movie_id"), fetched_at__isnull=False)
        return self.filter(~Exists(is_there)).delete()[0]


class MovieWarning(models.Model):
    """A part of a film's answer that could not be used, as it came; the film is in without it.

    Kept until TMDB gives the film without it.
    """

    movie_id = models.IntegerField()
    # Where it stands in the answer, as in `credits.cast[3]`.
    part = models.TextField()
    message = models.TextField()
    # What stood there, its beginning if it is long.
    dump = models.BinaryField()
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True)
    last_at = models.DateTimeField()

    objects = MovieWarningQuerySet.as_manager()

    class Meta:
        db_table = "movie_warning"
        constraints = [
            models.UniqueConstraint(fields=["movie_id", "part"], name="movie_warning_part")
        ]
        indexes = [models.Index(models.F("last_at").desc(), name="movie_warning_last_at")]
