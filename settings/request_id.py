"""An id for every request, by which its answer, its line in the access log and its errors are
found: the trusted proxy's, or a new one."""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._:+/=-]{1,128}")

_current_id: ContextVar[str] = ContextVar("request_id", default="")


def current_id() -> str:
    """Of the request that this thread answers; empty in a command."""
    return _current_id.get()


class RequestIdMiddleware:
    """Gives every answer its request's id. The first of all: the others may log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = proxys_id(request) or uuid.uuid4().hex
        # Until the thread's next request: an answer may be written after this call has ended.
        _current_id.set(request_id)
        response = self.get_response(request)
        response.headers[HEADER] = request_id
        return response


def proxys_id(request: HttpRequest) -> str:
    """What a proxy in front calls the request; anybody could say that where there is none."""
    given = request.headers.get(HEADER, "")
    return given if settings.TRUSTED_PROXIES and WELL_FORMED.fullmatch(given) else ""
