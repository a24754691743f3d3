"""Errors that no view answers: in JSON below /api/, as Django's pages elsewhere."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

API_PREFIX = "/api/"
# A database that is down or cannot go on; and after how many seconds to ask again.
OUTAGES = OperationalError, InterfaceError
RETRY_AFTER = "10"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for what Django does not trust, as a Host that is none of ALLOWED_HOSTS."""
    if request.path.startswith(API_PREFIX):
        return JsonResponse({"detail": "Bad request."}, status=400)
    return defaults.bad_request(request, exception)


def endpoint_not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    """404 for what is no endpoint; in JSON even where DEBUG has a page of its own."""
    return JsonResponse({"detail": "Not found."}, status=404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an address that is none, or for a row that is not there."""
    if request.path.startswith(API_PREFIX):
        return endpoint_not_found(request)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database is to blame, which will be there again; else 500."""
    is_outage = isinstance(sys.exc_info()[1], OUTAGES)
    detail = "The service cannot answer now." if is_outage else "The service has made a mistake."
    if request.path.startswith(API_PREFIX):
        response: HttpResponse = JsonResponse({"detail": detail}, status=500)
    else:
        response = defaults.server_error(request)
    if is_outage:
        response.status_code = 503
        response["Retry-After"] = RETRY_AFTER
    return response
