"""The parameters of an address, checked by a serializer."""

from functools import cache
from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import Serializer


def parameters(request: Request, of: type[Serializer[Any]]) -> dict[str, Any]:
    """What is asked for, with defaults for what is not; ValidationError names what is wrong.

    An empty value is a wrong one: in a form's data it would count as none.
    """
    asked = request.query_params
    return checked(of, asked.dict()) if asked else dict(defaults(of))


@cache
def defaults(of: type[Serializer[Any]]) -> dict[str, Any]:
    """Where nothing is asked, as mostly: checking that takes a quarter of an unchanged answer."""
    return checked(of, {})


def checked(of: type[Serializer[Any]], data: dict[str, Any]) -> dict[str, Any]:
    asked = of(data=data)
    asked.is_valid(raise_exception=True)
    return asked.validated_data
