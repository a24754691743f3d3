"""/metrics, for Prometheus."""

import os

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from operations.catalogue_metrics import CatalogueCollector


def metrics(request: HttpRequest) -> HttpResponse:
    """All processes' counts, and the catalogue's figures while the database answers; 404 for
    whoever does not say METRICS_TOKEN."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    said = request.headers.get("Authorization", "")
    if not (settings.METRICS_TOKEN and constant_time_compare(said, expected)):
        raise Http404
    body = generate_latest(counted()) + generate_catalogue()
    answer = HttpResponse(body, content_type=CONTENT_TYPE_LATEST)
    answer["Cache-Control"] = "no-store"
    return answer


def counted() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def generate_catalogue() -> bytes:
    registry = CollectorRegistry()
    try:
        registry.register(CatalogueCollector())
        return generate_latest(registry)
    except DatabaseError:
        return b""
