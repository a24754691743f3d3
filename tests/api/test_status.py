"""GET /api/v1/status/: how complete the catalogue is, and what its imports are doing."""

import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from pytest_django import Settings

from importer.models import ImportRun
from tests.api.refusals import detail
from tests.conftest import RunImport
from tests.films import unlist
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

URL = "/api/v1/status/"
KEYS = [
    "known",
    "fetched",
    "due",
    "gone",
    "open_failures",
    "oldest_days",
    "running",
    "last_runs",
]
RUN_KEYS = [
    "kind",
    "state",
    "step",
    "unit",
    "done",
    "total",
    "rate",
    "seconds_left",
    "failed",
    "created_at",
    "started_at",
    "heartbeat_at",
    "progressed_at",
    "finished_at",
]


def status(client: Client) -> dict[str, Any]:
    # The counts are a few seconds old at other times.
    cache.clear()
    response = client.get(URL)
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


def figures(client: Client) -> dict[str, int]:
    answer = status(client)
    return {key: answer[key] for key in KEYS[:5]}


@pytest.mark.django_db
def test_before_the_first_import_there_is_nothing(client: Client) -> None:
    assert status(client) == {
        "known": 0,
        "fetched": 0,
        "due": 0,
        "gone": 0,
        "oldest_days": None,
        "open_failures": 0,
        "running": None,
        "last_runs": {},
    }


def test_the_answer_has_the_shape_that_is_promised(client: Client, run_import: RunImport) -> None:
    run_import("daily")

    answer = status(client)
    assert set(answer) == set(KEYS)
    assert list(answer["last_runs"]["daily"]) == RUN_KEYS


def test_the_figures_follow_the_import(
    client: Client, run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    nothing = dict.fromkeys(KEYS[:5], 0)
    run_import("reference")
    assert figures(client) == nothing

    run_import("ids")
    assert figures(client) == nothing | {"known": 12, "due": 12}

    run_import("movies", "--limit", 5)
    assert figures(client) == nothing | {"known": 12, "fetched": 5, "due": 7}

    del source.films[12]
    unlist(12)
    sandbox.faults.only = {11: "nul"}
    run_import("movies")
    assert figures(client) == nothing | {
        "known": 11,
        "fetched": 10,
        "gone": 1,
        "open_failures": 1,
    }


def test_the_last_run_of_each_kind_is_told(
    client: Client, run_import: RunImport, sandbox: Sandbox
) -> None:
    run_import("ids")
    run_import("movies", "--limit", 5)
    sandbox.faults.only = {11: "nul"}
    last = run_import("movies")

    runs = status(client)["last_runs"]

    assert set(runs) == {"ids", "movies"}
    told = runs["movies"]
    assert (told["kind"], told["state"], told["step"]) == ("movies", "succeeded", "fetching films")
    assert (told["done"], told["total"], told["unit"], told["failed"]) == (7, 7, "films", 1)
    assert parse_datetime(told["created_at"]) == last.created_at
    assert parse_datetime(told["finished_at"]) == last.finished_at


def test_nothing_runs_between_runs(client: Client, run_import: RunImport) -> None:
    run_import("daily")

    assert status(client)["running"] is None


def begun(kind: str, **fields: str) -> ImportRun:
    now = timezone.now()
    return ImportRun.objects.create(
        kind=kind, state="running", started_at=now, heartbeat_at=now, **fields
    )


@pytest.mark.django_db
def test_a_running_run_tells_how_far_it_is_and_how_long_it_will_take(client: Client) -> None:
    run = begun("movies", requested_how="command", requested_by="somebody")
    run.begin_step("fetching films", "films", 9752, 0)
    run.advance(1752, rate=40.0, failed=3, fetched=0)

    running = status(client)["running"]

    assert list(running) == RUN_KEYS
    assert (running["kind"], running["state"]) == ("movies", "running")
    assert (running["step"], running["unit"]) == ("fetching films", "films")
    assert (running["done"], running["total"], running["failed"]) == (1752, 9752, 3)
    assert (running["rate"], running["seconds_left"]) == (40.0, 200.0)
    assert running["finished_at"] is None
    started = parse_datetime(running["started_at"])
    assert started is not None
    assert timezone.now() - started < datetime.timedelta(minutes=1)


@pytest.mark.django_db
@pytest.mark.parametrize(("total", "rate"), [(None, 40.0), (100, None), (100, 0.0)])
def test_nobody_knows_how_long_without_a_total_and_a_rate(
    client: Client, total: int | None, rate: float | None
) -> None:
    run = begun("ids", requested_how="cron")
    run.begin_step("downloading", "bytes", total, 0)
    run.advance(50, rate=rate, failed=0, fetched=0)

    assert status(client)["running"]["seconds_left"] is None


@pytest.mark.django_db
def test_a_step_that_has_done_more_than_it_thought_is_at_its_end(client: Client) -> None:
    run = begun("ids", requested_how="cron")
    run.begin_step("downloading", "bytes", 100, 0)
    run.advance(150, rate=10.0, failed=0, fetched=0)

    assert status(client)["running"]["seconds_left"] == 0


def test_what_only_the_operator_should_read_is_not_told(
    client: Client, run_import: RunImport, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER", "the-operator")
    settings.TMDB_API_KEY = "a-key-that-is-refused"
    run = run_import("reference")
    assert "Invalid API key" in run.error
    assert run.requested_by == "the-operator"

    answer = status(client)

    assert answer["last_runs"]["reference"]["state"] == "failed"
    assert answer["open_failures"] == 1
    told = client.get(URL).content.decode()
    for secret in ("Invalid API key", "the-operator", "a-key-that-is-refused"):
        assert secret not in told


def test_counts_are_kept_for_a_moment_and_the_rest_is_not(
    client: Client, run_import: RunImport
) -> None:
    with CaptureQueriesContext(connection) as first:
        status(client)
    with CaptureQueriesContext(connection) as second:
        client.get(URL)

    assert (len(first), len(second)) == (4, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_can_only_be_read(client: Client, method: str) -> None:
    response = getattr(client, method)(URL)

    assert response.status_code == 405
    assert detail(response)


@pytest.mark.django_db
def test_it_takes_four_queries_and_three_while_the_counts_are_kept(client: Client) -> None:
    cache.clear()
    for expected in (4, 3):
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        assert len(queries) == expected
