"""Errors that no view answers: in JSON below /api/, as Django's pages elsewhere."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

API = "/api/"
# A database that is down or cannot go on; and after how many seconds to ask again.
OUTAGES = OperationalError, InterfaceError
RETRY_AFTER = "10"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django does not trust, as a Host that is none of ALLOWED_HOSTS."""
    if request.path.startswith(API):
        return JsonResponse({"detail": "Bad request."}, status=400)
    return defaults.bad_request(request, exception)


def no_such_address(request: HttpRequest, rest: str = "") -> HttpResponse:
    """What no other address of the API is; in JSON even where DEBUG has a page of its own."""
    return JsonResponse({"detail": "Not found."}, status=404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API):
        return no_such_address(request)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database is to blame, which will be there again; else 500."""
    is_outage = isinstance(sys.exc_info()[1], OUTAGES)
    answer = said(request, "cannot answer now" if is_outage else "has made a mistake")
    if is_outage:
        answer.status_code = 503
        answer["Retry-After"] = RETRY_AFTER
    return answer


def said(request: HttpRequest, what: str) -> HttpResponse:
    if request.path.startswith(API):
        return JsonResponse({"detail": f"The service {what}."}, status=500)
    return defaults.server_error(request)
