"""POST /api/v1/watched/: who sends slowly keeps no thread for long, and not all of them."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tests.api.refusals import detail, errors_in, wrong_in
from tests.api.uploading import RATINGS, URL
from tests.conftest import eventually
from tests.serving import serving

pytestmark = pytest.mark.slow

FORM = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    + RATINGS
    + b"\r\n--x--\r\n"
)
BODIES = {"text/csv": RATINGS, "multipart/form-data; boundary=x": FORM}
CSV = {"Content-Type": "text/csv"}


def begin(site: str, content_type: str, length: int) -> socket.socket:
    """An upload of which only the head has been sent."""
    address = urlsplit(site)
    sender = socket.create_connection((address.hostname, address.port), 30)
    sender.sendall(
        f"POST {URL} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {length}\r\n\r\n".encode()
    )
    return sender


def answer_to(sender: socket.socket) -> HTTPResponse:
    response = HTTPResponse(sender)
    response.begin()
    return response


def trickle(sender: socket.socket, body: bytes) -> None:
    """A byte every now and then, until the other side has enough."""
    with suppress(OSError):
        for byte in body:
            sender.sendall(bytes([byte]))
            time.sleep(0.2)


@pytest.mark.parametrize(("content_type", "body"), BODIES.items(), ids=["body", "form"])
def test_who_sends_a_byte_at_a_time_is_told_that_it_takes_too_long(
    database_url: str, tmp_path: Path, content_type: str, body: bytes
) -> None:
    with serving(tmp_path / "log", DATABASE_URL=database_url, UPLOAD_SECONDS="2") as site:
        begun = time.monotonic()
        with begin(site, content_type, 1_000_000) as sender:
            sending = threading.Thread(target=trickle, args=(sender, body * 9), daemon=True)
            sending.start()
            response = answer_to(sender)
            # Long before all of it is there.
            assert 2 <= time.monotonic() - begun < 0.2 * len(body)
            assert response.status == 408
            assert wrong_in(errors_in(json.loads(response.read()))) == {
                "file": ["The upload has taken too long: it has to come within 2 seconds."]
            }
        sending.join()


@pytest.mark.parametrize(("content_type", "body"), BODIES.items(), ids=["body", "form"])
def test_who_is_done_in_time_is_answered(
    database_url: str, tmp_path: Path, content_type: str, body: bytes
) -> None:
    with (
        serving(tmp_path / "log", DATABASE_URL=database_url, UPLOAD_SECONDS="2") as site,
        begin(site, content_type, len(body)) as sender,
    ):
        trickle(sender, body[:2])
        sender.sendall(body[2:])
        assert answer_to(sender).status == 200


@pytest.mark.parametrize(
    "body",
    [b"5\r\nConst\r\n", b"50\r\nConst", b"zz\r\nConst", b"5\r\nConst--", b""],
    ids=["no end", "broken off", "no number", "no line end", "nothing"],
)
def test_chunks_are_refused_however_they_are_broken(
    database_url: str, tmp_path: Path, body: bytes
) -> None:
    log = tmp_path / "log"
    with serving(log, DATABASE_URL=database_url) as site:
        address = urlsplit(site)
        with socket.create_connection((address.hostname, address.port), 30) as sender:
            head = f"POST {URL} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
            sender.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + body)
            sender.shutdown(socket.SHUT_WR)
            response = answer_to(sender)
            assert response.status == 411
            assert "Content-Length" in str(wrong_in(errors_in(json.loads(response.read()))))
    assert "Traceback" not in log.read_text()


class TestManyAtOnce:
    @pytest.fixture
    def site(self, database_url: str, tmp_path: Path) -> Iterator[str]:
        """One process of four threads, two of which may be busy with uploads."""
        own = {"DATABASE_URL": database_url, "WEB_CONCURRENCY": "1", "WEB_THREADS": "4"}
        with serving(tmp_path / "log", API_UPLOAD_RATE="", **own) as url:
            yield url

    def post(self, site: str) -> requests.Response:
        return requests.post(site + URL, RATINGS, headers=CSV, timeout=30)

    def test_half_of_the_threads_are_left_to_the_others(self, site: str) -> None:
        with ExitStack() as uploads:
            senders = [uploads.enter_context(begin(site, "text/csv", 100)) for _ in range(8)]
            eventually(lambda: self.post(site).status_code == 503, seconds=4)
            refused = self.post(site)
            begun = time.monotonic()
            assert requests.get(f"{site}/readyz", timeout=30).ok
            assert time.monotonic() - begun < 2
            statuses = [answer_to(sender).status for sender in senders]

        assert int(refused.headers["Retry-After"]) > 0
        assert "uploads" in detail(refused)
        # Those that had a thread have sent nothing for too long.
        assert sorted(statuses) == [400] * 2 + [503] * 6

    def test_a_place_is_given_back_whatever_the_upload_came_to(self, site: str) -> None:
        for _ in range(3):
            assert self.post(site).status_code == 200
            nothing = requests.post(site + URL, b"nothing", headers=CSV, timeout=30)
            assert nothing.status_code == 400
            other = requests.post(f"{site}{URL}?by=x", RATINGS, headers=CSV, timeout=30)
            assert other.status_code == 400
