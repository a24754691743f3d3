"""What every answer says of being kept, where its view has said nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

NOT_KEPT = "no-cache"


class CacheControlMiddleware:
    """Nobody keeps an answer unasked, such as an error or how far an import is: not even a proxy
    that does so by its own rules."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", NOT_KEPT)
        return response
