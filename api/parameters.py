"""The parameters of a request, validated by a serializer, none unknown or repeated."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from django.http import QueryDict
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer

# How much of an unknown name is repeated in words.
SHOWN_LENGTH = 40


class NoParameters(Serializer[Any]):
    """Of an address that takes none."""


def validate_query(request: Request, serializer: type[Serializer[Any]]) -> dict[str, Any]:
    """The query's parameters, with defaults for those left out; ValidationError names those that
    are wrong, unknown or given more than once.

    An empty value is a wrong one: in a form's data it would count as none.
    """
    query = request.query_params
    return validate(serializer, query) if query else dict(defaults(serializer))


@cache
def defaults(serializer: type[Serializer[Any]]) -> dict[str, Any]:
    """Of a query without parameters, as most are: validating that takes a quarter of a 304."""
    return validate(serializer, {})


def validate(serializer: type[Serializer[Any]], *given: Mapping[str, Any]) -> dict[str, Any]:
    """What all that is given says, the last one of several that say the same."""
    data = {name: value for one in given for name, value in one.items()}
    known = of_class(serializer)
    wrong = {name: [unknown_parameter(name, known)] for name in data if name not in known.fields}
    for one in given:
        wrong |= {name: [repeated(name)] for name in repeated_names(one)}
    try:
        validated: dict[str, Any] = known.run_validation(data)
    except ValidationError as error:
        wrong = {**cast("dict[str, Any]", error.detail), **wrong}
    if wrong:
        raise ValidationError(wrong)
    return validated


@cache
def of_class(serializer: type[Serializer[Any]]) -> Serializer[Any]:
    """One for all requests, which keeps nothing of them: to make one copies each of its fields."""
    return serializer()


def repeated_names(given: Mapping[str, Any]) -> list[str]:
    if not isinstance(given, QueryDict):
        return []
    return [name for name, values in given.lists() if len(values) > 1]


def repeated(name: str) -> ErrorDetail:
    return ErrorDetail(f"“{name[:SHOWN_LENGTH]}” is given more than once.", "repeated")


def unknown_parameter(name: str, serializer: Serializer[Any]) -> ErrorDetail:
    known = ", ".join(serializer.fields) or "none"
    words = f"There is no parameter “{name[:SHOWN_LENGTH]}” here. There are: {known}."
    return ErrorDetail(words, "unknown_parameter")
