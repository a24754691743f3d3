"""Reads JSON of a given shape without what is odd in it: a bad entry of a list, a bad value of an
optional field. Pure.

What is left out is told with its place and as it came; what has to be there is never made up.
"""

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

# How much of what was left out is kept.
KEPT_BYTES = 2000
MESSAGE_LENGTH = 300

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Oddity:
    """A part of an answer that was left out: where it stood, why, and what it was."""

    part: str
    message: str
    raw: bytes


def salvage(body: bytes, shape: type[T]) -> tuple[T, list[Oddity]]:
    """What can be read of a JSON body, and what was left out of it.

    msgspec.MsgspecError where it is no JSON or lacks what the shape says has to be there.
    """
    oddities: list[Oddity] = []
    return _convert(msgspec.json.decode(body), shape, "$", oddities), oddities


def _convert(value: Any, shape: Any, place: str, oddities: list[Oddity]) -> Any:
    """The value in this shape, without what is odd deep in it; ValidationError if it is itself."""
    if value is None or not isinstance(value, dict | list):
        return _leaf(value, shape, place)
    shape = _without_none(shape)
    if isinstance(value, dict) and _is_struct(shape):
        return _convert_struct(value, shape, place, oddities)
    if isinstance(value, list) and typing.get_origin(shape) is list:
        (entry,) = typing.get_args(shape)
        entries = ((f"{place}[{number}]", item) for number, item in enumerate(value))
        return [
            found
            for inner, item in entries
            for found in _convert_or_leave_out(item, entry, inner, oddities)
        ]
    if isinstance(value, dict) and typing.get_origin(shape) is dict:
        key_shape, entry = typing.get_args(shape)
        return {
            key: found
            for key, item in value.items()
            for _ in _convert_or_leave_out(key, key_shape, f"{place} key {key[:20]!r}", oddities)
            for found in _convert_or_leave_out(item, entry, f"{place}.{key[:20]}", oddities)
        }
    return _leaf(value, shape, place)


def _convert_struct(value: dict[str, Any], shape: Any, place: str, oddities: list[Oddity]) -> Any:
    found = {}
    for field in msgspec.structs.fields(shape):
        inner = f"{place}.{field.encode_name}"
        if field.encode_name not in value:
            if field.required:
                raise msgspec.ValidationError(
                    f"missing required field `{field.encode_name}` - at `{place}`"
                )
        elif field.required:
            found[field.name] = _convert(value[field.encode_name], field.type, inner, oddities)
        else:
            given = value[field.encode_name]
            for good in _convert_or_leave_out(given, field.type, inner, oddities):
                found[field.name] = good
    return shape(**found)


def _convert_or_leave_out(
    value: Any, shape: Any, place: str, oddities: list[Oddity]
) -> Iterator[Any]:
    """The value, if it can be had; else an oddity more."""
    try:
        converted = _convert(value, shape, place, oddities)
    except msgspec.ValidationError as error:
        raw = msgspec.json.encode(value)[:KEPT_BYTES]
        oddities.append(Oddity(place.removeprefix("$."), str(error)[:MESSAGE_LENGTH], raw))
    else:
        yield converted


def _leaf(value: Any, shape: Any, place: str) -> Any:
    try:
        converted = msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise msgspec.ValidationError(f"{error} - at `{place}`") from None
    if isinstance(converted, str) and "\0" in converted:
        raise msgspec.ValidationError(f"NUL in {converted[:40]!r} - at `{place}`")
    return converted


def _without_none(shape: Any) -> Any:
    """`X` of `X | None`."""
    if isinstance(shape, types.UnionType) or typing.get_origin(shape) is typing.Union:
        (shape,) = (arg for arg in typing.get_args(shape) if arg is not type(None))
    return shape


def _is_struct(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, msgspec.Struct)
