"""What every test can have: a PostgreSQL, a sandbox that the import talks to, runs of it."""

import os
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from pytest_django import Settings

from importer.models import ImportRun
from sandbox.server import Sandbox
from sandbox.sources import Films
from settings import dev_postgres
from tests.films import film

RunImport = Callable[..., ImportRun]


def pytest_configure() -> None:
    if not os.environ.get("DATABASE_URL"):
        dev_postgres.start()


@pytest.fixture
def source() -> Films:
    """A world of a dozen films, 1 to 12, that a test may change."""
    return Films([film(number) for number in range(1, 13)])


@pytest.fixture
def sandbox(source: Films, settings: Settings, tmp_path: Path) -> Iterator[Sandbox]:
    """Serves `source`; the settings lead the import to it."""
    with Sandbox(source) as server:
        settings.TMDB_API_URL = server.tmdb_url
        settings.TMDB_FILES_URL = server.files_url
        settings.TMDB_API_KEY = "sandbox"
        settings.TMDB_API_TOKEN = ""
        settings.TMDB_REQUESTS_PER_SECOND = 0
        settings.EXPORT_DIR = tmp_path / "exports"
        yield server


@pytest.fixture
def run_import(sandbox: Sandbox, transactional_db: None) -> RunImport:
    """Runs `manage.py run_import` and gives the run, whether it succeeded or not."""

    def run(kind: str, *arguments: Any) -> ImportRun:
        cache.clear()
        try:
            call_command("run_import", kind, *map(str, arguments), stdout=StringIO())
        except CommandError:
            run = ImportRun.objects.latest()
            assert run.state != ImportRun.State.SUCCEEDED
            return run
        return ImportRun.objects.latest()

    return run
