"""The import's own state: which films TMDB has, what ran, and what failed."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self, TypedDict, cast

from django.core.cache import cache
from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable


# How far two clocks may be apart before a time counts as one that has not come.
CLOCK_TOLERANCE = datetime.timedelta(minutes=5)
# Nobody needs the ledger's figures to the second.
FIGURES_SECONDS = 10


class ImportOptions(TypedDict, total=False):
    """What a run was asked for beside its kind: each key only where somebody asked for it."""

    # Of the export, as YYYY-MM-DD.
    date: str
    # Films to fetch at the most.
    limit: int
    # Films to fetch, due or not.
    ids: list[int]
    # Accept a file that has lost many films or ratings.
    force: bool


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
    # When TMDB's list of changes last named it.
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


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """The runs' verbs that concern more than one of them."""

    def active(self) -> Self:
        return self.filter(state__in=ImportRun.ACTIVE)

    def close_orphans(self, abandoned_before: datetime.datetime) -> int:
        """End what a dead predecessor left running, and what nobody has taken up since then.

        Only for the holder of the import lock.
        """
        running = Q(state=ImportRun.State.RUNNING)
        abandoned = Q(state=ImportRun.State.QUEUED, queued_at__lt=abandoned_before)
        return self.filter(running | abandoned).update(
            state=ImportRun.State.INTERRUPTED,
            error="the process that ran it is gone",
            finished_at=Now(),
        )

    def queue_orphans(self) -> None:
        """Put what a dead predecessor left running back; only for the holder of the lock."""
        orphans = self.filter(state=ImportRun.State.RUNNING)
        orphans.filter(resumptions__gte=ImportRun.MOST_RESUMPTIONS).update(
            state=ImportRun.State.FAILED,
            error=f"the process that ran it died {ImportRun.MOST_RESUMPTIONS} times",
            finished_at=Now(),
        )
        orphans.update(
            state=ImportRun.State.QUEUED, queued_at=Now(), resumptions=F("resumptions") + 1
        )

    def delete_ended(self, before: datetime.datetime) -> int:
        """Delete runs that ended before; the last of a kind stays, and those of open failures."""
        ended = self.filter(finished_at__isnull=False)
        last = ended.order_by("kind", "-created_at").distinct("kind").values_list("pk", flat=True)
        is_open = ImportFailure.objects.unresolved().filter(run=OuterRef("pk"))
        old = ended.filter(~Exists(is_open), finished_at__lt=before).exclude(pk__in=list(last))
        _, deleted = old.delete()
        return deleted.get("importer.ImportRun", 0)

    def last_success(self) -> ImportRun | None:
        """The last daily run that worked; one in the future was made by a clock that was ahead."""
        daily = self.filter(
            kind=ImportRun.Kind.DAILY,
            state=ImportRun.State.SUCCEEDED,
            finished_at__lte=timezone.now() + CLOCK_TOLERANCE,
        )
        return daily.order_by("-finished_at").first()

    def stale_since(self, limit: datetime.timedelta) -> datetime.datetime | None:
        """When a daily run worked last, if that is longer ago; None also before the first one."""
        last = self.last_success()
        if last is None or last.finished_at is None:
            return None
        return last.finished_at if timezone.now() - last.finished_at > limit else None

    def claim(self) -> ImportRun | None:
        """Take the queued run and make it the caller's; only for the holder of the lock."""
        run = self.filter(state=ImportRun.State.QUEUED).first()
        if run is None:
            return None
        now = timezone.now()
        run.started_at = run.started_at or now
        # A condition, because somebody may cancel it between the two statements.
        claimed = self.filter(pk=run.pk, state=ImportRun.State.QUEUED).update(
            state=ImportRun.State.RUNNING, started_at=run.started_at, heartbeat_at=now
        )
        run.refresh_from_db()
        return run if claimed else None


