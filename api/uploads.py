"""Takes uploads in memory and nowhere else: as a form's field, or as the body of a request."""

import re
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from typing import IO, Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import UnreadablePostError
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.parsers import BaseParser, DataAndFiles, MultiPartParser
from rest_framework.request import Request

FIELD = "file"
# What a file is called that came without a name.
NAMELESS = "upload"
# How long a sender may say nothing.
SILENCE_SECONDS = 5.0
# How long, and in what pieces, what has been refused is still read.
PATIENCE_SECONDS = 0.8
AT_A_TIME = 256 * 1024
# As browsers and commands send a CSV or a zip, Windows with a spreadsheet's type for a CSV.
BODY_TYPES = [
    "text/csv",
    "text/plain",
    "application/csv",
    "application/octet-stream",
    "application/vnd.ms-excel",
    "application/zip",
    "application/x-zip-compressed",
]


class LengthRequired(APIException):
    status_code = 411
    default_code = "length_required"


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"


def uploaded(request: Request, most_bytes: int) -> Iterator[tuple[str, bytes]]:
    """The names and contents of a request's files, in their order; each is kept nowhere else.

    What is too large, or does not say how large it is, is refused and kept nowhere.
    """
    be_patient(request.META.get("gunicorn.socket"), SILENCE_SECONDS)
    try:
        return _uploaded(request, most_bytes)
    finally:
        be_patient(request.META.get("gunicorn.socket"), None)


def be_patient(sender: socket.socket | None, seconds: float | None) -> None:
    """How long a sender may say nothing: gunicorn's threads would wait for ever, each for one."""
    if sender is not None:
        sender.settimeout(seconds)


def _uploaded(request: Request, most_bytes: int) -> Iterator[tuple[str, bytes]]:
    if refused := by_length(request.META, most_bytes):
        discard(request.META)
        raise refused
    try:
        files = request.FILES.getlist(FIELD)
    except UnreadablePostError:
        raise refusal("The upload has broken off.") from None
    except SuspiciousOperation:
        raise refusal("The form has too many fields or files.") from None
    if not files:
        raise refusal(f"No file was sent in the field {FIELD!r}.")
    return map(taken, files)


def taken(file: UploadedFile) -> tuple[str, bytes]:
    content = file.read()
    file.close()
    return sayable(file.name or NAMELESS), content


def sayable(name: str) -> str:
    """A name that can be said back: a header can say in which encoding it has the file's name,
    and some make half of a character of it."""
    return name.encode(errors="replace").decode()


def refusal(reason: str) -> ValidationError:
    return ValidationError({FIELD: [reason]})


def by_length(meta: Mapping[str, Any], most_bytes: int) -> APIException | None:
    """Why a request is not read, from what it says of its length."""
    if "chunked" in meta.get("HTTP_TRANSFER_ENCODING", "").lower():
        return LengthRequired({FIELD: ["A Content-Length is needed, chunks are not taken."]})
    if int(meta.get("CONTENT_LENGTH") or 0) > most_bytes:
        return TooLarge({FIELD: [f"It is too large: {most_bytes:,} bytes are taken."]})
    return None


def discard(meta: Mapping[str, Any]) -> None:
    """Let the sender come to the end, if that is soon: most read no answer before that, and would
    only see that the connection breaks."""
    body = meta["wsgi.input"]
    be_patient(meta.get("gunicorn.socket"), PATIENCE_SECONDS)
    patience_ends = time.monotonic() + PATIENCE_SECONDS
    with suppress(OSError):  # it says nothing any more
        while time.monotonic() < patience_ends and body.read(AT_A_TIME):
            pass


class InMemory(MemoryFileUploadHandler):
    """However large: its limit is the request's. Django would write large ones to a disk."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


class FormParser(MultiPartParser):
    """A form with files."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> "DataAndFiles[Any, Any]":
        request = (parser_context or {})["request"]._request
        request.upload_handlers = [InMemory(request)]
        return super().parse(stream, media_type, parser_context)


class BodyParser(BaseParser):
    """The body is the file; a Content-Disposition may have its name."""

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> "DataAndFiles[Any, Any]":
        request = (parser_context or {})["request"]
        content = BytesIO(stream.read())
        if len(content.getvalue()) < int(request.META.get("CONTENT_LENGTH") or 0):
            raise refusal("The upload has broken off.")
        name = name_of(request.META.get("HTTP_CONTENT_DISPOSITION", ""))
        file = InMemoryUploadedFile(
            content, FIELD, name, media_type, len(content.getvalue()), None
        )
        return DataAndFiles({}, MultiValueDict({FIELD: [file]}))


def name_of(disposition: str) -> str:
    """The file's name in a Content-Disposition, without any folder; a folder's is none."""
    try:
        _, parameters = parse_header_parameters(disposition)
    except (ValueError, LookupError):
        return NAMELESS
    name = re.split(r"[/\\]", parameters.get("filename", ""))[-1]
    return NAMELESS if name in {"", ".", ".."} else name
