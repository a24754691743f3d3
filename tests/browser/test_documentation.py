"""What docs/api.md tells front-end developers to run, run against a site that is served."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import RunImport
from tests.serving import serving
from tools.sandbox.sources import Films, own_catalogue

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
BLOCK = re.compile(r"^```(bash|js)\n(.*?)^```$", re.M | re.S)
SITE = "http://localhost:8000"


def blocks(language: str) -> list[str]:
    return [code for name, code in BLOCK.findall(PAGE.read_text("utf-8")) if name == language]


@pytest.fixture
def source() -> Films:
    """What `script/server` starts with."""
    return own_catalogue()


@pytest.fixture
def site(run_import: RunImport, database_url: str, tmp_path: Path) -> Iterator[str]:
    run_import("daily")
    with serving(tmp_path / "log", DATABASE_URL=database_url) as url:
        yield url


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl on the PATH")
def test_every_command_works(site: str, tmp_path: Path) -> None:
    commands = blocks("bash")
    assert len(commands) > 4
    for command in commands:
        here = command.replace(SITE, site).replace("/tmp/", f"{tmp_path}/")
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", here.replace("curl ", "curl --fail ")],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, (command, done.stderr)
        assert done.stdout.strip()
        assert '"results":[]' not in done.stdout, command
        assert '"matched":[]' not in done.stdout, command


def test_every_script_works(site: str, browser: Browser) -> None:
    scripts = blocks("js")
    assert len(scripts) > 5
    page = browser.new_page()
    page.goto(f"{site}/healthz")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for script in scripts:
        said.clear()
        page.evaluate(f"async () => {{ {script} }}")
        assert said, script
