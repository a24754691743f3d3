"""A setting of the wrong form is said by its name, in one line, by every command."""

import os
import subprocess
import sys

import pytest

from tests.serving import CHECKOUT

RIGHT = {"SECRET_KEY": "of-the-tests-and-of-nothing-else-in-the-world"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "mysql://x"), ("DATABASE_URL", "garbage"), ("SANDBOX_URL", "nonsense"),
     ("SECRET_KEY", ""), ("API_RATE", "600/fortnight"), ("DEBUG", "maybe"),
     ("WEB_THREADS", "-1"), ("EMAIL_PORT", "99999"), ("KEEP_RUNS_DAYS", "ever")],
)  # fmt: skip
@pytest.mark.parametrize("command", ["check", "run_import"])
def test_it_is_said_in_one_line(command: str, name: str, value: str) -> None:
    said = subprocess.run(
        [sys.executable, "manage.py", command, *(["daily"] if command == "run_import" else [])],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x", **RIGHT, name: value},
        capture_output=True,
        text=True,
        timeout=60,
    )

    named = "TMDB_API_URL" if name == "SANDBOX_URL" else name
    assert said.returncode == 1
    assert said.stdout == ""
    [line] = said.stderr.splitlines()
    assert line.startswith("settings: ")
    assert named in line
