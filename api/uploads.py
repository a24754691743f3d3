"""Reads uploads into memory and nowhere else: from a form's field, or a request's body."""

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

from movies.watched.files import NamedFile

FORM_FIELD = "file"
# What a file is called that came without a name.
DEFAULT_FILE_NAME = "upload"
# How long a sender may send nothing.
READ_TIMEOUT_SECONDS = 5.0
# How long, and in what pieces, a refused body is still read.
DRAIN_SECONDS = 0.8
CHUNK_BYTES = 256 * 1024
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


def read_files(request: Request, most_bytes: int) -> Iterator[NamedFile]:
    """A request's files, in their order; each is read when it is its turn, and kept nowhere else.

    What is too large, or does not say how large it is, is refused and kept nowhere.
    """
    set_read_timeout(request.META.get("gunicorn.socket"), READ_TIMEOUT_SECONDS)
    try:
        return _read_files(request, most_bytes)
    finally:
        set_read_timeout(request.META.get("gunicorn.socket"), None)


def set_read_timeout(sender: socket.socket | None, seconds: float | None) -> None:
    """How long a sender may send nothing: gunicorn's threads would wait for ever, each for one."""
    if sender is not None:
        sender.settimeout(seconds)


def _read_files(request: Request, most_bytes: int) -> Iterator[NamedFile]:
    if error := length_error(request.META, most_bytes):
        drain_body(request.META)
        raise error
    try:
        files = request.FILES.getlist(FORM_FIELD)
    except UnreadablePostError:
        raise invalid_upload("The upload has broken off.") from None
    except SuspiciousOperation:
        raise invalid_upload("The form has too many fields or files.") from None
    if not files:
        raise invalid_upload(f"No file was sent in the field {FORM_FIELD!r}.")
    return map(_read_file, files)


def _read_file(file: "UploadedFile[bytes]") -> NamedFile:
    content = file.read()
    file.close()
    return NamedFile(encodable(file.name or DEFAULT_FILE_NAME), content)


def encodable(name: str) -> str:
    """A file's name as an answer can have it: a header can say in which encoding it has the name,
    and some make half of a character of it."""
    return name.encode(errors="replace").decode()


def invalid_upload(reason: str) -> ValidationError:
    return ValidationError({FORM_FIELD: [reason]})


def length_error(meta: Mapping[str, Any], most_bytes: int) -> APIException | None:
    """Why a request is not read, from what it says of its length."""
    if "chunked" in meta.get("HTTP_TRANSFER_ENCODING", "").lower():
        return LengthRequired({FORM_FIELD: ["A Content-Length is needed, chunks are not taken."]})
    if int(meta.get("CONTENT_LENGTH") or 0) > most_bytes:
        return TooLarge({FORM_FIELD: [f"It is too large: {most_bytes:,} bytes are taken."]})
    return None


def drain_body(meta: Mapping[str, Any]) -> None:
    """Read a refused body to its end, if that comes soon: most senders read no answer before that,
    and would only see that the connection breaks."""
    body = meta["wsgi.input"]
    set_read_timeout(meta.get("gunicorn.socket"), DRAIN_SECONDS)
    drain_ends = time.monotonic() + DRAIN_SECONDS
    with suppress(OSError):  # it sends nothing any more
        while time.monotonic() < drain_ends and body.read(CHUNK_BYTES):
            pass


class InMemoryUploadHandler(MemoryFileUploadHandler):
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
        request.upload_handlers = [InMemoryUploadHandler(request)]
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
            raise invalid_upload("The upload has broken off.")
        name = file_name(request.META.get("HTTP_CONTENT_DISPOSITION", ""))
        file = InMemoryUploadedFile(
            content, FORM_FIELD, name, media_type, len(content.getvalue()), None
        )
        return DataAndFiles({}, MultiValueDict({FORM_FIELD: [file]}))


def file_name(disposition: str) -> str:
    """The file's name in a Content-Disposition, without any folder; a folder's is none."""
    try:
        _, parameters = parse_header_parameters(disposition)
    except (ValueError, LookupError):
        return DEFAULT_FILE_NAME
    name = re.split(r"[/\\]", parameters.get("filename", ""))[-1]
    return DEFAULT_FILE_NAME if name in {"", ".", ".."} else name
