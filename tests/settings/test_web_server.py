"""gunicorn.config.py reads `.env` as the settings do; what is wrong there stops the start."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import eventually
from tests.serving import CHECKOUT, LISTENING, OWN
from tools.ports import free_port

pytestmark = pytest.mark.slow

GUNICORN = [sys.executable, "-m", "gunicorn", "--config=gunicorn.config.py", "settings.wsgi"]
NAMES = ("PORT", "BIND_ADDRESS", "WEB_CONCURRENCY")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Has a `.env` of its own, beside the settings that read it."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    shutil.copytree(CHECKOUT / "settings", folder / "settings")
    apps = [path.parent.name for path in CHECKOUT.glob("*/__init__.py")]
    for name in {"gunicorn.config.py", *apps} - {"settings", "tests", "tools"}:
        (folder / name).symlink_to(CHECKOUT / name)
    return folder


def environment() -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if name not in NAMES}
    return others | {"SECRET_KEY": OWN["SECRET_KEY"], "PYTHONDONTWRITEBYTECODE": "1"}


def test_it_is_where_the_file_says(checkout: Path) -> None:
    port = free_port("127.0.0.2")
    settings = f"PORT={port}\nBIND_ADDRESS=127.0.0.2\nWEB_CONCURRENCY=3\n"
    (checkout / ".env").write_text(settings)
    log = checkout / "log"
    with log.open("w") as words:
        process = subprocess.Popen(
            GUNICORN, cwd=checkout, env=environment(), stdout=words, stderr=words
        )
    try:
        eventually(lambda: log.read_text().count("Booting worker") == 3)
        found = LISTENING.search(log.read_text())
        assert found
        assert found[1] == f"http://127.0.0.2:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "http"), ("PORT", "65536"), ("PORT", "-1"), ("PORT", "80.5"),
     ("WEB_CONCURRENCY", "0"), ("WEB_CONCURRENCY", "two")],
)  # fmt: skip
def test_what_is_wrong_stops_the_start_with_its_name(
    checkout: Path, name: str, value: str
) -> None:
    (checkout / ".env").write_text(f"{name}={value}\n")

    said = subprocess.run(
        GUNICORN, cwd=checkout, env=environment(), capture_output=True, text=True, timeout=60
    )

    assert said.returncode != 0
    assert re.search(rf'"{name}" invalid', said.stderr)
    [line] = said.stderr.splitlines()
    assert line.startswith("settings: ")
    assert re.search(r"a whole number from [01] to (65,535|1,000)\b", line)


@pytest.mark.parametrize(
    ("name", "value"),
    [("SECRET_KEY", ""), ("DATABASE_URL", "mysql://x"), ("WEB_THREADS", "-1"), ("DEBUG", "maybe")],
)
def test_what_is_wrong_for_every_command_is_said_in_one_line(name: str, value: str) -> None:
    said = subprocess.run(
        GUNICORN,
        cwd=CHECKOUT,
        env=environment() | {name: value},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert said.returncode == 1
    [line] = said.stderr.splitlines()
    assert line.startswith("settings: ")
    assert name in line
