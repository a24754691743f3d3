"""What every test can have: a PostgreSQL, a sandbox that the import talks to, runs of it."""

import os
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.core.cache import cache, caches
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker, Settings

from caching.kept import bodies
from caching.versions import answered
from importer.models import ImportRun
from movies import reference
from tests.films import film
from tests.sandbox_settings import sandbox_environment, sandbox_settings
from tests.snapshot import restore_snapshot, take_snapshot
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

# How long an example takes is the machine's matter.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

RunImport = Callable[..., ImportRun]


# A test that has one of these works with processes of its own: a browser, a site, an import.
SLOW_FIXTURES = {"chromium", "database_url"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


def eventually(holds: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until it holds; fail when it does not in this time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"still not so after {seconds:g} s"
        time.sleep(0.02)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """In the tests' database no commit waits for the disk: nobody here cuts the power."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        name = sql.Identifier(connection.settings_dict["NAME"])
        cursor.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit TO off").format(name))
        connection.close()  # the setting is for connections to come


@pytest.fixture(scope="module")
def world() -> Films:
    """The films of a file's tests: a dozen, 1 to 12, where it has no others."""
    films = [film(number) for number in range(1, 13)]
    return Films(films, ratings=[("tt0000001", 7.5, 100)])


@pytest.fixture
def source(world: Films) -> Films:
    """The same, for a test to change."""
    return deepcopy(world)


@pytest.fixture
def sandbox(source: Films, settings: Settings, tmp_path: Path) -> Iterator[Sandbox]:
    """Serves `source`; the settings lead the import to it."""
    with Sandbox(source) as server:
        for name, value in sandbox_settings(server, tmp_path / "exports").items():
            setattr(settings, name, value)
        settings.TMDB_REQUESTS_PER_SECOND = 0
        settings.TMDB_BACKOFF_SECONDS = 0.02
        yield server


@pytest.fixture(scope="module")
def imported(
    world: Films,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The file's world is imported, once, and a snapshot taken for `catalogue`."""
    with django_db_blocker.unblock():
        take_snapshot(world, tmp_path_factory.mktemp("imported"))


@pytest.fixture
def catalogue(imported: None, db: None) -> None:
    """The database has the file's world, as if it had been imported just now."""
    restore_snapshot()


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The test database's address, for a process that a test starts."""
    return (
        urlsplit(os.environ["DATABASE_URL"])
        ._replace(path=f"/{connection.settings_dict['NAME']}")
        .geturl()
    )


@pytest.fixture
def environment(sandbox: Sandbox, settings: Settings, database_url: str) -> dict[str, str]:
    """What leads a process of the service to the sandbox and the test's database."""
    return sandbox_environment(sandbox, database_url, settings.EXPORT_DIR)


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


@pytest.fixture(autouse=True)
def forget_who_has_asked() -> None:
    """All tests ask from one address."""
    caches["throttle"].clear()


@pytest.fixture(autouse=True)
def forget_what_is_kept() -> None:
    """A restored snapshot has the same edition in every test."""
    bodies.clear()
    answered.clear()
    reference.forget()
    cache.clear()
