"""What is counted of every request, for Prometheus: by the name of what answered, never by the
address that was asked for, of which there is no end."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Histogram

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

requests = Counter(
    "world_in_movies_requests", "Requests that were answered.", ["view", "method", "status"]
)
seconds = Histogram(
    "world_in_movies_request_seconds",
    "How long answers took, without sending them.",
    ["view"],
    buckets=BUCKETS,
)
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


class RequestMetricsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = self.get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else ""
        method = request.method if request.method in METHODS else "other"
        requests.labels(view or "none", method, response.status_code).inc()
        seconds.labels(view or "none").observe(time.perf_counter() - begun)
        return response
