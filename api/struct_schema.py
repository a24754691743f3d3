"""Describes answers that are msgspec's structs, for the API's schema."""

from collections.abc import Callable
from enum import Enum
from typing import Any

import msgspec
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_choice_description_list
from drf_spectacular.utils import Direction
from msgspec import inspect

Schema = dict[str, Any]

SCALARS: dict[type[inspect.Type], Schema] = {
    inspect.StrType: {"type": "string"},
    inspect.BoolType: {"type": "boolean"},
    inspect.IntType: {"type": "integer"},
    inspect.FloatType: {"type": "number", "format": "double"},
}


class StructExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Every struct is a component by its own name, its fields with the descriptions of their
    msgspec.Meta; its docstring is for developers. drf-spectacular finds it once it is imported."""

    target_class = msgspec.Struct
    match_subclasses = True

    def get_name(self, auto_schema: AutoSchema, direction: Direction) -> str:
        name: str = self.target.__name__
        return name

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> Schema:
        def reference(struct: type) -> Schema:
            return auto_schema.resolve_serializer(struct, direction).ref

        fields = msgspec.structs.fields(self.target)
        types = inspect.multi_type_info(field.type for field in fields)
        return {
            "type": "object",
            "properties": {
                field.encode_name: schema_of(kind, reference)
                for field, kind in zip(fields, types, strict=True)
            },
            "required": sorted(field.encode_name for field in fields if field.required),
        }


def schema_of(kind: inspect.Type, reference: Callable[[type], Schema]) -> Schema:
    """A field's type in the words of OpenAPI 3.1."""
    match kind:
        case inspect.Metadata(type=described, extra_json_schema=extra):
            return schema_of(described, reference) | (extra or {})
        case inspect.UnionType(types=(one, inspect.NoneType())):
            return or_null(schema_of(one, reference))
        case inspect.StructType(cls=struct):
            return reference(struct)
        # Custom are Django's choices, which are enums too, by a metaclass of their own.
        case inspect.EnumType(cls=enum) | inspect.CustomType(cls=enum) if issubclass(enum, Enum):
            values = [member.value for member in enum]
            listed = build_choice_description_list([(value, value) for value in values])
            return {"enum": values, "type": "string", "description": listed}
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            return {"type": "array", "items": schema_of(item, reference)}
        case inspect.DictType(value_type=value):
            return {"type": "object", "additionalProperties": schema_of(value, reference)}
    return dict(SCALARS[type(kind)])


def or_null(schema: Schema) -> Schema:
    """What is either of this or null."""
    if "$ref" in schema or "enum" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    return schema | {"type": [schema["type"], "null"]}
