"""Stands between a process and the tests' PostgreSQL: can be down, can say that it is another
version."""

import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict

READY_FOR_QUERY = b"Z"
PARAMETER_STATUS = b"S"


class PostgresProxy(ThreadingTCPServer):
    """Listens all the time, as a balancer whose server has gone: while `is_down` every
    connection ends at once."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, database_url: str, version: str) -> None:
        super().__init__(("127.0.0.1", 0), Forwarding)
        self.server = conninfo_to_dict(database_url)
        self.version = version
        self.is_down = False
        self.connections: set[socket.socket] = set()

    @property
    def url(self) -> str:
        user, name = (quote(str(self.server.get(part, ""))) for part in ("user", "dbname"))
        # What is encrypted could not be changed.
        query = "sslmode=disable&gssencmode=disable"
        return f"postgresql://{user}@127.0.0.1:{self.server_address[1]}/{name}?{query}"

    def go_down(self) -> None:
        self.is_down = True
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def come_back(self) -> None:
        self.is_down = False

    def connect(self) -> socket.socket:
        host, port = (
            str(self.server.get("host", "127.0.0.1")),
            int(self.server.get("port") or 5432),
        )
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(os.path.join(host, f".s.PGSQL.{port}"))
        return connection


class Forwarding(BaseRequestHandler):
    server: PostgresProxy
    request: socket.socket

    def handle(self) -> None:
        if self.server.is_down:
            return
        with self.server.connect() as postgres:
            pair = {self.request, postgres}
            self.server.connections |= pair
            upwards = threading.Thread(target=pump, args=(self.request, postgres), daemon=True)
            upwards.start()
            if self.server.version:
                self.greet(postgres)
            pump(postgres, self.request)
            upwards.join()
            self.server.connections -= pair

    def greet(self, postgres: socket.socket) -> None:
        """Forward the first messages, until the server is ready, with the other version."""
        with suppress(OSError, EOFError):
            kind = b""
            while kind != READY_FOR_QUERY:
                kind = read(postgres, 1)
                body = read(postgres, struct.unpack("!I", read(postgres, 4))[0] - 4)
                if kind == PARAMETER_STATUS and body.startswith(b"server_version\0"):
                    body = b"server_version\0" + self.server.version.encode() + b"\0"
                self.request.sendall(kind + struct.pack("!I", len(body) + 4) + body)


def pump(source: socket.socket, target: socket.socket) -> None:
    """Everything that comes, until one of them ends; then both have ended."""
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for connection in (source, target):
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def read(connection: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        more = connection.recv(length - len(data))
        if not more:
            raise EOFError
        data += more
    return data


@contextmanager
def postgres_proxy(database_url: str, version: str = "") -> Iterator[PostgresProxy]:
    """One that runs while the block lasts; `version` as in `14.13`, or the server's own."""
    with PostgresProxy(database_url, version) as proxy:
        run: Callable[[], None] = proxy.serve_forever
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield proxy
        proxy.go_down()
        proxy.shutdown()
        thread.join()