class ImportRun(models.Model):
    """One import from its request to its end."""

    class Kind(models.TextChoices):
        REFERENCE = "reference"
        IDS = "ids"
        DISCOVER = "discover"
        CHANGES = "changes"
        IMDB_RATINGS = "imdb_ratings", "IMDb ratings"
        MOVIES = "movies"
        RANKING = "ranking"
        CLEANUP = "cleanup"
        DAILY = "daily"

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELLED = "cancelled"
        INTERRUPTED = "interrupted"

    class Origin(models.TextChoices):
        COMMAND = "command"
        CRON = "cron"
        ADMIN = "admin"
        WORKER = "worker"

    ACTIVE = (State.QUEUED, State.RUNNING)
    # How often a run is taken up again whose process has died: it may be what kills it.
    MOST_RESUMPTIONS = 25

    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    options: models.JSONField[ImportOptions, ImportOptions] = models.JSONField(default=dict)
    requested_how = models.CharField(max_length=10, choices=Origin)
    requested_by = models.TextField(default="", blank=True)
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    # When it was last put into the queue: at its request, or when its process was told to end.
    queued_at = models.DateTimeField(default=timezone.now, db_default=Now())
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # Where it is: the step, how much of it is done (in `unit`s), and how many a second lately.
    step = models.TextField(default="", blank=True)
    unit = models.TextField(default="", blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    rate = models.FloatField(null=True)
    # Over all its steps: films fetched and saved, and what failed.
    fetched = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    resumptions = models.SmallIntegerField(default=0)
    error = models.TextField(default="", blank=True)
    # When whoever runs it was told that no daily run has worked for long since this one.
    stale_told_at = models.DateTimeField(null=True)
    # What whoever runs it should know although nothing has failed, a line each.
    notes = models.TextField(default="", db_default="", blank=True)
    # Which TMDB it asks, and as whom: see importer.schedule.
    source = models.TextField(default="", db_default="", blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        db_table = "import_run"
        get_latest_by = "created_at"
        indexes = [models.Index("kind", F("created_at").desc(), name="import_run_kind")]
        permissions = [("start_import", "Can start, cancel and repair imports")]
        constraints = [
            models.UniqueConstraint(
                models.Value(True),
                name="import_run_one_active",
                condition=Q(state__in=("queued", "running")),
            )
        ]

    def begin_step(self, step: str, unit: str, total: int | None, done: int) -> None:
        """Enter a step."""
        self.step, self.unit, self.total, self.done, self.rate = step, unit, total, done, None
        self.heartbeat_at = timezone.now()
        self.save(update_fields=["step", "unit", "total", "done", "rate", "heartbeat_at"])

    def advance(self, done: int, rate: float | None, failed: int, fetched: int) -> None:
        """Write how far the step is."""
        self.done, self.rate = done, rate
        self.failed += failed
        self.fetched += fetched
        self.heartbeat_at = timezone.now()
        self.save(update_fields=["done", "rate", "failed", "fetched", "heartbeat_at"])

    def set_source(self, source: str) -> None:
        """Say which TMDB it asks, and as whom."""
        self.source = source
        self.save(update_fields=["source"])

    def claim_stale_notice(self, now: datetime.datetime) -> bool:
        """Whether it is the caller who has to tell that no run has worked since this one."""
        # A condition, because several workers may stand by.
        untold = ImportRun.objects.filter(pk=self.pk, stale_told_at=None)
        return bool(untold.update(stale_told_at=now))

    def add_note(self, note: str) -> None:
        """Add a line to its notes, if it is not there yet."""
        if note in self.notes:
            return
        self.notes = f"{self.notes}\n{note}".strip()
        self.save(update_fields=["notes"])

    def finish(self, state: State, error: str = "") -> None:
        """Close it, unless somebody else has closed it before."""
        self.state, self.error, self.finished_at = state, error, timezone.now()
        ImportRun.objects.active().filter(pk=self.pk).update(
            state=self.state, error=self.error, finished_at=self.finished_at, failed=self.failed
        )

    def requeue(self) -> None:
        """Leave it to the next worker: it goes on with what is left."""
        ImportRun.objects.active().filter(pk=self.pk).update(
            state=ImportRun.State.QUEUED, queued_at=Now()
        )
        self.state = ImportRun.State.QUEUED

    def cancel(self) -> bool:
        """Ask it to end at its next commit; False when it has ended already."""
        active = ImportRun.objects.active().filter(pk=self.pk)
        if active.filter(state=ImportRun.State.QUEUED).update(
            state=ImportRun.State.CANCELLED, cancel_requested=True, finished_at=Now()
        ):
            return True
        return bool(active.update(cancel_requested=True))

    @property
    def seconds_left(self) -> float | None:
        """The running step's estimated time to its end; None while nobody can know."""
        if self.total is None or not self.rate:
            return None
        return max(self.total - self.done, 0) / self.rate

    @property
    def is_by_hand(self) -> bool:
        """Whether a person wants it now, rather than a schedule when its time has come."""
        return self.requested_how in {ImportRun.Origin.COMMAND, ImportRun.Origin.ADMIN}


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

    def claim_untold(self, error_type: str) -> bool:
        """Whether it is the caller who has to tell of open failures of this type."""
        untold = self.unresolved().filter(error_type=error_type, told_at=None)
        return bool(untold.update(told_at=Now()))

    def delete_resolved(self, before: datetime.datetime) -> int:
        """Delete those that were resolved before, with their dumps."""
        return self.filter(resolved_at__lt=before).delete()[0]

    def drop_dumps(self, before: datetime.datetime) -> int:
        """Forget what came with failures that were last seen before; how many had something."""
        return self.filter(last_at__lt=before, dump__isnull=False).update(dump=None)


class ImportFailure(models.Model):
    """Something that could not be fetched, read or saved, with what came as it came."""

    kind = models.CharField(max_length=20, choices=ImportRun.Kind)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="failures")
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
