"""The ledger: which films TMDB has, and what of TMDB's lists has been read."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import TypedDict, cast

from django.core.cache import cache
from django.db import models
from django.db.models import Count, Min, Q
from django.utils import timezone

# Nobody needs the ledger's figures to the second.
FIGURES_SECONDS = 10


class LedgerFigures(TypedDict):
    """How many films TMDB has, how many of them are fetched and due, and how old the oldest is."""

    known: int
    fetched: int
    due: int
    gone: int
    oldest_at: datetime.datetime | None


class Absence(StrEnum):
    """Why the catalogue does not have a film."""

    UNKNOWN = "unknown"
    NOT_FETCHED = "not_fetched"
    DELETED = "deleted"


class TmdbMovieQuerySet(models.QuerySet["TmdbMovie"]):
    """What is known of the ledger as a whole."""

    def cached_figures(self) -> LedgerFigures:
        """The figures as they were at most FIGURES_SECONDS ago."""
        kept = cache.get_or_set("ledger_figures", self.figures, FIGURES_SECONDS)
        return cast("LedgerFigures", kept)

    def figures(self) -> LedgerFigures:
        """Counts more than a million rows: in a tenth of a second."""
        living = Q(gone_at__isnull=True)
        figures = self.aggregate(
            known=Count("id", filter=living),
            fetched=Count("id", filter=living & Q(fetched_at__isnull=False)),
            due=Count("id", filter=living & Q(due_at__lte=timezone.now())),
            gone=Count("id", filter=~living),
            oldest_at=Min("fetched_at", filter=living),
        )
        return cast("LedgerFigures", figures)

    def absence(self, movie_id: int) -> Absence:
        """Why the catalogue does not have this film: for one that it does not have."""
        movie = self.filter(id=movie_id).first()
        if movie is None:
            return Absence.UNKNOWN
        return Absence.NOT_FETCHED if movie.gone_at is None else Absence.DELETED


class TmdbMovie(models.Model):
    """The ledger: every id that TMDB was ever known to have, and when its details are due.

    Kept narrow and apart from the catalogue, because the daily export touches most of its rows.
    """

    id = models.IntegerField(primary_key=True)
    popularity = models.FloatField()
    known_at = models.DateTimeField()
    # The export that listed it first (or again, after an absence); null while none lists it.
    exported_on = models.DateField(null=True)
    fetched_at = models.DateTimeField(null=True)
    # When TMDB's list of changes last made it due.
    changed_at = models.DateTimeField(null=True)
    # The tombstone: TMDB has it no longer, see importer.removals.
    gone_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    # Its place among a country's most voted films, until it is fetched: due before all others.
    discover_rank = models.SmallIntegerField(null=True)
    # Whether somebody has accepted that it is gone: see importer.removals.
    is_loss_accepted = models.BooleanField(default=False, db_default=False)
    # Attempts that failed since the last success.
    attempts = models.SmallIntegerField(default=0, db_default=0)
    # How often in a row, days apart, TMDB has said that it has no such film; and when last.
    not_found = models.SmallIntegerField(default=0, db_default=0)
    not_found_at = models.DateTimeField(null=True)

    objects = TmdbMovieQuerySet.as_manager()

    class Meta:
        db_table = "tmdb_movie"
        indexes = [
            models.Index("due_at", name="tmdb_movie_due", condition=Q(gone_at__isnull=True)),
        ]


class TmdbExport(models.Model):
    """A daily id export that has been merged into the ledger."""

    date = models.DateField(primary_key=True)
    movies = models.IntegerField()
    merged_at = models.DateTimeField()

    class Meta:
        db_table = "tmdb_export"


class TmdbChanges(models.Model):
    """TMDB's lists of changes have been read whole up to this day, which may not be over yet."""

    date = models.DateField(primary_key=True)
    read_at = models.DateTimeField()

    class Meta:
        db_table = "tmdb_changes"


class TmdbSweep(models.Model):
    """When a page of the most voted films of a country was read, by `importer.steps.discover`."""

    pk = models.CompositePrimaryKey("country", "page")
    country = models.CharField(max_length=2)
    page = models.SmallIntegerField()
    swept_at = models.DateTimeField()

    class Meta:
        db_table = "tmdb_sweep"
