"""`manage.py refresh_ghibli` from cron, while something is down: a line and a status."""

import os
import subprocess
import sys

import pytest

from tests.serving import CHECKOUT

pytestmark = pytest.mark.slow

NO_DATABASE = "postgresql://postgres@127.0.0.1:9/films"


def refresh(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "refresh_ghibli"],
        cwd=CHECKOUT,
        env=os.environ | {"SECRET_KEY": "of-the-tests"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_without_a_database_it_says_so_in_a_line() -> None:
    said = refresh(DATABASE_URL=NO_DATABASE)

    assert (said.returncode, said.stdout) == (1, "")
    (line,) = said.stderr.splitlines()
    assert "PostgreSQL" in line
    assert "Connection refused" in line


def test_without_the_api_it_says_so_in_a_line(database_url: str) -> None:
    said = refresh(DATABASE_URL=database_url, GHIBLI_API_URL="http://127.0.0.1:9")

    assert (said.returncode, said.stdout) == (1, "")
    (line,) = said.stderr.splitlines()
    assert "no answer" in line
