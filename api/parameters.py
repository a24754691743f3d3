"""The parameters of an address, checked by a serializer."""

from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import Serializer


def parameters(request: Request, of: type[Serializer[Any]]) -> dict[str, Any]:
    """What is asked for, with defaults for what is not; ValidationError names what is wrong.

    An empty value is a wrong one: in a form's data it would count as none.
    """
    asked = of(data=request.query_params.dict())
    asked.is_valid(raise_exception=True)
    return asked.validated_data
