"""REST framework's throttles: how often one address may ask, and upload, in each process.

The whole API has AddressThrottle by the settings, uploads have theirs by their view, and the
search page, which is no view of REST framework's, has AddressThrottle by `pages.throttling`.
"""

import math
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.throttling import SimpleRateThrottle

from settings.client_address import client_network

# In how many seconds an address has UPLOAD_CPU_SECONDS.
WORK_WINDOW_SECONDS = 60
# How much is left, and of what: IETF's draft-ietf-httpapi-ratelimit-headers.
RATE_LIMIT_HEADER = "RateLimit"
POLICY_HEADER = "RateLimit-Policy"


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

    def allow_request(self, request: Any, view: Any) -> bool:
        """Whether it may upload: neither too often, nor what has been too much work of late."""
        work = UploadWork(self.get_ident(request))
        if self.rate and (wait := work.wait()):
            self.work_wait = wait
            return False
        return super().allow_request(request, view)

    def wait(self) -> float | None:
        return getattr(self, "work_wait", None) or super().wait()


class UploadWork:
    """How many seconds of a core an address's uploads have taken in the last minute."""

    def __init__(self, address: str) -> None:
        self.cache = caches["throttle"]
        self.key = f"upload-work:{client_network(address)}"

    def wait(self) -> float:
        """For how many seconds it may not upload; 0 where it may."""
        kept = self._read()
        if settings.UPLOAD_CPU_SECONDS <= 0 or kept is None:
            return 0
        ends_at, seconds = kept
        return max(ends_at - time.time(), 0) if seconds >= settings.UPLOAD_CPU_SECONDS else 0

    def add(self, seconds: float) -> None:
        now = time.time()
        ends_at, spent = self._read() or (now + WORK_WINDOW_SECONDS, 0.0)
        self.cache.set(self.key, (ends_at, spent + seconds), max(ends_at - now, 1))

    def _read(self) -> tuple[float, float] | None:
        kept: tuple[float, float] | None = self.cache.get(self.key)
        return kept if kept and kept[0] > time.time() else None


class RateLimitHeadersMiddleware:
    """Tells whoever was counted how much they have left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in getattr(request, "rate_limit_headers", {}).items():
            response.headers[name] = value
        return response
