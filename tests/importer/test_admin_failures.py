"""The pages of failures: grouped, searched, read as they came, and retried."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from importer.models import ImportFailure, ImportRun
from movies.models import Movie
from tests.conftest import RunImport
from tests.staff import log_in
from tools.sandbox.server import Sandbox

LIST = reverse("admin:importer_importfailure_changelist")
RETRY_GROUP = reverse("admin:importer_importfailure_retry_group")

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Client:
    return log_in("view_importrun", "view_importfailure", "start_import")


@pytest.fixture
def onlooker() -> Client:
    return log_in("view_importrun", "view_importfailure")


@pytest.fixture
def run() -> ImportRun:
    return ImportRun.objects.create(kind="daily", state="failed", requested_how="cron")


def failed(run: ImportRun, movie_id: int | None, **fields: Any) -> ImportFailure:
    values: dict[str, Any] = {"kind": "movies", "error_type": "ParseFailed", "message": "why"}
    return ImportFailure.objects.create(run=run, movie_id=movie_id, **values | fields)


def page_of(failure: ImportFailure, name: str = "change") -> str:
    return reverse(f"admin:importer_importfailure_{name}", args=[failure.pk])


def said(client: Client, address: str, **posted: Any) -> str:
    return client.post(address, posted, follow=True).content.decode()


def listed(client: Client, **query: str) -> list[int | None]:
    """The films whose failures a page of the list shows."""
    return [failure.movie_id for failure in client.get(LIST, query).context["cl"].result_list]


def test_they_are_grouped_by_kind_and_type_of_error(onlooker: Client, run: ImportRun) -> None:
    failed(run, 603)
    failed(run, 604)
    failed(run, 605, error_type="FetchFailed")
    failed(run, None, kind="ids", error_type="StepFailed")
    failed(run, 606, resolved_at=timezone.now())

    groups = onlooker.get(LIST).context["groups"]

    counted = [(group["kind"], group["error_type"], group["number"]) for group in groups]
    assert counted == [
        ("movies", "ParseFailed", 2), ("ids", "StepFailed", 1), ("movies", "FetchFailed", 1)
    ]  # fmt: skip


def test_open_ones_are_listed_unless_others_are_asked_for(
    onlooker: Client, run: ImportRun
) -> None:
    failed(run, 603)
    failed(run, 604, resolved_at=timezone.now())

    assert listed(onlooker) == [603]
    assert listed(onlooker, resolved="yes") == [604]
    assert sorted(map(str, listed(onlooker, resolved="all"))) == ["603", "604"]


def test_a_group_leads_to_its_failures(onlooker: Client, run: ImportRun) -> None:
    failed(run, 603)
    failed(run, 604, error_type="FetchFailed")
    query = onlooker.get(LIST).context["groups"][0]["query"]

    answer = onlooker.get(f"{LIST}?{query}")

    assert [failure.movie_id for failure in answer.context["cl"].result_list] == [604]


def test_they_are_found_by_the_id_of_their_film(onlooker: Client, run: ImportRun) -> None:
    failed(run, 603)
    failed(run, 6030)

    assert listed(onlooker, q="603") == [603]
    assert listed(onlooker, q="6") == []


@pytest.mark.parametrize("term", ["matrix", "9" * 5000, "²", "1.5", "-1"])
def test_what_is_not_an_id_finds_nothing(onlooker: Client, run: ImportRun, term: str) -> None:
    failed(run, 603)

    assert listed(onlooker, q=term) == []


def test_json_is_shown_indented(onlooker: Client, run: ImportRun) -> None:
    failure = failed(run, 603, dump=b'{"id":603,"title":"<b>Matrix</b>"}')

    page = onlooker.get(page_of(failure)).content.decode()

    assert "  &quot;id&quot;: 603,\n" in page
    assert "&lt;b&gt;Matrix&lt;/b&gt;" in page
    assert 'href="https://www.themoviedb.org/movie/603"' in page


def test_a_long_dump_is_cut_and_can_be_downloaded_whole(onlooker: Client, run: ImportRun) -> None:
    dump = b'{"title": "\\u0000' + b"x" * 300_000
    failure = failed(run, 603, dump=dump)

    page = onlooker.get(page_of(failure)).content
    answer = onlooker.get(page_of(failure, "dump"))

    assert b"of which this is the beginning" in page
    assert len(page) < 60_000
    assert answer.content == dump
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_failure_without_a_dump_says_so(onlooker: Client, run: ImportRun) -> None:
    failure = failed(run, 603)

    assert "Nothing was kept" in onlooker.get(page_of(failure)).content.decode()
    assert onlooker.get(page_of(failure, "dump")).status_code == 404


def test_what_came_from_outside_is_never_believed(operator: Client, run: ImportRun) -> None:
    evil = "<script>alert(1)</script>"
    failure = failed(run, 603, message=evil, error_type=evil, dump=evil.encode())

    for address in (LIST, page_of(failure)):
        assert evil not in operator.get(address).content.decode()


def test_a_film_is_fetched_again(operator: Client, run: ImportRun) -> None:
    failure = failed(run, 603)

    said(operator, page_of(failure, "retry"))

    asked = ImportRun.objects.latest("pk")
    assert (asked.kind, asked.options, asked.requested_by) == (
        "movies",
        {"ids": [603]},
        "operator",
    )


def test_many_are_retried_at_once(operator: Client, run: ImportRun) -> None:
    chosen = [failed(run, 605).pk, failed(run, 603).pk]
    failed(run, 604)

    said(operator, LIST, action="retry_selected", _selected_action=chosen)

    assert ImportRun.objects.latest("pk").options == {"ids": [603, 605]}


def test_a_group_is_retried_whole(operator: Client, run: ImportRun) -> None:
    for movie_id in (603, 604):
        failed(run, movie_id)
    failed(run, 605, error_type="FetchFailed")
    failed(run, 606, resolved_at=timezone.now())

    said(operator, RETRY_GROUP, kind="movies", error_type="ParseFailed")

    assert ImportRun.objects.latest("pk").options == {"ids": [603, 604]}


def test_a_failure_of_another_kind_starts_that_kind(operator: Client, run: ImportRun) -> None:
    failure = failed(run, None, kind="ids", error_type="StepFailed")

    said(operator, page_of(failure, "retry"))

    asked = ImportRun.objects.latest("pk")
    assert (asked.kind, asked.options) == ("ids", {})


def test_a_country_that_failed_is_named_and_retried_by_its_kind(
    operator: Client, run: ImportRun
) -> None:
    failure = failed(run, None, kind="discover", country="SE")

    assert "country SE" in operator.get(LIST).content.decode()
    said(operator, page_of(failure, "retry"))

    assert ImportRun.objects.active().get().kind == "discover"


def test_of_several_kinds_one_is_retried_and_the_rest_named(
    operator: Client, run: ImportRun
) -> None:
    chosen = [failed(run, 603).pk, failed(run, None, kind="ids", error_type="StepFailed").pk]

    page = said(operator, LIST, action="retry_selected", _selected_action=chosen)

    assert ImportRun.objects.latest("pk").kind == "movies"
    assert "retry ids afterwards" in page


def test_what_is_resolved_is_not_retried(operator: Client, run: ImportRun) -> None:
    failure = failed(run, 603, resolved_at=timezone.now())

    page = said(operator, page_of(failure, "retry"))

    assert "Nothing to retry" in page
    assert ImportRun.objects.count() == 1


def test_nothing_is_retried_while_an_import_is_active(operator: Client, run: ImportRun) -> None:
    failure = failed(run, 603)
    ImportRun.objects.create(kind="daily", requested_how="cron")

    assert "Not started: already queued: daily" in said(operator, page_of(failure, "retry"))


@pytest.mark.parametrize("name", ["retry", "retry_group", "action"])
def test_an_onlooker_can_retry_nothing(onlooker: Client, run: ImportRun, name: str) -> None:
    failure = failed(run, 603)
    address, posted = {
        "retry": (page_of(failure, "retry"), {}),
        "retry_group": (RETRY_GROUP, {"kind": "movies", "error_type": "ParseFailed"}),
        "action": (LIST, {"action": "retry_selected", "_selected_action": [failure.pk]}),
    }[name]

    answer = onlooker.post(address, posted)

    assert answer.status_code == 403 or name == "action"
    assert ImportRun.objects.count() == 1
    assert "Retry" not in onlooker.get(LIST).content.decode()


@pytest.mark.parametrize("name", ["retry", "retry_group"])
def test_nothing_is_retried_by_get(operator: Client, run: ImportRun, name: str) -> None:
    failure = failed(run, 603)
    address = RETRY_GROUP if name == "retry_group" else page_of(failure, name)

    assert operator.get(address).status_code == 405
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize("name", ["change", "dump"])
def test_a_dump_is_not_for_staff_without_the_permission(run: ImportRun, name: str) -> None:
    failure = failed(run, 603, dump=b"secret")

    answer = log_in("view_importrun").get(page_of(failure, name))

    assert answer.status_code == 403
    assert b"secret" not in answer.content


def test_a_failure_that_never_was_is_not_there(operator: Client) -> None:
    assert (
        operator.post(reverse("admin:importer_importfailure_retry", args=[9])).status_code == 404
    )


def test_a_broken_film_is_seen_retried_and_gone(
    run_import: RunImport, sandbox: Sandbox, operator: Client
) -> None:
    run_import("ids")
    sandbox.faults.shares = {"missing-fields": 1.0}
    run_import("movies", "--ids", "3")
    sandbox.faults.shares = {}
    assert listed(operator) == [3]

    said(operator, page_of(ImportFailure.objects.get(), "retry"))
    asked = ImportRun.objects.active().get()
    asked.cancel()
    run_import("movies", "--ids", ",".join(map(str, asked.options["ids"])))

    assert listed(operator) == []
    assert Movie.objects.filter(pk=3).exists()
