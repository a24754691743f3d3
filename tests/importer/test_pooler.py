"""A transaction pooler between an import and PostgreSQL is refused; one of sessions is not."""

import subprocess
import sys

import pytest
from pytest_django import Settings

from importer.models import ImportRun
from tests.conftest import RunImport
from tests.pgbouncer import needs_pgbouncer, pooled

pytestmark = [pytest.mark.slow, needs_pgbouncer]


@pytest.mark.parametrize(
    ("mode", "says"), [("transaction", "a transaction pooler stands between"), ("session", "")]
)
def test_an_import_by_way_of_a_pooler(
    run_import: RunImport,
    environment: dict[str, str],
    settings: Settings,
    database_url: str,
    tmp_path_factory: pytest.TempPathFactory,
    mode: str,
    says: str,
) -> None:
    with pooled(database_url, mode, tmp_path_factory.mktemp("pgbouncer")) as url:
        run = subprocess.run(
            [sys.executable, "manage.py", "run_import", "ids"],
            env=environment | {"DATABASE_URL": url},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    assert run.returncode == (1 if says else 0), run.stderr
    assert says in run.stderr
    assert "Traceback" not in run.stderr
    # The lock is free again for whoever comes directly.
    assert run_import("ids").state == ImportRun.State.SUCCEEDED
