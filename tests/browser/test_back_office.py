"""Every page of /admin and the API's page: axe finds nothing serious, on a narrow window as well,
and none of them needs more than a strict Content-Security-Policy allows."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from importer.models import ImportFailure, ImportRun, MovieWarning
from tests.browser.accessibility import serious_findings
from tests.sample_films import MARKUP
from tests.whole_film import create_whole_film

FILM = "/admin/movies/movie/"


@pytest.fixture
def pages(transactional_db: None) -> list[str]:
    """The addresses, each with something to show."""
    movie_id = create_whole_film().pk
    operator = User.objects.create_superuser("operator")
    group = Group.objects.create(name="Onlookers")
    now = timezone.now()
    run = ImportRun.objects.create(
        kind="daily", state="failed", requested_how="cron", started_at=now, finished_at=now,
        error=f"TMDB is away {MARKUP}",
    )  # fmt: skip
    failure = ImportFailure.objects.create(
        kind="movies", run=run, movie_id=603, error_type="ParseFailed", message=MARKUP,
        dump=b'{"id": 603}',
    )  # fmt: skip
    odd = MovieWarning.objects.create(
        movie_id=movie_id, part="credits.cast[3]", message="no name", dump=b"{}", last_at=now
    )
    return [
        "/admin/",
        "/admin/importer/",
        "/admin/importer/importrun/?state__exact=failed",
        f"/admin/importer/importrun/{run.pk}/change/",
        "/admin/importer/importfailure/",
        f"/admin/importer/importfailure/{failure.pk}/change/",
        "/admin/importer/moviewarning/?q=603",
        f"/admin/importer/moviewarning/{odd.pk}/change/",
        FILM,
        f"{FILM}?country=IS&year=199x",
        f"{FILM}{movie_id}/change/",
        f"{FILM}{movie_id}/payload/",
        "/admin/movies/country/",
        "/admin/movies/country/IS/change/",
        "/admin/movies/person/",
        "/admin/movies/person/303/change/",
        "/admin/movies/provider/",
        "/admin/movies/provider/8/change/",
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        f"/admin/auth/user/{operator.pk}/change/",
        f"/admin/auth/user/{operator.pk}/history/",
        f"/admin/auth/user/{operator.pk}/password/",
        f"/admin/auth/user/{operator.pk}/delete/",
        "/admin/auth/group/",
        f"/admin/auth/group/{group.pk}/change/",
        "/admin/password_change/",
    ]


@pytest.fixture
def cookie(pages: list[str]) -> str:
    """A session of the superuser."""
    client = Client()
    client.force_login(User.objects.get())
    return client.cookies["sessionid"].value


@pytest.fixture
def page(live_server: LiveServer, cookie: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 800})
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    context.close()
    assert broken == []


def test_everybody_can_use_every_page(page: Page, pages: list[str]) -> None:
    found = {}
    for address in pages:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        if findings := serious_findings(page):
            found[address] = findings

    assert found == {}


def test_everybody_can_log_in(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator(".errornote")).to_be_visible()

    assert serious_findings(page) == []
    page.close()


def test_a_narrow_window_has_a_menu_of_all_pages(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_text("Menu", exact=True).click()

    menu = page.get_by_role("navigation", name="All pages")
    expect(menu.get_by_role("heading")).to_have_text(["Imports", "Catalogue", "Accounts"])
    assert serious_findings(page) == []
    menu.get_by_role("link", name="Movies").click()

    expect(page.get_by_role("heading", name="Movies", level=1)).to_be_visible()


def test_everybody_can_try_the_api(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/api/docs/")
    summaries = page.locator(".opblock-summary-control")
    expect(summaries.first).to_be_visible()
    closed = serious_findings(page)
    summaries.first.click()
    expect(page.get_by_role("button", name="Try it out")).to_be_visible()

    page.get_by_role("button", name="Try it out").click()
    expect(page.get_by_role("button", name="Execute")).to_be_visible()

    assert closed == []
    assert serious_findings(page) == []
    page.close()
