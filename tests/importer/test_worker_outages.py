"""`manage.py run_worker` while PostgreSQL is away: it waits, and does not fill the log."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import eventually
from tests.postgres_proxy import postgres_proxy
from tests.serving import CHECKOUT

pytestmark = pytest.mark.slow

AWAY = "WARNING importer.management.commands.run_worker: PostgreSQL: "
BACK = "INFO importer.management.commands.run_worker: PostgreSQL is back"


def test_it_says_that_postgresql_is_away_ever_more_rarely_and_when_it_is_back(
    environment: dict[str, str], database_url: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with postgres_proxy(database_url) as proxy, log.open("w") as words:
        proxy.go_down()
        begun = time.monotonic()
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "run_worker"],
            cwd=CHECKOUT,
            env=environment | {"DATABASE_URL": proxy.url},
            stdout=words,
            stderr=words,
        )
        try:
            eventually(lambda: log.read_text().count(AWAY) == 4)  # after 0, 1, 3 and 7 seconds
            assert time.monotonic() - begun >= 7
            assert BACK not in log.read_text()
            proxy.come_back()
            eventually(lambda: log.read_text().count(BACK) == 1)
        finally:
            worker.terminate()
            worker.wait(timeout=60)

    lines = log.read_text().splitlines()
    assert all(re.match(r"\d{4}-\d\d-\d\dT", line) for line in lines)
    assert log.read_text().count(AWAY) == 4
