"""How often one address may ask, within one process of the site: for the API and for pages."""

import functools
import ipaddress
import math
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.throttling import SimpleRateThrottle

# What one subscriber is given at the least, and so can have at once.
IPV6_PREFIX = 64

View = Callable[..., HttpResponse]


class AddressThrottle(SimpleRateThrottle):
    """API_RATE requests of an address; a page's count as the API's do."""

    setting = "API_RATE"
    scope = "anon"

    def __init__(self) -> None:
        super().__init__()
        # Its own: what others keep must not push addresses out, nor the other way round.
        self.cache = caches["throttle"]

    def get_rate(self) -> str | None:
        return getattr(settings, self.setting) or None

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"{self.scope}:{network(self.get_ident(request))}"


def network(address: str) -> str:
    """Who asks: an IPv4 address, or the network of an IPv6 one; what is neither stays as it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found), IPV6_PREFIX), strict=False))


def limited(view: View) -> View:
    """A page that is 429 for an address that has asked too often."""

    @functools.wraps(view)
    def limited_view(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        throttle = AddressThrottle()
        if throttle.allow_request(request, limited_view):  # type: ignore[arg-type]
            return view(request, *arguments, **named)
        return too_many(request, math.ceil(throttle.wait() or 1))

    return limited_view


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page that says when to come again."""
    plural = "" if seconds == 1 else "s"
    context = {
        "heading": "Too many requests",
        "words": f"They came from your address. Try again in {seconds} second{plural}.",
    }
    answer = render(request, "404.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
