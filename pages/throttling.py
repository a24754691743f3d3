"""Pages that are 429 for an address that has asked too often, of the API or of them."""

import functools
import math
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from settings.throttling import AddressThrottle

View = Callable[..., HttpResponse]


def throttled(view: View) -> View:
    """A page that is 429 for an address that has asked too often."""

    @functools.wraps(view)
    def throttled_view(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        throttle = AddressThrottle()
        if throttle.allow_request(request, throttled_view):
            return view(request, *arguments, **named)
        return too_many_requests(request, math.ceil(throttle.wait() or 1))

    return throttled_view


def too_many_requests(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page that says when to come again."""
    plural = "" if seconds == 1 else "s"
    context = {
        "heading": "Too many requests",
        "words": f"They came from your address. Try again in {seconds} second{plural}.",
    }
    answer = render(request, "404.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
