"""POST /api/v1/watched/: what is too large is refused, and takes neither memory nor time."""

import io
import json
import socket
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from movies.watched.files import MOST_BYTES, MOST_FILES
from tests.api.refusals import errors_in, wrong_in
from tests.api.uploading import RATINGS, URL, refusal, upload, zipped
from tests.movies.watched.memory import growing_by_at_most
from tests.serving import serving

TOO_LARGE = f"It is too large: {MOST_BYTES:,} bytes are taken."
TYPES = ["text/csv", "multipart/form-data; boundary=x"]


@pytest.fixture(autouse=True)
def no_limit_of_uploads(settings: Settings) -> None:
    settings.API_UPLOAD_RATE = ""


@pytest.mark.parametrize("content_type", TYPES)
def test_an_upload_of_200_mb_is_refused_whatever_comes(client: Client, content_type: str) -> None:
    class Endless(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert 0 < size < 1_000_000
            return bytes(size)

    with growing_by_at_most(5):
        response = client.generic(
            "POST", URL, content_type=content_type,
            **{"wsgi.input": Endless(), "CONTENT_LENGTH": "200000000"},  # type: ignore[arg-type]
        )  # fmt: skip
    assert refusal(response, 413) == TOO_LARGE


def test_a_zip_with_too_much_in_it_is_refused(client: Client) -> None:
    bomb = zipped(bytes(MOST_BYTES + 1))
    with growing_by_at_most(5):
        response = upload(client, ("bomb.zip", bomb))
    assert refusal(response, 413).startswith("bomb.zip: the zip holds too much")


def test_zips_with_too_much_in_them_together_are_refused(client: Client) -> None:
    full = zipped(RATINGS + bytes(MOST_BYTES - len(RATINGS)))
    with growing_by_at_most(60):
        response = upload(client, *((f"{number}.zip", full) for number in range(MOST_FILES)))
    assert refusal(response, 413).startswith("1.zip: the zip holds too much")


def test_a_zip_of_blank_lines_is_refused(client: Client) -> None:
    blank = zipped(RATINGS + b"\n" * (MOST_BYTES - len(RATINGS)))
    with growing_by_at_most(60):
        response = upload(client, ("blank.zip", blank))
    assert refusal(response).startswith("ratings.csv, row 200001: the upload has")


@pytest.mark.parametrize("content_type", TYPES)
def test_the_rest_of_200_mb_is_not_waited_for(
    database_url: str, tmp_path: Path, content_type: str
) -> None:
    head = (
        f"POST {URL} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\n"
        "Content-Length: 200000000\r\n\r\n"
    )
    with (
        serving(tmp_path / "log", DATABASE_URL=database_url) as url,
        socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), 30) as sender,
    ):
        sender.sendall(head.encode() + RATINGS)
        response = HTTPResponse(sender)
        response.begin()
        assert response.status == 413
        assert wrong_in(errors_in(json.loads(response.read()))) == {"file": [TOO_LARGE]}
