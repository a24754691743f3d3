"""What drf-spectacular is told of every endpoint alike."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer

from settings.throttling import POLICY_HEADER, RATE_LIMIT_HEADER

RATE_LIMIT_HEADERS = [
    OpenApiParameter(
        RATE_LIMIT_HEADER,
        str,
        OpenApiParameter.HEADER,
        response=True,
        description='`"anon";r=599;t=60`: 599 more requests now, and one more in 60 seconds at '
        "the latest.",
    ),
    OpenApiParameter(
        POLICY_HEADER,
        str,
        OpenApiParameter.HEADER,
        response=True,
        description='`"anon";q=600;w=60`: 600 requests within any 60 seconds.',
    ),
]


class ApiSchema(AutoSchema):
    """Every answer can have the RateLimit headers."""

    def get_override_parameters(self) -> list[Any]:
        return [*super().get_override_parameters(), *RATE_LIMIT_HEADERS]

    def map_renderers(self, attribute: str) -> list[Any]:
        """What a view has in other formats it says itself; errors are always JSON."""
        renderers = [JSONRenderer] if attribute == "media_type" else self.view.get_renderers()
        return [getattr(renderer, attribute) for renderer in renderers]
