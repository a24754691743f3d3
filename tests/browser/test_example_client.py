"""docs/examples/client: a front end on the API, with types generated from its description."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, expect

from tests.conftest import RunImport
from tests.serving import serving
from tests.web import web_server
from tools.sandbox.sources import Films, own_catalogue

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "client"
NPM_SECONDS = 120
# What the types have to refuse.
MISTAKES = {
    "an address": 'await get("/api/v1/bests/");',
    "a parameter": 'await get("/api/v1/best/", { query: { genres: 18 } });',
    "a value": 'await get("/api/v1/best/", { query: { by: "birth" } });',
    "a place": 'await get("/api/v1/best/{code}/", { path: { country: "JP" } });',
    "a field": '(await get("/api/v1/best/")).films;',
}


def npm(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["npm", *arguments], cwd=folder, capture_output=True, text=True, timeout=NPM_SECONDS
    )


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example with the types of today's description."""
    if not shutil.which("npm"):
        pytest.skip("there is no npm on the PATH")
    folder = tmp_path_factory.mktemp("example") / "client"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("node_modules", "api.d.ts"))
    if npm(folder, "install", "--no-audit", "--no-fund").returncode:
        pytest.skip("npm's registry cannot be reached")
    call_command("spectacular", "--file", folder / "schema.yaml")
    done = npm(folder, "exec", "openapi-typescript", "--", "schema.yaml", "--output", "api.d.ts")
    assert done.returncode == 0, done.stderr
    return folder


def test_the_example_keeps_to_the_types(generated: Path) -> None:
    done = npm(generated, "run", "check")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_types_find_a_mistake(generated: Path, mistake: str) -> None:
    wrong = generated / "mistake.js"
    wrong.write_text(
        'import { connect } from "./client.js";\nconst get = connect("");\n'
        f"{MISTAKES[mistake]}\nexport {{}};\n"
    )
    done = npm(generated, "run", "check")
    wrong.unlink()

    assert done.returncode != 0
    assert "mistake.js(3," in done.stdout


@pytest.fixture
def source() -> Films:
    """What `script/server` starts with."""
    return own_catalogue()


@pytest.fixture
def site(run_import: RunImport, database_url: str, tmp_path: Path) -> Iterator[str]:
    run_import("daily")
    own = {"DATABASE_URL": database_url, "CORS_ALLOWED_ORIGINS": "*"}
    with serving(tmp_path / "log", **own) as url:
        yield url


def test_the_front_end_works_from_another_host(site: str, browser: Browser) -> None:
    page = browser.new_page()
    with web_server(EXAMPLE) as example:
        page.goto(f"{example}/index.html?api={site}")
        expect(page.locator("output")).to_contain_text("World")
        expect(page.locator("li")).to_have_count(20)

        page.get_by_label("Where").select_option("JP")
        expect(page.locator("output")).to_contain_text("Japan")
        page.get_by_label("Genre").select_option(label="Animation")
        expect(page.locator("li").first).to_contain_text("Spirited Away")

        page.get_by_label("From").fill("2001")
        page.get_by_label("to", exact=True).fill("2000")
        expect(page.locator("output")).to_have_text("This year is after the one of `to`.")
    page.close()
