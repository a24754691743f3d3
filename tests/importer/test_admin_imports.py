"""The imports page: who may do what, what it says, and that it never asks more than it needs."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from importer.models import ImportFailure, ImportRun, TmdbExport, TmdbMovie
from movies.models import Country, CountryTotal
from tests.conftest import RunImport
from tests.staff import log_in
from tools.sandbox.server import Sandbox

PAGE = reverse("admin:importer_importrun_changelist")
LIVE = reverse("admin:importer_importrun_live")
START = reverse("admin:importer_importrun_start")
CANCEL = reverse("admin:importer_importrun_cancel")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def operator() -> Client:
    return log_in("view_importrun", "start_import")


@pytest.fixture
def onlooker() -> Client:
    return log_in("view_importrun")


def running(**fields: Any) -> ImportRun:
    now = timezone.now()
    values: dict[str, Any] = {
        "kind": "daily",
        "state": "running",
        "requested_how": "cron",
        "started_at": now - datetime.timedelta(minutes=2),
        "heartbeat_at": now,
        "step": "fetching films",
        "unit": "films",
        "done": 1200,
        "total": 9752,
        "rate": 39.8,
        "failed": 3,
    }
    return ImportRun.objects.create(**values | fields)


def said(client: Client, address: str, **posted: str) -> str:
    """What the imports page says after a POST there."""
    return client.post(address, posted, follow=True).content.decode()


@pytest.mark.parametrize("address", [PAGE, LIVE])
def test_who_is_not_staff_sees_nothing(client: Client, address: str) -> None:
    client.force_login(User.objects.create_user("visitor"))

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("address", [PAGE, LIVE])
def test_staff_without_the_permission_to_view_sees_nothing(address: str) -> None:
    assert log_in().get(address).status_code == 403


def test_the_index_leads_to_the_page(onlooker: Client) -> None:
    assert f'href="{PAGE}"' in onlooker.get("/admin/").content.decode()


def test_an_onlooker_sees_the_run_and_no_button(onlooker: Client) -> None:
    running()

    page = onlooker.get(PAGE).content.decode()

    assert "daily import is running" in page
    assert START not in page
    assert CANCEL not in page


@pytest.mark.parametrize("address", [START, CANCEL])
def test_an_onlooker_can_start_and_cancel_nothing(onlooker: Client, address: str) -> None:
    run = running()

    answer = onlooker.post(address, {"kind": "ranking", "run": run.pk})

    run.refresh_from_db()
    assert answer.status_code == 403
    assert ImportRun.objects.count() == 1
    assert not run.cancel_requested


@pytest.mark.parametrize("address", [START, CANCEL])
def test_nothing_is_started_or_cancelled_by_get(operator: Client, address: str) -> None:
    run = running()

    answer = operator.get(f"{address}?kind=ranking&run={run.pk}")

    run.refresh_from_db()
    assert answer.status_code == 405
    assert ImportRun.objects.count() == 1
    assert not run.cancel_requested


def test_a_post_without_the_token_is_refused(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies

    assert strict.post(START, {"kind": "daily"}).status_code == 403
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("kind", ImportRun.Kind.values)
def test_every_kind_can_be_started(operator: Client, kind: str) -> None:
    said(operator, START, kind=kind)

    run = ImportRun.objects.get()
    assert (run.kind, run.state, run.options) == (kind, "queued", {})
    assert (run.requested_how, run.requested_by) == ("admin", "operator")


def test_movies_can_be_started_with_ids(operator: Client) -> None:
    said(operator, START, kind="movies", ids=" 603, 604\n603 ")

    assert ImportRun.objects.get().options == {"ids": [603, 604]}


def test_movies_can_be_started_with_a_limit(operator: Client) -> None:
    said(operator, START, kind="movies", limit="10")

    assert ImportRun.objects.get().options == {"limit": 10}


@pytest.mark.parametrize(
    ("posted", "says"),
    [
        ({}, "kind"),
        ({"kind": "everything"}, "there is no import called everything"),
        ({"kind": "<script>"}, "there is no import called &lt;script&gt;"),
        ({"kind": "movies", "ids": "603,x"}, "&#x27;x&#x27; is not the id of a film"),
        ({"kind": "movies", "ids": "0"}, "&#x27;0&#x27; is not the id of a film"),
        ({"kind": "movies", "ids": "2147483648"}, "is not the id of a film"),
        ({"kind": "movies", "ids": "٣"}, "is not the id of a film"),
        ({"kind": "movies", "ids": "603\0"}, "is not the id of a film"),
        ({"kind": "movies", "ids": "1 " * 10_001}, "more than 10,000 ids at once"),
        ({"kind": "movies", "limit": "0"}, "limit: Ensure this value is greater than"),
        ({"kind": "movies", "limit": "9999999999"}, "limit: Ensure this value is less than"),
        ({"kind": "movies", "limit": "many"}, "limit: Enter a whole number"),
        ({"kind": "movies", "limit": "1", "ids": "1"}, "give ids or a limit, not both"),
        ({"kind": "daily", "limit": "1"}, "only movies can be started with ids or a limit"),
    ],
)
def test_what_cannot_be_started_is_said_on_the_page(
    operator: Client, posted: dict[str, str], says: str
) -> None:
    page = said(operator, START, **posted)

    assert "Not started: " in page
    assert says in page
    assert not ImportRun.objects.exists()


def test_the_second_of_two_clicks_is_told_what_runs(operator: Client) -> None:
    said(operator, START, kind="daily")

    page = said(operator, START, kind="daily")

    assert "Not started: already queued: daily" in page
    assert ImportRun.objects.count() == 1


def test_a_running_import_is_asked_to_end(operator: Client) -> None:
    run = ImportRun.objects.create(kind="movies", requested_how="admin")

    page = said(operator, CANCEL, run=str(run.pk))

    run.refresh_from_db()
    assert run.state == "cancelled"
    assert "The movies import is cancelled" in page


def test_cancelling_what_has_just_ended_says_so(operator: Client) -> None:
    run = running(state="succeeded", finished_at=timezone.now())

    page = said(operator, CANCEL, run=str(run.pk))

    run.refresh_from_db()
    assert "Nothing to cancel: the daily import has succeeded already" in page
    assert run.state == "succeeded"


@pytest.mark.parametrize("number", ["", "x", "0", "999", "9" * 30])
def test_cancelling_what_never_was_says_so(operator: Client, number: str) -> None:
    assert "There is no such run" in said(operator, CANCEL, run=number)


def test_the_running_import_is_told_in_words(onlooker: Client) -> None:
    run = running()

    live = onlooker.get(LIVE).json()

    assert live["headline"] == "daily import is running"
    assert live["run"] == run.pk
    assert live["step"] == "fetching films"
    assert live["amount"] == "1,200 of 9,752 films"
    assert live["percent"] == 12.3
    assert live["rate"] == "39.8 a second"
    assert live["left"] == "3 min 35 s"
    assert live["elapsed"].startswith("2 min ")
    assert live["failed"] == "3"
    assert live["silent"] == ""
    assert live["workers"] == "No worker stands by"


def test_a_download_is_told_in_megabytes(onlooker: Client) -> None:
    running(step="downloading", unit="bytes", done=13_850_000, total=27_700_000, rate=2e6)

    live = onlooker.get(LIVE).json()

    assert (live["amount"], live["rate"]) == ("13.8 of 27.7 MB", "2.0 MB/s")


def test_a_run_without_a_sign_of_life_is_noticed(onlooker: Client) -> None:
    running(heartbeat_at=timezone.now() - datetime.timedelta(minutes=3, seconds=5))

    assert onlooker.get(LIVE).json()["silent"] == "No sign of life for 3 min"


def test_a_run_that_lives_and_does_not_get_on_is_noticed(onlooker: Client) -> None:
    now = timezone.now()
    run = running(progressed_at=now - datetime.timedelta(minutes=4))
    assert onlooker.get(LIVE).json()["silent"] == ""

    stuck = now - datetime.timedelta(minutes=6)
    ImportRun.objects.filter(pk=run.pk).update(progressed_at=stuck)

    assert onlooker.get(LIVE).json()["silent"] == f"No progress since {stuck:%H:%M} UTC"


def test_an_unchanged_answer_costs_a_304(onlooker: Client) -> None:
    first = onlooker.get(LIVE)

    again = onlooker.get(LIVE, headers={"If-None-Match": first["ETag"]})

    assert first.json()["headline"] == "No import is running"
    assert again.status_code == 304
    assert "private" in first["Cache-Control"]


def test_without_a_worker_the_page_says_how_to_start_one(onlooker: Client) -> None:
    page = onlooker.get(PAGE).content.decode()

    assert "No worker stands by" in page
    assert "manage.py run_worker" in page


def test_a_refused_export_can_be_accepted(
    operator: Client, run_import: RunImport, source: Any
) -> None:
    run_import("ids")
    for movie_id in range(1, 7):
        del source.films[movie_id]
    TmdbMovie.objects.update(known_at=timezone.now() - datetime.timedelta(days=2))
    refused = run_import("ids")
    assert refused.state == "failed"

    page = operator.get(PAGE).content.decode()
    said(operator, START, kind="ids", force="on")

    assert "An export was refused" in page
    assert "Accept the loss and start ids" in page
    assert ImportRun.objects.latest().options == {"force": True}


def test_the_button_accepts_what_is_shown_beside_it(
    operator: Client, run_import: RunImport, source: Any
) -> None:
    run_import("ids")
    for movie_id in range(1, 7):
        del source.films[movie_id]
    TmdbMovie.objects.update(known_at=timezone.now() - datetime.timedelta(days=2))
    run_import("ids")

    page = operator.get(PAGE).content.decode()
    said(operator, START, kind="ids", force="on", accepted="6")

    assert '<input type="hidden" name="accepted" value="6">' in page
    assert ImportRun.objects.latest().options == {"force": True, "accepted": {"ids": 6}}
    its_page = reverse("admin:importer_importrun_change", args=[ImportRun.objects.latest().pk])
    assert "a loss of 6 accepted in ids" in operator.get(its_page).content.decode()


def test_refused_removals_can_be_accepted(
    operator: Client, run_import: RunImport, sandbox: Sandbox
) -> None:
    run_import("ids")
    run_import("movies")
    TmdbMovie.objects.update(exported_on=None, due_at=timezone.now())
    sandbox.faults.shares = {"404": 1.0}
    assert run_import("movies").state == "failed"

    page = operator.get(PAGE).content.decode()
    said(operator, START, kind="movies", force="on")

    assert "Many films would leave: that was refused." in page
    assert "Accept the loss and start movies" in page
    assert ImportRun.objects.latest().options == {"force": True}


def test_another_failure_offers_no_force(operator: Client) -> None:
    running(kind="ids", state="failed", error="TMDB is away", finished_at=timezone.now())

    assert "Accept the loss" not in operator.get(PAGE).content.decode()


def test_an_error_from_outside_is_shown_and_never_believed(operator: Client) -> None:
    evil = "<img src=x onerror=alert(1)>"
    run = running(state="failed", error=evil, step=evil, finished_at=timezone.now())

    pages = [PAGE, reverse("admin:importer_importrun_change", args=[run.pk])]

    for page in pages:
        text = operator.get(page).content.decode()
        assert evil not in text
        assert "&lt;img src=x" in text


def test_the_page_of_a_run_has_all_that_is_known_of_it(operator: Client) -> None:
    run = running(kind="movies", options={"ids": list(range(1, 2001))}, error="a\nb")

    page = operator.get(reverse("admin:importer_importrun_change", args=[run.pk]))

    text = page.content.decode()
    assert "2,000 films: 1, 2, 3" in text
    assert "1,200 of 9,752 films" in text
    assert len(text) < 60_000


def test_the_catalogue_is_told_in_figures_and_charts(onlooker: Client) -> None:
    now = timezone.now()
    old = now - datetime.timedelta(days=12, hours=1)
    TmdbMovie.objects.create(id=1, popularity=1, known_at=old, fetched_at=old, due_at=now)
    TmdbMovie.objects.create(id=2, popularity=1, known_at=old, due_at=now)
    TmdbMovie.objects.create(id=3, popularity=1, known_at=old, due_at=now, gone_at=now)
    country = Country.objects.create(code="SE", name="Sweden")
    CountryTotal.objects.create(by="home", country=country, movies=1234, rated=1, listed=1)
    TmdbExport.objects.create(date=now.date(), movies=1_238_234, merged_at=now)
    started = now - datetime.timedelta(minutes=17)
    running(state="succeeded", started_at=started, finished_at=now, fetched=40_000)

    page = onlooker.get(PAGE).content.decode()

    assert "50.0 % of those known" in page
    assert "12 days" in page
    assert "Sweden" in page
    assert "1,234" in page
    assert f"{now:%-d %B}: 1,238,234</title>" in page
    assert 'aria-label="Films fetched, the last 30 days: lowest 40,000' in page
    assert "17 min 0 s" in page


def test_the_number_of_queries_does_not_grow(
    onlooker: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run = running()
    onlooker.get(PAGE)
    cache.clear()
    with django_assert_num_queries(16):
        onlooker.get(PAGE)

    ImportRun.objects.bulk_create(
        ImportRun(kind="movies", state="failed", requested_how="cron", error="x", started_at=now)
        for now in [timezone.now()] * 300
    )
    ImportFailure.objects.bulk_create(
        ImportFailure(kind="movies", run=run, movie_id=number, error_type="E", message="m")
        for number in range(300)
    )
    cache.clear()
    with django_assert_num_queries(16):
        onlooker.get(PAGE)
    with django_assert_num_queries(6):
        onlooker.get(LIVE)


def test_nothing_can_be_added_changed_or_deleted() -> None:
    client = log_in(*Permission.objects.values_list("codename", flat=True))
    run = running(state="failed", finished_at=timezone.now())
    change = reverse("admin:importer_importrun_change", args=[run.pk])

    assert client.get(reverse("admin:importer_importrun_add")).status_code == 403
    assert client.post(change, {"error": "none"}).status_code == 403
    assert client.post(change.replace("change", "delete")).status_code == 403
    assert ImportRun.objects.get().error == ""
