"""The parameters that narrow films to those that can be watched somewhere."""

import re
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from movies import availability
from movies.models import Availability
from movies.watch_filter import WatchFilter

REGION_CODE = re.compile("[A-Z]{2}")
MOST_PROVIDERS = 100
LARGEST_ID = 2**31 - 1


@extend_schema_field({"type": "string", "pattern": f"^{REGION_CODE.pattern}$", "example": "SE"})
class RegionField(serializers.CharField):
    """A region in which the catalogue knows a film that can be watched."""

    default_error_messages = {
        "unknown": "Nothing is known of where films can be watched in a region “{code}”: regions "
        "are ISO 3166-1 codes of two capital letters, as in SE."
    }

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data)
        if not REGION_CODE.fullmatch(code) or not availability.has_region(code):
            self.fail("unknown", code=code[:10])
        return code


class SeparatedField(serializers.CharField):
    """Several values, separated by commas; each once."""

    def to_internal_value(self, data: Any) -> Any:
        return tuple(dict.fromkeys(map(self.value, super().to_internal_value(data).split(","))))

    def value(self, text: str) -> Any:
        raise NotImplementedError


KINDS = "|".join(Availability.Kind.values)


@extend_schema_field(
    {"type": "string", "pattern": f"^({KINDS})(,({KINDS}))*$", "example": "flatrate,free"}
)
class KindsField(SeparatedField):
    """Ways to watch a film."""

    default_error_messages = {
        "unknown": f"There is no way “{{kind}}” to watch films: {', '.join(Availability.Kind)}."
    }

    def value(self, text: str) -> str:
        if text not in Availability.Kind.values:
            self.fail("unknown", kind=text[:20])
        return text


@extend_schema_field({"type": "string", "pattern": "^[1-9][0-9]{0,8}(,[1-9][0-9]{0,8}){0,99}$"})
class ProvidersField(SeparatedField):
    """TMDB's numbers of providers."""

    default_error_messages = {
        "wrong": "“{text}” is no provider's number.",
        "many": f"There are more than {MOST_PROVIDERS} providers.",
    }

    def to_internal_value(self, data: Any) -> Any:
        providers = super().to_internal_value(data)
        if len(providers) > MOST_PROVIDERS:
            self.fail("many")
        return providers

    def value(self, text: str) -> int:
        is_number = text.isascii() and text.isdecimal() and len(text) <= 10
        if not is_number or not 0 < int(text) <= LARGEST_ID:
            self.fail("wrong", text=text[:20])
        return int(text)


class WatchParameters(serializers.Serializer[Any]):
    """Validated they are one: `watch_filter`, None where nothing is asked for."""

    watch_region = RegionField(
        default=None, help_text="Films that can be watched in this region only."
    )
    watch = KindsField(
        default=None,
        help_text="In one of these ways only: `flatrate` is with a subscription. With "
        "`watch_region`.",
    )
    providers = ProvidersField(
        default=None, help_text="At one of these providers only. With `watch_region`."
    )

    def validate(self, query: dict[str, Any]) -> dict[str, Any]:
        region, kinds, providers = map(query.pop, ("watch_region", "watch", "providers"))
        if region is None and (kinds or providers):
            message = "`watch` and `providers` need a region: what can be watched differs by it."
            raise serializers.ValidationError({"watch_region": [message]})
        query["watch_filter"] = region and WatchFilter(region, kinds or (), providers or ())
        return query
