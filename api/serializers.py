"""The shapes that several of the API's answers share, and parameters that several take."""

import math
from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from api.errors import ERROR_CODES, ERROR_TYPES
from movies.country_names import MISTAKEN_CODES, code_hint, country_called
from movies.films import Film
from movies.models import Country, Lens

BY_HELP = (
    "Whose film it is: `home`, the countries that call it theirs, mostly one; `origin`, its "
    "countries of origin, or where TMDB knows none its production countries; `production`, every "
    "country that produced it."
)


class ByField(serializers.ChoiceField):
    """Which countries are a film's."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Lens.values, default=Lens.HOME, help_text=BY_HELP, **kwargs)

    def to_internal_value(self, data: Any) -> Lens:
        return Lens(super().to_internal_value(data))


class YearField(serializers.IntegerField):
    """A year in which a film can have been released."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1870, max_value=2100, **kwargs)


class FiniteField(serializers.FloatField):
    """A number that is one: `nan` would pass every comparison."""

    default_error_messages = {"finite": "A finite number is needed."}

    def to_internal_value(self, data: Any) -> float:
        number = super().to_internal_value(data)
        if not math.isfinite(number):
            self.fail("finite")
        return number


class FilmSerializer(serializers.Serializer[Any]):
    """A film in a list; the context says `by` which lens, and has the `country_names`."""

    id = serializers.IntegerField(source="movie.id", help_text="TMDB's number.")
    imdb_id = serializers.CharField(source="movie.imdb_id", allow_null=True)
    name = serializers.CharField(source="movie.title")
    original_name = serializers.CharField(source="movie.original_title")
    year = serializers.IntegerField(source="movie.year", allow_null=True)
    country_codes = serializers.SerializerMethodField()
    country_names = serializers.SerializerMethodField()
    co_production_codes = serializers.SerializerMethodField(
        help_text="Countries that had a part in it and are not among `country_codes`."
    )
    rating = serializers.FloatField(
        allow_null=True, help_text="TMDB's and IMDb's votes pooled, 1 to 10; null without a vote."
    )
    votes = serializers.IntegerField()
    weighted_rating = serializers.FloatField(allow_null=True)
    few_votes = serializers.BooleanField(
        help_text="Whether it has too few votes to be listed before the films that have enough."
    )
    poster_url = serializers.URLField(source="movie.poster_url", allow_null=True)

    def get_country_codes(self, film: Film) -> list[str]:
        return film.movie.country_codes(self.context["by"])

    def get_co_production_codes(self, film: Film) -> list[str]:
        return film.movie.co_production_codes(self.context["by"])

    def get_country_names(self, film: Film) -> list[str]:
        names = self.context["country_names"]
        return [names.get(code, code) for code in self.get_country_codes(film)]


class RankedFilmSerializer(FilmSerializer):
    """A film in a country's list."""

    rank = serializers.IntegerField(help_text="1 is the country's best.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        return {"rank": fields.pop("rank"), **fields}


def page_url(request: Request, number: int) -> str:
    """Of another page of the list that is asked for."""
    return replace_query_param(request.build_absolute_uri(), "page", number)


class ErrorDetailSerializer(serializers.Serializer[Any]):
    code = serializers.ChoiceField(choices=ERROR_CODES, help_text="For programs; stays as it is.")
    detail = serializers.CharField(help_text="For people.")
    attr = serializers.CharField(
        allow_null=True, help_text="The parameter or field that is wrong; null where none is."
    )


class ErrorSerializer(serializers.Serializer[Any]):
    """Why there is no answer, in one shape for all of them."""

    type = serializers.ChoiceField(choices=ERROR_TYPES)
    errors = ErrorDetailSerializer(many=True)  # type: ignore[assignment]


INVALID = OpenApiResponse(
    ErrorSerializer, "An error for each parameter that is wrong, unknown or given more than once."
)
# How every endpoint can refuse.
REFUSALS: dict[int | str, Any] = {
    400: INVALID,
    405: OpenApiResponse(ErrorSerializer, "`method_not_allowed`."),
    406: OpenApiResponse(ErrorSerializer, "`not_acceptable`: another format is asked for."),
    429: OpenApiResponse(
        ErrorSerializer, "`throttled`: too many requests of one address, with Retry-After."
    ),
    500: OpenApiResponse(ErrorSerializer, "`error`: the service has made a mistake."),
    503: OpenApiResponse(
        ErrorSerializer, "`unavailable`: the service cannot answer now, with Retry-After."
    ),
}


@extend_schema_field({"type": "string", "example": "JP"})
class CountryCodeField(serializers.CharField):
    """The code of a country or former state that the catalogue has, or one of its names."""

    default_error_messages = {
        "unknown": "There is no country “{given}”: {hint}",
    }

    def to_internal_value(self, data: Any) -> str:
        given = super().to_internal_value(data)
        code = given if given in MISTAKEN_CODES else country_called(given) or given
        # A NUL among others, which PostgreSQL takes in no text.
        if not code.isalpha() or not Country.objects.filter(code=code).exists():
            self.fail("unknown", given=given[:40], hint=code_hint(given))
        return code
