"""A pgbouncer between the service and PostgreSQL."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import eventually
from tools.ports import free_port, is_listening

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")

needs_pgbouncer = pytest.mark.skipif(
    PGBOUNCER is None and not os.environ.get("CI"), reason="there is no pgbouncer"
)

CONFIGURATION = """
[databases]
* = {server} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
ignore_startup_parameters = extra_float_digits,options
"""


@contextmanager
def pooled(database_url: str, mode: str, folder: Path) -> Iterator[str]:
    """The database's address by way of a pgbouncer."""
    address = urlsplit(database_url)
    host = parse_qs(address.query).get("host", [address.hostname or "localhost"])[0]
    port = free_port()
    server = f"host={host} port={address.port or 5432}"
    if address.password:
        server += f" password={address.password}"
    user = address.username or "postgres"
    configuration = folder / "pgbouncer.ini"
    text = CONFIGURATION.format(server=server, user=user, port=port, mode=mode)
    configuration.write_text(text)
    folder.chmod(0o755)
    assert PGBOUNCER
    # It refuses to run as root, and has to get to the server's socket where that has no network.
    owner = Path(host).owner() if host.startswith("/") else "nobody"
    account = ["--user", owner] if os.geteuid() == 0 else []
    process = subprocess.Popen([PGBOUNCER, "--quiet", *account, str(configuration)])
    try:
        eventually(lambda: is_listening(port))
        yield address._replace(netloc=f"{user}@127.0.0.1:{port}", query="").geturl()
    finally:
        process.terminate()
        process.wait(timeout=60)
