"""A browser: Debian's Chromium, driven by Playwright, and sites for it to look at."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.conftest import eventually
from tests.sandbox_settings import sandbox_environment
from tests.serving import CHECKOUT, serving
from tools.databases import temporary_database
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

ServeFilms = Callable[[str, Films], str]

# What a page does not do at all is no reason to hurry: the machine may be very busy.
expect.set_options(timeout=30_000)

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    # A window's buttons and tabs are pages of their own, which nobody looks at here.
    "--disable-features=PreloadTopChromeWebUI,Translate,MediaRouter",
    "--disable-sync",
    "--no-first-run",
]
# The headless shell has no windows to draw: tests take half as long in it.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running Chromium's address. Without one the test is skipped, but not where CI is set.

    One for all tests: to start it takes longer than most of them.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing = (
            "there is no Chromium on the PATH (Debian: apt-get install chromium-headless-shell)"
        )
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    profile = tmp_path_factory.mktemp("chromium")
    process = subprocess.Popen(
        [found, *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={profile}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        listening = profile / "DevToolsActivePort"
        eventually(lambda: listening.exists() and "\n" in listening.read_text())
        yield f"http://127.0.0.1:{listening.read_text().splitlines()[0]}"
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def browser(chromium: str, database_url: str) -> Iterator[Browser]:
    """Ends before the database is emptied: Django's ORM refuses to work beside its event loop."""
    with connected(chromium) as browser:
        yield browser


@contextmanager
def connected(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.connect_over_cdp(chromium)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve_films(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServeFilms]:
    """Serves a world of films, of a name, to all tests that only look at it; gives the address.

    It has a database and a gunicorn of its own: to import the films for each test would take
    longer than most of them.
    """
    addresses: dict[str, str] = {}
    with ExitStack() as until_the_end:

        def serve(name: str, films: Films) -> str:
            if name not in addresses:
                folder = tmp_path_factory.mktemp(name)
                database = until_the_end.enter_context(database_of(films, name, folder))
                # Takes as many requests and uploads as the tests send.
                limits = {"API_RATE": "", "API_UPLOAD_RATE": ""}
                site = serving(folder / "gunicorn.log", DATABASE_URL=database, **limits)
                addresses[name] = until_the_end.enter_context(site)
            return addresses[name]

        yield serve


@contextmanager
def database_of(films: Films, name: str, folder: Path) -> Iterator[str]:
    """The address of a database with these films, imported and ranked; dropped at the end."""
    server_url = os.environ["DATABASE_URL"]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    own_name = f"test{urlsplit(server_url).path.replace('/', '_')}_{worker}_{name}"
    with temporary_database(server_url, own_name) as url:
        fill(url, films, folder)
        yield url


def fill(database_url: str, films: Films, folder: Path) -> None:
    with Sandbox(films) as sandbox:
        environment = sandbox_environment(sandbox, database_url, folder / "exports")
        environment["TMDB_REQUESTS_PER_SECOND"] = "0"
        for command in (["migrate"], ["run_import", "daily"]):
            subprocess.run(
                [sys.executable, "manage.py", *command], cwd=CHECKOUT, env=environment, check=True
            )
