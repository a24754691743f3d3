"""What is due when, by the database and the clock."""

import datetime

import pytest

from importer.models import ImportRun, TmdbMovie
from importer.schedule import due_kind, request_due
from tests.conftest import RunImport

pytestmark = pytest.mark.django_db

MORNING = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def ended(kind: str, state: str, at: datetime.datetime) -> ImportRun:
    """A run that took a minute and ended then."""
    return ImportRun.objects.create(
        kind=kind,
        state=state,
        requested_how="worker",
        created_at=at - HOUR / 60,
        started_at=at - HOUR / 60,
        finished_at=at,
    )


def due_film(at: datetime.datetime) -> TmdbMovie:
    return TmdbMovie.objects.create(id=1, popularity=1.0, known_at=at, due_at=at)


def test_a_service_that_never_ran_begins_with_daily() -> None:
    assert due_kind(MORNING) == "daily"


def test_daily_is_due_once_for_every_export() -> None:
    ended("daily", "succeeded", MORNING)

    assert due_kind(MORNING + HOUR) is None
    tomorrow = MORNING + 24 * HOUR
    assert due_kind(tomorrow.replace(hour=7, minute=59)) is None
    assert due_kind(tomorrow.replace(hour=8, minute=0)) == "daily"


def test_the_clock_that_counts_is_utc() -> None:
    ended("daily", "succeeded", MORNING)
    elsewhere = datetime.timezone(datetime.timedelta(hours=-8))
    tomorrow = MORNING + 24 * HOUR

    assert due_kind(tomorrow.replace(hour=7).astimezone(elsewhere)) is None
    assert due_kind(tomorrow.replace(hour=8).astimezone(elsewhere)) == "daily"


def test_a_failed_daily_is_tried_again_after_an_hour() -> None:
    ended("daily", "failed", MORNING)

    assert due_kind(MORNING + HOUR / 2) is None
    assert due_kind(MORNING + HOUR) == "daily"


def test_a_cancelled_daily_waits_for_the_next_export() -> None:
    ended("daily", "cancelled", MORNING)

    assert due_kind(MORNING + 5 * HOUR) is None
    assert due_kind(MORNING + 24 * HOUR) == "daily"


def test_an_interrupted_daily_is_gone_on_with_at_once() -> None:
    ended("daily", "interrupted", MORNING)

    assert due_kind(MORNING + HOUR / 60) == "daily"


def test_films_that_became_due_are_fetched_every_two_hours() -> None:
    ended("daily", "succeeded", MORNING)
    due_film(MORNING + HOUR)

    assert due_kind(MORNING + HOUR) is None
    assert due_kind(MORNING + 2 * HOUR) == "movies"


def test_without_due_films_there_is_nothing_to_fetch() -> None:
    ended("daily", "succeeded", MORNING)
    due_film(MORNING + 20 * HOUR)

    assert due_kind(MORNING + 4 * HOUR) is None


@pytest.mark.parametrize("state", ["queued", "running"])
def test_while_a_run_is_active_nothing_is_due_and_nothing_is_lost(state: str) -> None:
    active = ImportRun.objects.create(kind="movies", state=state, requested_how="admin")

    assert due_kind(MORNING) is None
    active.finish(ImportRun.State.SUCCEEDED)
    assert due_kind(MORNING) == "daily"


def test_asking_twice_requests_one_run() -> None:
    request_due(MORNING)
    request_due(MORNING)

    run = ImportRun.objects.get()
    assert (run.kind, run.state, run.requested_how) == ("daily", "queued", "worker")


def test_run_import_due_runs_what_is_due_and_then_has_nothing_to_do(
    run_import: RunImport,
) -> None:
    run = run_import("--due")
    assert (run.kind, run.state, run.requested_how) == ("daily", "succeeded", "cron")

    run_import("--due")
    assert ImportRun.objects.count() == 1


def test_run_import_due_leaves_an_active_run_alone(run_import: RunImport) -> None:
    active = ImportRun.objects.create(kind="movies", requested_how="admin")

    assert run_import("--due") == active
    assert ImportRun.objects.get().state == "queued"
