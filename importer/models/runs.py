"""The runs of imports: what was asked for, how far each is, and how it ended."""

from __future__ import annotations

import datetime
from typing import Self, TypedDict

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

# How far two clocks may be apart before a time counts as one that has not come.
CLOCK_TOLERANCE = datetime.timedelta(minutes=5)


class ImportOptions(TypedDict, total=False):
    """What a run was asked for beside its kind: each key only where somebody asked for it."""

    # Of the export, as YYYY-MM-DD.
    date: str
    # Films to fetch at the most.
    limit: int
    # Films to fetch, due or not.
    ids: list[int]
    # Accept a file that has lost many films or ratings, or an older export.
    force: bool
    # By steps: how great a loss of films or ratings was shown to whoever accepts it.
    accepted: dict[str, int]


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
        """Delete runs that ended before; the last of a kind stays, and those that a failure was
        last seen in: failures are kept by a time of their own."""
        ended = self.filter(finished_at__isnull=False)
        last = ended.order_by("kind", "-created_at").distinct("kind").values_list("pk", flat=True)
        old = ended.filter(finished_at__lt=before, failures=None).exclude(pk__in=list(last))
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
            state=ImportRun.State.RUNNING,
            started_at=run.started_at,
            heartbeat_at=now,
            progressed_at=now,
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
    # Of the process, and of what it does: a step that hangs has only the former.
    heartbeat_at = models.DateTimeField(null=True)
    progressed_at = models.DateTimeField(null=True)
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
    # What was odd in films that were saved, and left out of them.
    warnings = models.IntegerField(default=0, db_default=0)
    resumptions = models.SmallIntegerField(default=0)
    error = models.TextField(default="", blank=True)
    # It failed for nothing but a refused loss, which is somebody's to accept.
    needs_acceptance = models.BooleanField(default=False, db_default=False)
    # Whoever runs it could not be told how it ended, though that was another end than before.
    is_untold = models.BooleanField(default=False, db_default=False)
    # When that was last tried, and when whoever runs it was told, that no daily run has worked
    # for long since this one.
    stale_notice_at = models.DateTimeField(null=True)
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
        self.heartbeat_at = self.progressed_at = timezone.now()
        self.save(
            update_fields=[
                "step", "unit", "total", "done", "rate", "heartbeat_at", "progressed_at"
            ]
        )  # fmt: skip

    def advance(self, done: int, rate: float | None, failed: int, fetched: int) -> None:
        """Write how far the step is."""
        self.done, self.rate = done, rate
        self.failed += failed
        self.fetched += fetched
        self.heartbeat_at = self.progressed_at = timezone.now()
        self.save(
            update_fields=[
                "done",
                "rate",
                "failed",
                "fetched",
                "warnings",
                "heartbeat_at",
                "progressed_at",
            ]
        )

    def set_source(self, source: str) -> None:
        """Say which TMDB it asks, and as whom."""
        self.source = source
        self.save(update_fields=["source"])

    def claim_stale_notice(self, now: datetime.datetime, retry: datetime.timedelta) -> bool:
        """Whether it is the caller who has to tell that no run has worked since this one; what
        could not be told is tried again after `retry`."""
        # A condition, because several workers may stand by.
        untold = ImportRun.objects.filter(pk=self.pk, stale_told_at=None)
        is_due = Q(stale_notice_at=None) | Q(stale_notice_at__lte=now - retry)
        return bool(untold.filter(is_due).update(stale_notice_at=now))

    def mark_stale_told(self, now: datetime.datetime) -> None:
        """Whoever runs it knows that no run has worked since this one."""
        self.stale_told_at = now
        self.save(update_fields=["stale_told_at"])

    def mark_untold(self) -> None:
        """Whoever runs it could not be told how it ended."""
        self.is_untold = True
        self.save(update_fields=["is_untold"])

    def add_note(self, note: str) -> None:
        """Add a line to its notes, if it is not there yet."""
        if note in self.notes:
            return
        self.notes = f"{self.notes}\n{note}".strip()
        self.save(update_fields=["notes"])

    def finish(self, state: State, error: str = "", *, needs_acceptance: bool = False) -> None:
        """Close it, unless somebody else has closed it before."""
        self.state, self.error, self.finished_at = state, error, timezone.now()
        self.needs_acceptance = needs_acceptance
        ImportRun.objects.active().filter(pk=self.pk).update(
            state=self.state,
            error=self.error,
            finished_at=self.finished_at,
            failed=self.failed,
            needs_acceptance=needs_acceptance,
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
