"""The site as it is served: gunicorn with its workers, in a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import eventually

CHECKOUT = Path(__file__).parents[1]
LISTENING = re.compile(r"Listening at: (http://\S+)")


@contextmanager
def serving(log: Path, **environment: str) -> Iterator[str]:
    """The address of a site that runs in the block; what it says goes into the file `log`."""
    own = {"DEBUG": "0", "SECRET_KEY": "of-the-tests", "PORT": "0", "WEB_CONCURRENCY": "2"}
    with log.open("w") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config=gunicorn.config.py", "settings.wsgi"],
            cwd=CHECKOUT,
            env=os.environ | own | environment,
            stdout=words,
            stderr=words,
        )
    try:
        eventually(lambda: bool(LISTENING.search(log.read_text())) or process.poll() is not None)
        found = LISTENING.search(log.read_text())
        assert found, log.read_text()
        yield found[1]
    finally:
        process.terminate()
        process.wait(timeout=30)
