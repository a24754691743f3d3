"""The site as it is served: gunicorn with its workers, in a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.conftest import eventually

CHECKOUT = Path(__file__).parents[1]
LISTENING = re.compile(r"Listening at: (http://\S+)")


GUNICORN = [
    *(sys.executable, "-m", "gunicorn", "--config=gunicorn.config.py"),
    "--timeout=600",  # seconds: that of the configuration is none for a worker that starts here
    "settings.wsgi",
]
OWN = {
    "DEBUG": "0",
    "SECRET_KEY": "of-the-tests-and-of-nothing-else-in-the-world",
    "PORT": "0",
    "WEB_CONCURRENCY": "2",
    "GHIBLI_API_URL": "http://127.0.0.1:9",  # where nobody answers: no test asks the real one
}


@contextmanager
def serving(log: Path, **environment: str) -> Iterator[str]:
    """The address of a site that runs in the block; what it says goes into the file `log`."""
    with log.open("w") as words:
        process = subprocess.Popen(
            GUNICORN,
            cwd=CHECKOUT,
            env=os.environ | OWN | environment,
            stdout=words,
            stderr=words,
        )
    try:
        eventually(lambda: bool(LISTENING.search(log.read_text())) or process.poll() is not None)
        found = LISTENING.search(log.read_text())
        assert found, log.read_text()
        # The socket is there before the workers: it holds the question until one can answer.
        assert requests.get(f"{found[1]}/healthz", timeout=300).ok
        yield found[1]
    finally:
        process.terminate()
        process.wait(timeout=60)
