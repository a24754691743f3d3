"""The imports page in a real browser: an import is started, watched, cancelled and repaired."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.films import film
from tests.importer.test_worker import StartWorker, start_worker
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

__all__ = ["start_worker"]

IMPORTS = reverse("admin:importer_importrun_changelist")
FAILURES = reverse("admin:importer_importfailure_changelist")
PATIENCE_MS = 30_000


@pytest.fixture
def cookie(transactional_db: None) -> str:
    """A session of a superuser, who may do everything."""
    client = Client()
    client.force_login(User.objects.create_superuser("operator"))
    return client.cookies["sessionid"].value


@pytest.fixture
def page(live_server: LiveServer, cookie: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    # Before the server ends, which the page would go on asking.
    context.close()
    assert broken == []


def headline(page: Page, words: str) -> None:
    expect(page.locator("#live-headline")).to_have_text(words, timeout=PATIENCE_MS)


def test_an_import_is_started_watched_and_cancelled(
    source: Films, start_worker: StartWorker, page: Page
) -> None:
    source.films = {movie_id: film(movie_id) for movie_id in range(1, 2001)}
    start_worker()
    page.goto(IMPORTS)

    page.get_by_role("button", name="Start daily").click()

    headline(page, "daily import is running")
    expect(page.locator("[data-text=amount]")).to_contain_text(
        "of 2,000 films", timeout=PATIENCE_MS
    )
    expect(page.get_by_role("button", name="Start daily")).to_be_disabled()
    bar = page.get_by_role("progressbar")
    page.wait_for_function("bar => bar.value > 5", arg=bar.element_handle())
    width = page.evaluate("document.documentElement.scrollWidth")

    page.get_by_role("button", name="Cancel").click()

    headline(page, "No import is running")
    expect(page.locator("#live")).to_contain_text("daily, cancelled")
    expect(page.locator("#result_list")).to_contain_text("cancelled", timeout=PATIENCE_MS)
    expect(page.get_by_role("button", name="Start daily")).to_be_enabled()
    assert width == 360


def test_a_broken_film_is_read_retried_and_gone(
    sandbox: Sandbox, start_worker: StartWorker, page: Page
) -> None:
    start_worker()
    sandbox.faults.shares = {"missing-fields": 1.0}
    page.goto(IMPORTS)
    page.get_by_label("Only these ids").fill("3")
    page.get_by_role("button", name="Start movies").click()
    expect(page.locator("#result_list")).to_contain_text("succeeded", timeout=PATIENCE_MS)
    sandbox.faults.shares = {}

    page.goto(FAILURES)
    page.get_by_role("link", name="film 3").click()
    expect(page.locator(".dump pre")).to_contain_text('"id": 3')
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all of it").click()
    assert download.value.suggested_filename.endswith(".dump")
    page.get_by_role("button", name="Fetch the film again").click()

    retried = page.locator("#result_list tbody tr").first
    expect(retried.locator(".field-films")).to_have_text("1", timeout=PATIENCE_MS)
    expect(retried).to_contain_text("succeeded", timeout=PATIENCE_MS)
    page.goto(FAILURES)
    expect(page.locator(".panel")).to_contain_text("everything that came could be used")


def test_what_is_shown_follows_what_happens_without_a_reload(page: Page, cookie: str) -> None:
    page.goto(IMPORTS)
    page.evaluate("window.isTheSamePage = true")
    headline(page, "No import is running")

    start_by_hand(page)

    headline(page, "ranking import waits for a worker")
    expect(page.locator("#result_list")).to_contain_text("queued")
    assert page.evaluate("window.isTheSamePage")


def start_by_hand(page: Page) -> None:
    """As somebody else would, in another tab."""
    other = page.context.new_page()
    other.goto(IMPORTS)
    other.get_by_role("button", name="Start ranking").click()
    headline(other, "ranking import waits for a worker")
    other.close()
