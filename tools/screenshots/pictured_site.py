"""A site to be looked at: films with posters that the sandbox draws, served by gunicorn from a
database of its own, with one account for /admin."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tools.benchmarks.database import own_database
from tools.benchmarks.importing import Importer, sandbox_of
from tools.benchmarks.site import site

NAME = "operator"
PASSWORD = "of-the-screenshots-alone"  # noqa: S105
ACCOUNT = f"""
from django.contrib.auth.models import User
User.objects.create_superuser({NAME!r}, password={PASSWORD!r})
"""
# Where no PostgreSQL is: all pages of that site are 503.
NOWHERE = "postgresql://nobody@127.0.0.1:9/nothing"


class PicturedSite(NamedTuple):
    """The address of a site, and that of one like it whose database is away."""

    url: str
    broken_url: str


@contextmanager
def pictured_site(movies: Path | None) -> Iterator[PicturedSite]:
    """With the sandbox's own films, or those of a file of payloads, imported first."""
    films = ["--pictures"] if movies is None else ["--movies", str(movies)]
    with (
        tempfile.TemporaryDirectory() as folder,
        sandbox_of(*films) as sandbox,
        own_database("screenshots") as database,
    ):
        importer = Importer(database, sandbox, Path(folder))
        database.migrate()
        importer.run("daily")
        database.run(
            "INSERT INTO tmdb_movie (id, popularity, known_at, due_at, gone_at)"
            " VALUES (999999999, 0, now(), now(), now())"
        )
        command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", ACCOUNT]
        subprocess.run(command, env=database.environment, check=True)  # noqa: S603
        settings = {"SANDBOX_URL": sandbox, "TMDB_API_KEY": "", "TMDB_API_TOKEN": ""}
        with (
            site(database, **settings) as address,
            site(database, **settings | {"DATABASE_URL": NOWHERE}) as broken,
        ):
            yield PicturedSite(f"http://{address}", f"http://{broken}")
