"""Errors outside any view: in JSON below /api/, as Django's pages elsewhere."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

API = "/api/"


def no_such_address(request: HttpRequest, rest: str = "") -> HttpResponse:
    """What no other address of the API is; in JSON even where DEBUG has a page of its own."""
    return JsonResponse({"detail": "Not found."}, status=404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API):
        return no_such_address(request)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(API):
        return JsonResponse({"detail": "Something is wrong with the service."}, status=500)
    return defaults.server_error(request)
