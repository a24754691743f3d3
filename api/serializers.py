"""The shapes that several of the API's answers share, and parameters that several take."""

import math
from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from api.errors import ERROR_CODES, ERROR_TYPES
from movies import reference
from movies.country_names import MISTAKEN_CODES, code_hint, country_called
from movies.films import Film
from movies.models import Lens

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

    # What there is; where it comes from is said by `represent_film`, which takes a tenth of the
    # time that REST framework takes to read a film field by field.
    id = serializers.IntegerField(help_text="TMDB's number.")
    imdb_id = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    original_name = serializers.CharField()
    year = serializers.IntegerField(allow_null=True)
    country_codes = serializers.ListField(child=serializers.CharField(), read_only=True)
    country_names = serializers.ListField(child=serializers.CharField(), read_only=True)
    co_production_codes = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text="Countries that had a part in it and are not among `country_codes`.",
    )
    rating = serializers.FloatField(
        allow_null=True, help_text="TMDB's and IMDb's votes pooled, 1 to 10; null without a vote."
    )
    votes = serializers.IntegerField()
    weighted_rating = serializers.FloatField(allow_null=True)
    few_votes = serializers.BooleanField(
        help_text="Whether it has too few votes to be listed before the films that have enough."
    )
    poster_url = serializers.URLField(allow_null=True)

    def to_representation(self, film: Any) -> dict[str, Any]:
        return represent_film(film, self.context["by"], self.context["country_names"])


def represent_film(film: Film, by: Lens, names: Mapping[str, str]) -> dict[str, Any]:
    """By the fields of FilmSerializer."""
    movie = film.movie
    codes = movie.country_codes(by)
    return {
        "id": movie.id,
        "imdb_id": movie.imdb_id,
        "name": movie.title,
        "original_name": movie.original_title,
        "year": movie.year,
        "country_codes": codes,
        "country_names": [names.get(code, code) for code in codes],
        "co_production_codes": movie.co_production_codes(by),
        "rating": film.rating,
        "votes": film.votes,
        "weighted_rating": film.weighted_rating,
        "few_votes": film.few_votes,
        "poster_url": movie.poster_url,
    }


class RankedFilmSerializer(FilmSerializer):
    """A film in a country's list."""

    rank = serializers.IntegerField(help_text="1 is the country's best.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        return {"rank": fields.pop("rank"), **fields}

    def to_representation(self, film: Film) -> dict[str, Any]:
        return {"rank": film.rank, **super().to_representation(film)}


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
        if code not in reference.countries():
            self.fail("unknown", given=given[:40], hint=code_hint(given))
        return code
