"""`python -m tools.sandbox`: what it says when it is ready, when it ends, why it cannot start."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


def start(*options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tools.sandbox", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_listens_and_ends_when_told(end: signal.Signals) -> None:
    with start("--port", "0", "--synthetic", "50") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.fullmatch(r"sandbox listening on (http://127\.0\.0\.1:\d+) \((.+)\)\n", line)
        assert match is not None
        assert match[2] == "synthetic, 50 films"
        answer = requests.get(f"{match[1]}/3/movie/50?api_key=sandbox", timeout=10)
        process.send_signal(end)
        assert process.wait(timeout=60) == 0
    assert answer.json()["id"] == 50


def test_a_taken_port_is_one_clear_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert refusal("--port", str(port), "--synthetic", "5") == (
            f"sandbox: cannot listen on 127.0.0.1:{port}: Address already in use"
        )


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--faults", "oops=1"], "oops"),
        (["--movies", "nowhere.ndjson.gz"], "nowhere.ndjson.gz"),
        (["--port", "99999"], "99999"),
        (["--synthetic", "-5"], "-5"),
        (["--synthetic", "5", "--movies", "x"], "--movies"),
    ],
)
def test_wrong_options_are_named(options: list[str], named: str) -> None:
    assert named in refusal("--port", "0", *options)


def refusal(*options: str) -> str:
    """The last line of what it says when it does not start."""
    with start(*options) as process:
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert output == ""
    assert "Traceback" not in errors
    return errors.splitlines()[-1]
