"""Studio Ghibli's films and people, and how current they are."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghibli.errors import Unusable

# After an attempt that failed: a dead API must not keep everybody waiting.
PAUSE = datetime.timedelta(seconds=10)


class Person(models.Model):
    """Somebody in the films, by the API's id."""

    id = models.TextField(primary_key=True)
    name = models.TextField()

    class Meta:
        db_table = "ghibli_person"


class FilmQuerySet(models.QuerySet["Film"]):
    """How films are read."""

    def listed(self) -> Self:
        """The oldest first, each with its people by name as `cast`, of {"id", "name"}.

        One statement, so that no refresh can come between films and people.
        """
        people = (
            Appearance.objects.filter(film=OuterRef("pk"))
            .order_by("person__name", "person_id")
            .values(json=JSONObject(id="person_id", name="person__name"))
        )
        oldest_first = (F("release_year").asc(nulls_last=True), "title", "id")
        return self.annotate(cast=ArraySubquery(people)).order_by(*oldest_first)


class Film(models.Model):
    """A film by the API's id, which is a UUID by habit only."""

    id = models.TextField(primary_key=True)
    title = models.TextField()
    original_title = models.TextField()
    release_year = models.SmallIntegerField(null=True)
    # Its title as the catalogue folds names: see movies.folding.
    title_key = models.TextField(default="", blank=True, db_collation="C")
    director = models.TextField()
    people = models.ManyToManyField(Person, through="Appearance", related_name="films")

    objects = FilmQuerySet.as_manager()

    # What `listed` adds; `ghibli.catalogue.with_catalogued` adds one more.
    cast: list[dict[str, str]]

    class Meta:
        db_table = "ghibli_film"


class Appearance(models.Model):
    """A person is in a film."""

    pk = models.CompositePrimaryKey("film", "person")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)

    class Meta:
        db_table = "ghibli_appearance"


CURRENT = "SELECT id, fetched_at, failed_at, error, digest FROM ghibli_refresh"


class RefreshQuerySet(models.QuerySet["Refresh"]):
    """The one row, to be read or held."""

    def current(self) -> Refresh:
        """In plain SQL: every reader asks for it, and of little else."""
        with connection.cursor() as cursor:
            cursor.execute(CURRENT)
            row = cursor.fetchone()
        return Refresh(*row) if row else Refresh()

    def lock(self) -> Refresh:
        """Hold the row until the transaction ends; whoever else wants it waits."""
        refresh, _ = self.select_for_update().get_or_create(id=1)
        return refresh


class Refresh(models.Model):
    """The one row that says how current the films are; whoever holds it may renew them."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    # When the API was asked for what is there now.
    fetched_at = models.DateTimeField(null=True)
    # The last attempt, if it failed, and why.
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)
    # Of all that `listed` gives.
    digest = models.TextField(default="", blank=True)

    objects = RefreshQuerySet.as_manager()

    class Meta:
        db_table = "ghibli_refresh"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="ghibli_refresh_is_one_row")]

    @property
    def age(self) -> datetime.timedelta | None:
        """How old the films are; None when they never came."""
        return timezone.now() - self.fetched_at if self.fetched_at else None

    @property
    def is_fresh(self) -> bool:
        limit = datetime.timedelta(seconds=settings.GHIBLI_MAX_AGE_SECONDS)
        return has_passed_at_most(limit, self.fetched_at)

    @property
    def is_due(self) -> bool:
        """Whether a reader should renew the films first."""
        return not self.is_fresh and not has_passed_at_most(PAUSE, self.failed_at)

    @property
    def etag(self) -> str:
        """Of the films alone, in the shape that this release gives them."""
        return f'W/"{self.digest or 0}-{settings.RELEASE}"'

    def succeed(self, asked_at: datetime.datetime, digest: str) -> None:
        self.fetched_at, self.digest = asked_at, digest
        self.failed_at, self.error = None, ""
        self.save()

    def fail(self, error: str) -> None:
        self.failed_at, self.error = timezone.now(), error
        self.save()


def has_passed_at_most(time: datetime.timedelta, since: datetime.datetime | None) -> bool:
    """A moment in the future counts as long past: somebody has set the clock back."""
    return since is not None and datetime.timedelta(0) <= timezone.now() - since <= time


class FailureQuerySet(models.QuerySet["Failure"]):
    """The failures' verbs."""

    def unresolved(self) -> Self:
        return self.filter(resolved_at__isnull=True)

    def record(self, problems: Iterable[Unusable]) -> None:
        """Open them, or keep them open with what came last."""
        now = timezone.now()
        failures = {str(problem): problem.dump for problem in problems}
        self.bulk_create(
            [
                self.model(message=message, dump=dump, first_at=now, last_at=now)
                for message, dump in failures.items()
            ],
            update_conflicts=True,
            unique_fields=["message"],
            update_fields=["dump", "last_at", "resolved_at"],
        )

    def resolve_but(self, problems: Iterable[Unusable]) -> None:
        """Close those that did not come up again."""
        again = [str(problem) for problem in problems]
        self.unresolved().exclude(message__in=again).update(resolved_at=timezone.now())


class Failure(models.Model):
    """An answer, or a part of one, that could not be used, with what came as it came."""

    message = models.TextField(unique=True)
    # Bytes, because jsonb and text refuse NUL and lone surrogates.
    dump = models.BinaryField(null=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    objects = FailureQuerySet.as_manager()

    class Meta:
        db_table = "ghibli_failure"
