"""The site with its static files collected: each is asked for once, and then kept for good."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.browser.own_films import KEY
from tests.html import Page as Html
from tests.serving import CHECKOUT, serving
from tools.benchmarks.pages import own_films

DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()
PAGES = ["/", "/my-films/", "/movies/", "/admin/login/", "/api/docs/"]
COLLECTING = re.compile(r"RUN (SECRET_KEY.*) \\\n\s+\S+ (manage.py collectstatic \S+)")
HASHED = re.compile(r"/static/\S+\.[0-9a-f]{12}\.\w+")
IMPORTED = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["']([./][^"']+)["']""")
# Those that come over the network: with a file that the browser has, nothing is transferred.
TRANSFERRED = """() => performance.getEntriesByType("resource")
    .filter(({ name, transferSize }) => name.includes("/static/") && transferSize > 0)
    .map(({ name }) => name)"""


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this checkout's files, collected as for the image."""
    folder = tmp_path_factory.mktemp("collected") / "static"
    found = COLLECTING.search(DOCKERFILE)
    assert found, DOCKERFILE
    environment = dict(setting.split("=", 1) for setting in found[1].split())
    subprocess.run(
        [sys.executable, *found[2].split(), "--verbosity=0"],
        cwd=CHECKOUT,
        env=environment | {"STATIC_ROOT": str(folder)},
        check=True,
    )
    return folder


@pytest.fixture
def site(collected: Path, database_url: str, tmp_path: Path) -> Iterator[str]:
    """With an empty catalogue."""
    log = tmp_path / "gunicorn.log"
    with serving(log, STATIC_ROOT=str(collected), DATABASE_URL=database_url) as url:
        yield url


def test_all_that_pages_and_their_modules_name_is_there_and_for_good(site: str) -> None:
    named = {url for address in PAGES for url in links(f"{site}{address}")}
    own = len(named)
    seen: set[str] = set()
    while named:
        url = named.pop()
        seen.add(url)
        answer = requests.get(url, timeout=30)
        assert answer.status_code == 200, url
        assert HASHED.fullmatch(url.removeprefix(site)), url
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable", url
        if "/drf_spectacular_sidecar/" not in url and url.endswith(".js"):
            imported = IMPORTED.findall(answer.text)
            named |= {urljoin(url, name) for name in imported} - seen

    assert own > 30
    # The modules that no page names, as they are imported late.
    assert any("/js/store/store." in url for url in seen)


def test_every_import_of_a_collected_module_is_of_a_hashed_one(collected: Path) -> None:
    modules = [path for path in collected.rglob("*.js") if is_own(path.relative_to(collected))]
    imports = {
        path: [(path.parent / name).resolve() for name in IMPORTED.findall(path.read_text())]
        for path in modules
        if HASHED.search(f"/static/{path.name}")
    }

    assert len(imports) == len(modules) / 2  # each is there by its plain name as well
    found = {path for names in imports.values() for path in names}
    assert len(found) > 30
    assert found <= {path.resolve() for path in imports}


def test_the_second_load_asks_for_no_static_file(site: str, browser: Browser) -> None:
    page = browser.new_context().new_page()
    load(page, site)
    first = page.evaluate(TRANSFERRED)
    load(page, site)

    assert len(first) > 15  # stylesheets, modules, the map
    # Whose answers are immutable, as above: another minute changes nothing.
    assert not [url for url in first if not HASHED.fullmatch(url.removeprefix(site))]
    assert page.evaluate(TRANSFERRED) == []
    page.context.close()


def test_what_shows_films_comes_when_there_are_some_and_then_no_more(
    site: str, browser: Browser
) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{site}/my-films/")
    expect(page.locator(".drop-cover")).to_be_attached()
    without = page.evaluate(TRANSFERRED)
    kept = [KEY, json.dumps(own_films(3))]
    page.evaluate("kept => localStorage.setItem(...kept)", kept)
    load_films(page, site)
    first = page.evaluate(TRANSFERRED)
    load_films(page, site)

    assert not [url for url in without if "/js/store/" in url]
    assert [url for url in first if "/js/store/" in url]
    assert page.evaluate(TRANSFERRED) == []
    page.context.close()


def links(url: str) -> set[str]:
    """The static files that a page names."""
    page = Html(requests.get(url, timeout=30).text)
    attributes = (values for _, values in page.elements)
    found = {str(value) for values in attributes for value in values.values()}
    return {urljoin(url, name) for name in found if name.startswith("/static/")}


def is_own(path: Path) -> bool:
    return path.parts[0] in {"pages", "ghibli", "importer"}


def load(page: Page, site: str) -> None:
    """The first page, until its last modules are there."""
    page.goto(site)
    expect(page.locator("#map [role=link]")).to_have_count(250)
    expect(page.locator(".drop-cover")).to_be_attached()  # of the last module


def load_films(page: Page, site: str) -> None:
    """My films, until all that shows some is there."""
    page.goto(f"{site}/my-films/")
    expect(page.locator("h2.figures")).to_contain_text("3 films")
    page.wait_for_load_state("networkidle")
