"""A clock that was an hour ahead and is put right while an import runs."""

import datetime

import pytest
from django.db.models import F, Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from importer.models import ImportFailure, ImportRun, TmdbMovie
from importer.schedule import due_kind
from movies.models import Movie
from tests.conftest import RunImport, eventually
from tests.films import film
from tests.importer.test_runs import Start, start
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

__all__ = ["start"]

HOUR = datetime.timedelta(hours=1)
FILMS = 600
TIMES: dict[type[Model], list[str]] = {
    TmdbMovie: ["known_at", "fetched_at", "due_at"],
    ImportRun: ["created_at", "queued_at", "started_at", "heartbeat_at", "progressed_at"],
}


@pytest.fixture
def world() -> Films:
    return Films([film(number) for number in range(1, FILMS + 1)])


def put_the_clock_back() -> None:
    """What has been written so far is now an hour ahead."""
    for model, fields in TIMES.items():
        model._default_manager.update(**{field: F(field) + HOUR for field in fields})


def test_a_clock_that_is_put_back_an_hour_under_an_import_costs_nothing(
    start: Start, run_import: RunImport, sandbox: Sandbox
) -> None:
    run_import("ids")
    process = start("movies")
    eventually(lambda: Movie.objects.count() > 100)

    put_the_clock_back()

    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    run = ImportRun.objects.latest()
    assert (run.state, run.failed, run.fetched) == (ImportRun.State.SUCCEEDED, 0, FILMS)
    assert Movie.objects.count() == FILMS
    assert not ImportFailure.objects.exists()
    # What seems to be of a time that has not come is due, and settles nothing.
    assert due_kind(timezone.now()) == "daily"
    sandbox.asked.clear()
    assert run_import("daily").state == ImportRun.State.SUCCEEDED
    assert 100 < len(sandbox.asked) < FILMS
    assert not TmdbMovie.objects.filter(fetched_at__gt=timezone.now()).exists()
    assert due_kind(timezone.now()) is None


@pytest.mark.django_db
def test_a_run_that_seems_to_end_before_it_began_took_no_time(admin_client: Client) -> None:
    now = timezone.now()
    run = ImportRun.objects.create(
        kind="daily", state="succeeded", requested_how="cron",
        started_at=now + HOUR, finished_at=now,
    )  # fmt: skip

    page = admin_client.get(reverse("admin:importer_importrun_change", args=[run.pk]))
    listed = admin_client.get(reverse("admin:importer_importrun_changelist"))

    assert page.status_code == listed.status_code == 200
    assert "-3600 s" not in page.content.decode() + listed.content.decode()
