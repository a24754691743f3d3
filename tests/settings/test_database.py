"""DATABASE_URL: a production names its PostgreSQL, a checkout that is developed has its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import postgres

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).parents[2]
REFUSAL = "DATABASE_URL has to be set to PostgreSQL's address (or DEBUG to 1)"
CHECK = ["manage.py", "check"]
SHOW_ADDRESS = [
    *("manage.py", "shell", "--verbosity=0", "--command"),
    "from django.conf import settings; print(settings.DATABASES['default'])",
]
SERVE = ["-m", "gunicorn", "--config=gunicorn.config.py", "settings.wsgi"]


def run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=CHECKOUT,
        env=os.environ | {"SECRET_KEY": "of-the-tests", "DATABASE_URL": ""} | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("command", [CHECK, SERVE], ids=["check", "gunicorn"])
def test_production_does_not_start_without_it(command: list[str]) -> None:
    said = run(command, DEBUG="0", PORT="0")

    assert said.returncode != 0
    assert REFUSAL in said.stderr


@pytest.mark.parametrize("url", ["mysql://host/films", "films"])
def test_another_database_is_refused(url: str) -> None:
    said = run(CHECK, DEBUG="1", DATABASE_URL=url)

    assert said.returncode != 0
    assert "DATABASE_URL has to start with postgresql://" in said.stderr


def test_development_has_the_checkouts_own() -> None:
    said = run(SHOW_ADDRESS, DEBUG="1")

    assert said.returncode == 0, said.stderr
    assert repr(postgres.DATABASE) in said.stdout
    own = postgres.EmbeddedPostgres(postgres.home_of(CHECKOUT))
    assert repr(str(own.socket.parent)) in said.stdout
