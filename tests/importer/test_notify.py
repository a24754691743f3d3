"""Whoever runs the service is told when the daily import fails, once, and when it works again."""

import datetime
import json
from collections.abc import Iterator

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from importer.models import TmdbMovie
from tests.conftest import RunImport
from tests.films import film
from tests.web import Quiet, serving
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

# One of Apprise's services looks for it where Python still has it.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")


@pytest.fixture
def called(settings: Settings) -> Iterator[list[dict[str, str]]]:
    """What NOTIFY_URL was called with."""
    bodies: list[dict[str, str]] = []

    class Receiver(Quiet):
        def do_POST(self) -> None:  # noqa: N802 - the name that http.server looks for
            length = int(self.headers["Content-Length"])
            bodies.append(json.loads(self.rfile.read(length)))
            self.send_response(204)
            self.end_headers()

    with serving(Receiver) as url:
        settings.NOTIFY_URL = url
        yield bodies


def test_a_failure_is_told_once_and_its_end_too(
    run_import: RunImport, sandbox: Sandbox, settings: Settings, called: list[dict[str, str]]
) -> None:
    settings.NOTIFY_EMAILS = ["operator@example.org"]
    run_import("daily")
    assert (called, mail.outbox) == ([], [])

    settings.TMDB_API_KEY = "refused"
    run_import("daily")
    run_import("daily")
    assert [message.subject for message in mail.outbox] == [
        "World in Movies: the daily import failed"
    ]
    assert "Invalid API key" in mail.outbox[0].body
    assert [body["state"] for body in called] == ["failed"]

    settings.TMDB_API_KEY = "sandbox"
    run_import("daily")
    run_import("daily")
    assert [message.subject for message in mail.outbox[1:]] == [
        "World in Movies: the daily import works again"
    ]
    assert [body["state"] for body in called] == ["failed", "succeeded"]


def test_what_could_not_be_told_is_told_after_the_next_run_if_it_is_still_so(
    run_import: RunImport, settings: Settings, called: list[dict[str, str]]
) -> None:
    there = settings.NOTIFY_URL
    run_import("daily")
    settings.TMDB_API_KEY = "refused"
    settings.NOTIFY_URL = "http://127.0.0.1:9/"
    run_import("daily")

    settings.NOTIFY_URL = there
    run_import("daily")
    assert [body["state"] for body in called] == ["failed"]

    settings.TMDB_API_KEY = "sandbox"
    settings.NOTIFY_URL = "http://127.0.0.1:9/"
    run_import("daily")
    settings.TMDB_API_KEY = "refused"
    settings.NOTIFY_URL = there
    run_import("daily")
    # That it worked meanwhile was never told.
    assert [body["state"] for body in called] == ["failed"]


def test_a_refused_loss_is_told_once_whatever_kind_of_run_refuses_it(
    run_import: RunImport, settings: Settings, source: Films, called: list[dict[str, str]]
) -> None:
    there = settings.NOTIFY_URL
    source.films = {number: film(number) for number in range(1, 61)}
    run_import("ids")
    TmdbMovie.objects.update(known_at=timezone.now() - datetime.timedelta(days=2))
    for number in range(1, 31):
        del source.films[number]

    settings.NOTIFY_URL = "http://127.0.0.1:9/"
    run_import("ids")
    assert called == []

    settings.NOTIFY_URL = there
    run_import("ids")
    run_import("ids")
    assert [body["text"] for body in called] == ["World in Movies: a loss was refused"]
    assert "has lost 30 of 60 films" in called[0]["error"]


def test_other_kinds_are_not_told(
    run_import: RunImport, settings: Settings, called: list[dict[str, str]]
) -> None:
    settings.TMDB_API_KEY = "refused"

    assert run_import("reference").state == "failed"
    assert called == []


def test_a_way_that_does_not_work_keeps_the_import_from_nothing(
    run_import: RunImport, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.NOTIFY_URL = "http://127.0.0.1:9/?secret=word"
    settings.TMDB_API_KEY = "refused"

    assert run_import("daily").state == "failed"
    assert "NOTIFY_URL could not be called" in caplog.text
    assert "secret" not in caplog.text


def test_apprise_has_ways_of_its_own(
    run_import: RunImport, settings: Settings, called: list[dict[str, str]]
) -> None:
    settings.NOTIFY_URL += " " + settings.NOTIFY_URL.replace("http://", "json://")
    settings.TMDB_API_KEY = "refused"

    run_import("daily")

    ours, apprises = called
    assert ours["text"] == apprises["title"] == "World in Movies: the daily import failed"
    assert "Invalid API key" in apprises["message"]


@pytest.mark.parametrize("url", ["nosuch://secret", "json://127.0.0.1:9/secret"])
def test_an_address_of_apprises_that_does_not_work_is_logged_without_it(
    run_import: RunImport, settings: Settings, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    settings.NOTIFY_URL = url
    settings.TMDB_API_KEY = "refused"

    assert run_import("daily").state == "failed"

    assert f"NOTIFY_URL could not be called: {url.partition(':')[0]}" in caplog.text
    assert "secret" not in caplog.text
