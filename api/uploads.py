"""Reads uploads into memory and nowhere else: from a form's field, or a request's body."""

import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import UnreadablePostError
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.parsers import BaseParser, DataAndFiles, MultiPartParser
from rest_framework.request import Request

from movies.slots import NoSlotFree, Slots
from movies.watched.files import NamedFile
from settings.throttling import UploadThrottle, UploadWork

FORM_FIELD = "file"
# What a file is called that came without a name.
DEFAULT_FILE_NAME = "upload"
# How long a sender may send nothing.
READ_TIMEOUT_SECONDS = 5.0
# How long, how long without a byte, and in what pieces, a refused body is still read.
DRAIN_SECONDS = 0.8
DRAIN_TIMEOUT_SECONDS = 0.3
CHUNK_BYTES = 256 * 1024
# When to come again after TooManyUploads.
RETRY_AFTER_SECONDS = 5
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


_slots = Slots()


class UploadTimeout(APIException):
    status_code = 408
    default_code = "upload_timeout"


class LengthRequired(APIException):
    status_code = 411
    default_code = "length_required"


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"


class TooManyUploads(APIException):
    status_code = 503
    default_code = "too_many_uploads"
    default_detail = "Too many uploads are being read just now: try again in a few seconds."
    wait = RETRY_AFTER_SECONDS  # REST framework makes Retry-After of it


@contextmanager
def upload_slot(request: Request) -> Iterator[None]:
    """In the block the request is one of the uploads that are taken at once; TooManyUploads where
    they are half of the process's threads. What it takes of a core counts for its sender."""
    with ExitStack() as stack:
        try:
            stack.enter_context(_slots.take())
        except NoSlotFree:
            drain_body(request.META)
            raise TooManyUploads from None
        begun = time.thread_time()
        try:
            yield
        finally:
            UploadWork(UploadThrottle().get_ident(request)).add(time.thread_time() - begun)


def read_files(request: Request, most_bytes: int) -> Iterator[NamedFile]:
    """A request's files, in their order; each is read when it is its turn, and kept nowhere else.

    What is too large, comes too slowly, or does not say how large it is, is refused and kept
    nowhere.
    """
    sender = request.META.get("gunicorn.socket")
    set_read_timeout(sender, READ_TIMEOUT_SECONDS)
    try:
        with read_deadline(sender, settings.UPLOAD_SECONDS) as is_over:
            files = _read_files(request, most_bytes)
    except Exception:
        # Whatever it is that the parsers make of half a body.
        if is_over.is_set():
            raise upload_timeout() from None
        raise
    finally:
        set_read_timeout(sender, None)
    if is_over.is_set():
        raise upload_timeout()
    return files


def set_read_timeout(sender: socket.socket | None, seconds: float | None) -> None:
    """How long a sender may send nothing: gunicorn's threads would wait for ever, each for one."""
    if sender is not None:
        sender.settimeout(seconds)


@contextmanager
def read_deadline(sender: socket.socket | None, seconds: float) -> Iterator[threading.Event]:
    """After so many seconds nothing more is read, and the event is set: gunicorn's own `read`
    would go on for as long as there is a byte now and then. The answer can still be sent."""
    is_over = threading.Event()

    def expire() -> None:
        is_over.set()
        stop_reading(sender)

    timer = threading.Timer(seconds, expire)
    timer.daemon = True
    timer.start()
    try:
        yield is_over
    finally:
        timer.cancel()


def stop_reading(sender: socket.socket | None) -> None:
    """What else comes is not waited for, neither here nor by gunicorn after the answer."""
    if sender is not None:
        with suppress(OSError):  # it has gone
            sender.shutdown(socket.SHUT_RD)


def _read_files(request: Request, most_bytes: int) -> Iterator[NamedFile]:
    if error := length_error(request.META, most_bytes):
        drain_body(request.META)
        raise error
    try:
        files = request.FILES.getlist(FORM_FIELD)
    except UnreadablePostError:
        stop_reading(request.META.get("gunicorn.socket"))
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


def upload_timeout() -> UploadTimeout:
    seconds = f"{settings.UPLOAD_SECONDS:g} seconds"
    return UploadTimeout(
        {FORM_FIELD: [f"The upload has taken too long: it has to come within {seconds}."]}
    )


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
    body, sender = meta["wsgi.input"], meta.get("gunicorn.socket")
    set_read_timeout(sender, DRAIN_TIMEOUT_SECONDS)
    drain_ends = time.monotonic() + DRAIN_SECONDS
    # It sends nothing any more, or broken chunks.
    with read_deadline(sender, DRAIN_SECONDS), suppress(OSError, ParseException):
        while time.monotonic() < drain_ends:
            if not body.read(CHUNK_BYTES):
                return
    stop_reading(sender)


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
