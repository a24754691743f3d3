"""The service on several machines, each of them an address of this one: two sites and a shared
cache behind nginx as deploy/ has it, PgBouncer, and a primary with a standby to read from."""

import os
import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tools.ports import free_port
from tools.postgres import EmbeddedPostgres
from tools.proofs.service_part import Part, Program, Server
from tools.proofs.standby import Standby
from tools.proxies import PATH, nginx_command

FRONT, BOUNCER, CACHE = "127.0.17.1", "127.0.17.2", "127.0.17.3"
SITES = {"site 1": "127.0.17.11", "site 2": "127.0.17.12"}
SECRET_KEY = "of-the-machines-and-of-nothing-else-in-the-world"  # noqa: S105
PGBOUNCER = """
[databases]
* = host={host} port=5432 user=postgres
[pgbouncer]
listen_addr = {address}
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
ignore_startup_parameters = options,extra_float_digits
server_login_retry = 1
query_wait_timeout = 5
"""


@dataclass
class Machines:
    """Where readers ask, and what can be killed by name."""

    address: str
    parts: dict[str, Part]


def missing_programs() -> list[str]:
    """Those that have to be installed before."""
    programs = ("nginx", "pgbouncer", "redis-server")
    return [program for program in programs if not shutil.which(program, path=PATH)]


def start_machines(
    stack: ExitStack, folder: Path, primary: EmbeddedPostgres, database: str, sandbox: str
) -> Machines:
    """All parts for as long as the stack lasts, on a database of this primary."""
    standby = Standby(folder / "standby", primary)
    bouncer, cache = (f"{host}:{free_port(host)}" for host in (BOUNCER, CACHE))
    name = urlsplit(database).path.removeprefix("/")
    settings = {
        "DATABASE_URL": f"postgresql://postgres@{bouncer}/{name}",
        "DATABASE_REPLICA_URL": urlsplit(standby.url)._replace(path=f"/{name}").geturl(),
        "GHIBLI_API_URL": f"{sandbox}/ghibli",
        "CACHE_URL": f"redis://{cache}/0",
        "SECRET_KEY": SECRET_KEY,
        "DEBUG": "0",
        "API_RATE": "",
        "API_UPLOAD_RATE": "",
        "TRUSTED_PROXIES": "1",
        "ALLOWED_HOSTS": FRONT,
        "MALLOC_ARENA_MAX": "1",
    }
    sites = {called: f"{host}:{free_port(host)}" for called, host in SITES.items()}
    front = f"{FRONT}:{free_port(FRONT)}"
    parts: dict[str, Part] = {
        "standby": Server(standby),
        "PgBouncer": pgbouncer(folder, primary, bouncer),
        "cache": redis(folder, cache),
        **{called: site(folder, called, where, settings) for called, where in sites.items()},
        "nginx": nginx(folder, front, list(sites.values())),
    }
    for part in parts.values():
        part.start()
        stack.callback(part.stop)
    return Machines(front, {"primary": Server(primary), **parts})


def pgbouncer(folder: Path, primary: EmbeddedPostgres, address: str) -> Program:
    host, _, port = address.partition(":")
    text = PGBOUNCER.format(host=primary.socket.parent, address=host, port=port)
    path = folder / "pgbouncer.ini"
    path.write_text(text)
    path.chmod(0o644)
    # It refuses to run as root, and has to get to the server's socket.
    account = [f"--user={primary.socket.parent.owner()}"] if os.geteuid() == 0 else []
    return program(folder, address, "pgbouncer", *account, str(path))


def redis(folder: Path, address: str) -> Program:
    host, _, port = address.partition(":")
    options = ("--bind", host, "--port", port, "--save", "")
    return program(folder, address, "redis-server", *options)


def site(folder: Path, called: str, address: str, settings: dict[str, str]) -> Program:
    host, _, port = address.partition(":")
    command = [sys.executable, "-m", "gunicorn", "--config=gunicorn.config.py", "settings.wsgi"]
    where = {"BIND_ADDRESS": host, "PORT": port, "WEB_CONCURRENCY": "2"}
    return Program(command, os.environ | settings | where, folder / f"{called}.log", address)


def nginx(folder: Path, address: str, sites: list[str]) -> Program:
    """deploy/nginx.conf with two sites."""
    return program(folder, address, *nginx_command(folder, address, sites))


def program(folder: Path, address: str, *command: str) -> Program:
    return Program(command, os.environ | {"PATH": PATH}, folder / f"{command[0]}.log", address)
