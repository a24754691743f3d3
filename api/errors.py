"""Errors in the API's one shape: those that views raise, and those that no view answers.

`{"type": …, "errors": [{"code": …, "detail": …, "attr": …}]}`, by drf-standardized-errors: `attr`
is the parameter or field that is wrong, `code` is for programs and stays as it is.
"""

import sys
from dataclasses import asdict
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import (
    CLIENT_ERROR,
    SERVER_ERROR,
    Error,
    ErrorResponse,
    ErrorType,
)
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

API_PREFIX = "/api/"
# A database that is down or cannot go on; and after how many seconds to ask again.
OUTAGES = OperationalError, InterfaceError
RETRY_AFTER = "10"

ERROR_TYPES = ("validation_error", CLIENT_ERROR, SERVER_ERROR)
# Of a parameter or field that is wrong (400), and of uploads (408, 411, 413).
INVALID_CODES = (
    "blank", "does_not_exist", "finite", "incorrect_type", "invalid", "invalid_choice", "many",
    "max_length", "max_string_length", "max_value", "min_value", "null",
    "null_characters_not_allowed", "out_of_order", "parse_error", "repeated", "required",
    "surrogate_characters_not_allowed", "unknown", "unknown_cursor", "unknown_parameter", "wrong",
    "length_required", "too_large", "upload_timeout",
)  # fmt: skip
REFUSAL_CODES = (
    "bad_request", "not_found", "gone", "method_not_allowed", "not_acceptable",
    "unsupported_media_type", "throttled", "error", "unavailable", "too_slow",
    "too_many_searches", "too_many_uploads",
)  # fmt: skip
ERROR_CODES = (*INVALID_CODES, *REFUSAL_CODES)


class ApiExceptionHandler(ExceptionHandler):
    """In JSON, whatever form the answer would have had; what is no error of REST framework's is
    left to `server_error`."""

    def should_not_handle(self, exc: Exception) -> bool:
        return not isinstance(exc, APIException)

    def get_response(self, exc: APIException, data: dict[str, Any]) -> Response:
        if request := self.context["request"]:
            request.accepted_renderer = JSONRenderer()
            request.accepted_media_type = JSONRenderer.media_type
        return super().get_response(exc, data)

    def report_exception(self, exc: APIException, response: Response) -> None:
        """A 503 that a view raises is an answer, and nothing to be looked into."""


def error_response(kind: ErrorType, status: int, code: str, detail: str) -> JsonResponse:
    error = ErrorResponse(kind, [Error(code, detail, None)])
    return JsonResponse(asdict(error), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for what Django does not trust, as a Host that is none of ALLOWED_HOSTS."""
    if request.path_info.startswith(API_PREFIX):
        return error_response(CLIENT_ERROR, 400, "bad_request", "Bad request.")
    return defaults.bad_request(request, exception)


def endpoint_not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    """404 for what is no endpoint; in JSON even where DEBUG has a page of its own."""
    return error_response(CLIENT_ERROR, 404, "not_found", "Not found.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an address that is none, or for a row that is not there."""
    if request.path_info.startswith(API_PREFIX):
        return endpoint_not_found(request)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database is to blame, which will be there again; else 500."""
    is_outage = isinstance(sys.exc_info()[1], OUTAGES)
    detail = "The service cannot answer now." if is_outage else "The service has made a mistake."
    if request.path_info.startswith(API_PREFIX):
        code = "unavailable" if is_outage else "error"
        response: HttpResponse = error_response(SERVER_ERROR, 500, code, detail)
    else:
        response = defaults.server_error(request)
    if is_outage:
        response.status_code = 503
        response["Retry-After"] = RETRY_AFTER
    return response
