"""Uploads as a client of `POST watched/` makes them, and what comes back."""

import io
import json
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.refusals import wrong

URL = "/api/v1/watched/"
RATINGS = b"Const,Your Rating,Title\ntt0113277,8,Heat\ntt9999999,7,None\n"


def upload(client: Client, *files: tuple[str, bytes], query: str = "", **fields: str) -> Any:
    named = [SimpleUploadedFile(name, content, "text/csv") for name, content in files]
    return client.post(URL + query, {"file": named, **fields})


def answer(response: Any) -> Any:
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.getvalue())


def refusal(response: Any, status: int = 400) -> str:
    """The one sentence about the file."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/json"
    assert list(wrong(response)) == ["file"]
    [reason] = wrong(response)["file"]
    return str(reason)


def zipped(content: bytes) -> bytes:
    """A zip of ratings.csv."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ratings.csv", content)
    return packed.getvalue()
