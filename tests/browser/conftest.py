"""A browser: Debian's Chromium, driven by Playwright, and a site for it to look at."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import eventually

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    # A window has its buttons and tabs as pages of their own, which nobody looks at here.
    "--disable-features=PreloadTopChromeWebUI,Translate,MediaRouter",
    "--disable-sync",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running Chromium's address. Without one the test is skipped, but not where CI is set.

    One for all tests: to start it takes longer than most of them.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing = "there is no Chromium on the PATH (Debian: apt-get install chromium)"
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
    with sync_playwright() as playwright:
        connected = playwright.chromium.connect_over_cdp(chromium)
        yield connected
        connected.close()
