"""What is due when, by the database and the clock."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from importer.models import ImportRun, TmdbMovie
from importer.schedule import due_kind, request_due, tell_if_stale
from importer.tmdb.source import tmdb_source
from movies.models import RankingState
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

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


def test_a_daily_that_failed_for_a_refused_loss_alone_waits_for_the_next_export() -> None:
    run = ended("daily", "failed", MORNING)
    run.needs_acceptance = True
    run.save()

    assert due_kind(MORNING + 5 * HOUR) is None
    assert due_kind(MORNING + 24 * HOUR) == "daily"


def test_a_refused_loss_is_told_once_and_nothing_is_done_again_for_it(
    run_import: RunImport, source: Films, sandbox: Sandbox, settings: Settings
) -> None:
    settings.NOTIFY_EMAILS = ["operator@example.org"]
    source.films = {number: film(number) for number in range(1, 61)}
    run_import("daily")
    yesterday = timezone.now() - 24 * HOUR
    TmdbMovie.objects.update(known_at=yesterday)
    ImportRun.objects.update(started_at=yesterday, finished_at=yesterday)
    for number in range(1, 31):
        del source.films[number]

    run = run_import("--due")
    assert (run.kind, run.state, run.needs_acceptance) == ("daily", "failed", True)
    asked = sandbox.requests.total()
    assert run_import("--due") == run
    assert sandbox.requests.total() == asked
    run_import("daily")
    run_import("ids")

    assert len(mail.outbox) == 1
    assert "has lost 30 of 60 films" in mail.outbox[0].body


def test_a_daily_that_failed_for_something_else_as_well_is_tried_again(
    run_import: RunImport, source: Films, settings: Settings, sandbox: Sandbox
) -> None:
    source.films = {number: film(number) for number in range(1, 61)}
    run_import("daily")
    TmdbMovie.objects.update(known_at=timezone.now() - 24 * HOUR)
    for number in range(1, 31):
        del source.films[number]
    settings.IMDB_DATASETS_URL = sandbox.url + "/nowhere"

    assert not run_import("daily").needs_acceptance


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


def test_another_key_or_address_makes_daily_due_at_once(settings: Settings) -> None:
    ended("daily", "succeeded", MORNING).set_source(tmdb_source())
    assert due_kind(MORNING + HOUR) is None

    settings.TMDB_API_TOKEN = "another"
    assert due_kind(MORNING + HOUR) == "daily"


def test_a_refused_key_is_tried_again_as_soon_as_it_is_corrected(settings: Settings) -> None:
    ended("daily", "failed", MORNING).set_source(tmdb_source())
    assert due_kind(MORNING + HOUR / 2) is None

    settings.TMDB_API_KEY = "corrected"
    assert due_kind(MORNING + HOUR / 2) == "daily"


def test_the_source_does_not_tell_the_key(settings: Settings) -> None:
    settings.TMDB_API_TOKEN = settings.TMDB_API_KEY = "a-secret"

    assert "a-secret" not in tmdb_source()


def test_what_a_clock_that_was_ahead_has_left_settles_nothing() -> None:
    ended("daily", "succeeded", MORNING + 400 * 24 * HOUR)
    assert due_kind(MORNING) == "daily"

    ended("daily", "succeeded", MORNING)
    due_film(MORNING)
    assert due_kind(MORNING + 3 * HOUR) == "movies"


def test_a_ranking_is_due_where_a_migration_has_asked_for_it() -> None:
    ended("daily", "succeeded", MORNING)
    RankingState.objects.create(is_outdated=True)

    assert due_kind(MORNING + HOUR) == "ranking"


def test_whoever_runs_it_is_told_once_that_nothing_has_worked_for_long(
    settings: Settings,
) -> None:
    settings.NOTIFY_EMAILS = ["operator@example.org"]
    now = timezone.now()
    ended("daily", "succeeded", now - 47 * HOUR)
    tell_if_stale(now)
    assert mail.outbox == []

    ImportRun.objects.update(finished_at=now - 49 * HOUR)
    tell_if_stale(now)
    tell_if_stale(now)

    assert [message.subject for message in mail.outbox] == [
        "World in Movies: no daily import has worked"
    ]


def test_what_could_not_be_told_is_tried_again_an_hour_later(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.NOTIFY_EMAILS = ["operator@example.org"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody is there
    now = timezone.now()
    ended("daily", "succeeded", now - 49 * HOUR)
    for minutes in range(3):
        tell_if_stale(now + minutes * HOUR / 60)
    assert caplog.text.count("the e-mail could not be sent") == 1

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tell_if_stale(now + HOUR / 2)
    assert mail.outbox == []
    for hours in (1, 2, 3):
        tell_if_stale(now + hours * HOUR)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 200), ("?stale=2d", 503), ("?stale=48h", 503), ("?stale=3d", 200), ("?stale=x", 400)],
)
def test_readyz_says_when_the_data_are_stale(client: Client, query: str, status: int) -> None:
    ended("daily", "succeeded", timezone.now() - 49 * HOUR)

    assert client.get(f"/readyz{query}").status_code == status


def test_the_page_and_admin_say_when_the_data_are_stale(
    client: Client, admin_client: Client
) -> None:
    now = timezone.now()
    ended("daily", "succeeded", now)
    RankingState.objects.create(ranked_at=now - 47 * HOUR)
    assert "last brought up to date" not in client.get("/").content.decode()

    ImportRun.objects.update(finished_at=now - 49 * HOUR)
    RankingState.objects.update(ranked_at=now - 49 * HOUR)
    assert "last brought up to date" in client.get("/").content.decode()
    imports = admin_client.get("/admin/importer/importrun/").content.decode()
    assert "No daily import has worked since" in imports
    assert "KEEP_RUNS_DAYS" in imports
