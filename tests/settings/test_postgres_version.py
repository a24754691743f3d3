"""A PostgreSQL that is too old is refused with its version, by whatever would use it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.postgres_proxy import PostgresProxy, postgres_proxy
from tests.serving import CHECKOUT, OWN, serving

pytestmark = pytest.mark.slow

REFUSAL = "PostgreSQL 15 or later is required (found 14.13)."
GUNICORN = ["-m", "gunicorn", "--config=gunicorn.config.py", "settings.wsgi"]


@pytest.fixture
def old(database_url: str) -> Iterator[PostgresProxy]:
    with postgres_proxy(database_url, version="14.13") as proxy:
        yield proxy


def run(proxy: PostgresProxy, *command: str) -> subprocess.CompletedProcess[str]:
    addresses = ("TMDB_API_URL", "TMDB_FILES_URL", "IMDB_DATASETS_URL")
    nobody = dict.fromkeys(addresses, "http://127.0.0.1:9")
    return subprocess.run(
        [sys.executable, *command],
        cwd=CHECKOUT,
        env=os.environ | OWN | nobody | {"DATABASE_URL": proxy.url},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    "command",
    ["migrate", "run_worker", "run_import daily", "run_import --due", "refresh_ghibli"],
)
def test_commands_end_with_that_sentence(old: PostgresProxy, command: str) -> None:
    said = run(old, "manage.py", *command.split())

    assert said.returncode == 1
    assert REFUSAL in said.stderr
    assert "Traceback" not in said.stderr


def test_gunicorn_does_not_start(old: PostgresProxy) -> None:
    said = run(old, *GUNICORN)

    assert said.returncode == 1
    assert said.stderr.splitlines()[-1] == REFUSAL
    assert "Traceback" not in said.stderr
    assert "Booting worker" not in said.stderr


def test_one_that_comes_later_is_told_to_who_watches(old: PostgresProxy, tmp_path: Path) -> None:
    old.go_down()
    with serving(tmp_path / "log", DATABASE_URL=old.url) as site:
        away = requests.get(f"{site}/readyz", timeout=60)
        old.come_back()
        there = requests.get(f"{site}/readyz", timeout=60)

    assert (away.status_code, away.json()) == (503, {"status": "the database does not answer"})
    assert (there.status_code, there.json()) == (503, {"status": REFUSAL})


def test_the_oldest_that_will_do_is_taken(database_url: str) -> None:
    with postgres_proxy(database_url, version="15.0") as proxy:
        said = run(proxy, "manage.py", "check", "--database=default")

    assert said.returncode == 0, said.stderr
