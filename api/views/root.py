"""The root of the API: every address by its name, for whoever begins there."""

import re

from django.urls import URLPattern
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from api import examples
from api.parameters import NoParameters, validate_query
from api.serializers import REFUSALS

PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


class ApiRootView(APIView):
    """Every address by its name; what stands in braces is the reader's to fill in.

    `schema` describes them all, `docs` lets you try them.
    """

    patterns: list[URLPattern] = []

    @extend_schema(
        operation_id="addresses",
        responses={
            200: {"type": "object", "additionalProperties": {"type": "string"}},
            **REFUSALS,
        },
        examples=[examples.ADDRESSES],
    )
    def get(self, request: Request) -> Response:
        validate_query(request, NoParameters)
        root = reverse("api:addresses", request=request)
        addresses = {
            str(pattern.name): root + PLACE.sub(r"{\1}", str(pattern.pattern))
            for pattern in self.patterns
        }
        described = {name: reverse(name, request=request) for name in ("schema", "docs")}
        return Response(addresses | described)
