"""Films that are imported once for a file of tests, and restored into the tables for each test."""

from io import StringIO
from pathlib import Path

from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from psycopg import sql

from movies.models import RankingState
from tests.sandbox_settings import sandbox_settings
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

APPS = ("importer", "movies")
# Of PostgreSQL, beside that of the tables.
SCHEMA = "snapshot"


def take_snapshot(films: Films, folder: Path) -> None:
    """Import these films and move all that comes of it away; the tables are empty as before."""
    import_all(films, folder)
    execute("DROP SCHEMA IF EXISTS {schema} CASCADE")
    execute("CREATE SCHEMA {schema}")
    for table in tables():
        execute("CREATE TABLE {schema}.{table} AS TABLE public.{table}", table)
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)


def restore_snapshot() -> None:
    """Copy it into the tables, as if it had been imported just now."""
    for table in tables():
        execute("INSERT INTO public.{table} SELECT * FROM {schema}.{table}", table)
    # By which the answers that were given to an earlier test are known to be another's.
    RankingState.objects.update(ranked_at=timezone.now())
    cache.clear()


def import_all(films: Films, folder: Path) -> None:
    with (
        Sandbox(films) as server,
        override_settings(**sandbox_settings(server, folder), TMDB_REQUESTS_PER_SECOND=0),
    ):
        call_command("run_import", "daily", stdout=StringIO())


def tables() -> list[str]:
    models = [model for name in APPS for model in apps.get_app_config(name).get_models()]
    return [model._meta.db_table for model in models]


def execute(statement: str, table: str = "") -> None:
    names = {"schema": sql.Identifier(SCHEMA), "table": sql.Identifier(table)}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**names))
