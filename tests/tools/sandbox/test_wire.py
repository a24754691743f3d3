"""The sandbox's HTTP below what a client library shows."""

import gc
import socket
import warnings
from contextlib import ExitStack

import pytest

from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films


def exchange(sandbox: Sandbox, sent: bytes) -> bytes:
    """All that comes back until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=10) as connection:
        connection.sendall(sent)
        with connection.makefile("rb") as received:
            return received.read()


def test_requests_sent_at_once_are_answered_in_their_order(sandbox: Sandbox) -> None:
    paths = ["/3/movie/603", "/3/movie/1", "/3/movie/604"]
    sent = "".join(f"GET {path}?api_key=sandbox HTTP/1.1\r\n\r\n" for path in paths)
    last = "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"
    answers = exchange(sandbox, (sent + last).encode()).split(b"HTTP/1.1 ")
    assert [answer[:3] for answer in answers[1:]] == [b"200", b"200", b"404", b"401"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/3\r\n\r\n", b"400"),
        (b"POST /3/movie/603 HTTP/1.1\r\nContent-Length: 0\r\n\r\n", b"405"),
        (b"GET /3/movie/603?api_key=sandbox HTTP/1.0\r\n\r\n", b"200"),
    ],
)
def test_the_connection_ends_after(sandbox: Sandbox, sent: bytes, status: bytes) -> None:
    assert exchange(sandbox, sent).startswith(b"HTTP/1.1 " + status)


def test_it_ends_though_clients_hang_and_read_nothing(films: Films) -> None:
    films.countries *= 1000  # more than the sockets' buffers hold
    with ExitStack() as clients:
        with Sandbox(films) as sandbox:
            sandbox.faults.only[603] = "hang"
            for path in ("/3/movie/603", "/3/configuration/countries"):
                client = socket.create_connection(("127.0.0.1", sandbox.port))
                clients.enter_context(client)
                client.sendall(f"GET {path}?api_key=sandbox HTTP/1.1\r\n\r\n".encode())
            client.recv(1)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", sandbox.port))


def test_who_is_just_coming_in_at_the_end_is_not_left_open() -> None:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for _ in range(20):
            with Sandbox(Films([])) as sandbox:
                clients = [socket.create_connection((sandbox.host, sandbox.port)) for _ in "12345"]
            for client in clients:
                client.close()
        gc.collect()
    assert [str(warning.message) for warning in warned] == []
