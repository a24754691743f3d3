"""REST framework's throttles: how often one address may ask, and upload, in each process.

The whole API has AddressThrottle by the settings, uploads have theirs by their view, and the
search page, which is no view of REST framework's, has AddressThrottle by `pages.throttling`.
"""

import ipaddress
import math
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.throttling import SimpleRateThrottle

# How much is left, and of what: IETF's draft-ietf-httpapi-ratelimit-headers.
RATE_LIMIT_HEADER = "RateLimit"
POLICY_HEADER = "RateLimit-Policy"

# What one subscriber is given at the least, and so can have at once.
IPV6_PREFIX_LENGTH = 64


class AddressThrottle(SimpleRateThrottle):
    """API_RATE requests of an address; those of the search page count as the API's do."""

    # The setting with the rate; `600/minute`, or empty for no limit.
    rate_setting = "API_RATE"
    scope = "anon"
    # So many requests within so many seconds.
    num_requests: int
    duration: int

    def __init__(self) -> None:
        super().__init__()
        # A cache of its own: other entries must not push addresses out, nor the other way round.
        self.cache = caches["throttle"]

    def get_rate(self) -> str | None:
        return getattr(settings, self.rate_setting) or None

    def allow_request(self, request: Any, view: Any) -> bool:
        is_allowed = super().allow_request(request, view)
        if self.rate:
            # REST framework's request stands around Django's, which the middleware has.
            getattr(request, "_request", request).rate_limit_headers = self.headers
        return is_allowed

    @property
    def headers(self) -> dict[str, str]:
        """How much of the rate is left, and in how many seconds the oldest request counts no
        longer."""
        oldest = self.history[-1] if self.history else self.now
        seconds = math.ceil(self.duration - (self.now - oldest))
        left = max(self.num_requests - len(self.history), 0)
        return {
            RATE_LIMIT_HEADER: f'"{self.scope}";r={left};t={seconds}',
            POLICY_HEADER: f'"{self.scope}";q={self.num_requests};w={self.duration}',
        }

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"{self.scope}:{client_network(self.get_ident(request))}"


class UploadThrottle(AddressThrottle):
    """API_UPLOAD_RATE uploads of an address: each is far more work than any other request."""

    rate_setting = "API_UPLOAD_RATE"
    scope = "upload"


def client_network(address: str) -> str:
    """Who asks: an IPv4 address, or the network of an IPv6 one; what is neither stays as it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found), IPV6_PREFIX_LENGTH), strict=False))


class RateLimitHeadersMiddleware:
    """Tells whoever was counted how much they have left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in getattr(request, "rate_limit_headers", {}).items():
            response.headers[name] = value
        return response
