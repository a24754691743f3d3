"""The best films of every country, and the whole list of one."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.parameters import validate_query
from api.serializers import (
    INVALID,
    REFUSALS,
    ByField,
    ErrorSerializer,
    FiniteField,
    RankedFilmSerializer,
    YearField,
    page_url,
)
from api.watching import WatchParameters
from movies.country_names import code_hint
from movies.films import country_names
from movies.lists.best import best_of_every_country
from movies.lists.country import CountryList, Weighting
from movies.models import Genre, Lens, RankingState


class ListParameters(serializers.Serializer[Any]):
    """What all lists of the best can be asked for."""

    by = ByField()
    shorts = serializers.BooleanField(
        default=False, help_text="Whether films under 40 minutes are listed."
    )


class BestParameters(ListParameters):
    limit = serializers.IntegerField(
        min_value=1, max_value=10, default=10, help_text="Films of each country."
    )


class CountryBestSerializer(serializers.Serializer[Any]):
    country_code = serializers.CharField(source="country.code")
    country_name = serializers.CharField(source="country.name")
    total = serializers.IntegerField(help_text="How many films the country's whole list has.")
    movies = RankedFilmSerializer(source="films", many=True)


class WeightingSerializer(serializers.Serializer[Any]):
    """How the films of an answer were weighted: `WR = v/(v+m)·R + m/(v+m)·C`."""

    m = serializers.FloatField(
        allow_null=True, help_text="The votes that weigh as much as c; null before any ranking."
    )
    c = serializers.FloatField(
        allow_null=True, help_text="The mean rating of all voted films, unless asked otherwise."
    )
    min_votes = serializers.IntegerField(
        allow_null=True,
        help_text="Films with fewer votes come after all others, as `few_votes`; null before any "
        "ranking.",
    )
    by = serializers.ChoiceField(choices=Lens.values)


class BestSerializer(WeightingSerializer):
    updated_at = serializers.DateTimeField(allow_null=True, source="ranked_at")
    countries = CountryBestSerializer(many=True, help_text="Ordered by their English names.")


class BestView(APIView):
    """The best films of every country that has a voted one, by weighted rating.

    Where fewer than `limit` have enough votes, those with too few come after them.
    """

    @extend_schema(
        operation_id="best",
        parameters=[BestParameters],
        responses={200: BestSerializer, 304: None, 400: INVALID, **REFUSALS},
        examples=[examples.BEST],
    )
    def get(self, request: Request) -> Response:
        query = validate_query(request, BestParameters)
        return best_response(RankingState.current(), **query)


def best_response(state: RankingState, *, by: Lens, limit: int, shorts: bool) -> Response:
    context = {"by": by, "country_names": country_names()}
    best = {
        "m": state.m,
        "c": state.c,
        "min_votes": state.min_listed,
        "by": by,
        "ranked_at": state.ranked_at,
        "countries": best_of_every_country(by, limit=limit, shorts=shorts),
    }
    return Response(BestSerializer(best, context=context).data)


class CountryBestParameters(ListParameters, WatchParameters):
    genre = serializers.PrimaryKeyRelatedField(
        queryset=Genre.objects.all(),
        default=None,
        error_messages={"does_not_exist": "There is no genre {pk_value}: genres/ lists them."},
    )
    m = FiniteField(
        min_value=0, max_value=1e9, default=None, help_text="Another m than the ranking's."
    )
    c = FiniteField(
        min_value=0, max_value=10, default=None, help_text="Another c than the ranking's."
    )
    min_votes = serializers.IntegerField(
        min_value=0,
        max_value=10**9,
        default=None,
        help_text="Another least number of votes to be listed before the others than the "
        "ranking's; 0 leaves the order to the formula.",
    )
    page = serializers.IntegerField(min_value=1, max_value=1_000_000, default=1)
    limit = serializers.IntegerField(
        min_value=1, max_value=100, default=10, help_text="Films of a page."
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # `from` cannot be the name of an attribute.
        return super().get_fields() | {
            "from": YearField(default=None, help_text="The first year of release."),
            "to": YearField(default=None, help_text="The last year of release."),
        }

    def validate(self, query: dict[str, Any]) -> dict[str, Any]:
        query = super().validate(query)
        if query["from"] and query["to"] and query["from"] > query["to"]:
            raise serializers.ValidationError({"from": ["This year is after the one of `to`."]})
        return query


class CountryListSerializer(WeightingSerializer):
    country_code = serializers.CharField()
    country_name = serializers.CharField()
    count = serializers.IntegerField(help_text="Films of all pages.")
    next = serializers.URLField(allow_null=True, help_text="The next page.")
    previous = serializers.URLField(allow_null=True, help_text="The page before.")
    results = RankedFilmSerializer(many=True)


class BestOfCountryView(APIView):
    """The films of one country, the best first, those with too few votes after all others.

    A page that the list is too short for is 404.
    """

    @extend_schema(
        operation_id="best_of_country",
        parameters=[CountryBestParameters],
        responses={
            200: CountryListSerializer,
            304: None,
            400: INVALID,
            404: OpenApiResponse(ErrorSerializer, "No such country, or no such page."),
            **REFUSALS,
        },
        examples=[examples.BEST_OF_COUNTRY],
    )
    def get(self, request: Request, code: str) -> Response:
        query = validate_query(request, CountryBestParameters)
        names = country_names()
        if code not in names:
            raise NotFound(f"There is no country {code!r}: {code_hint(code)}")
        return page_response(request, RankingState.current(), code, names, query)


def page_response(
    request: Request, state: RankingState, code: str, names: dict[str, str], query: dict[str, Any]
) -> Response:
    m = state.m if query["m"] is None else query["m"]
    c = state.c if query["c"] is None else query["c"]
    min_votes = state.min_listed if query["min_votes"] is None else query["min_votes"]
    films = CountryList(
        country=code,
        by=query["by"],
        shorts=query["shorts"],
        genre=query["genre"] and query["genre"].id,
        since=query["from"],
        until=query["to"],
        watch=query["watch_filter"] and query["watch_filter"].resolve(),
        weighting=None if (m, c) == (state.m, state.c) else Weighting(m or 0, c or 0),
        min_votes=None if min_votes == state.min_listed else min_votes,
    )
    number, limit = query["page"], query["limit"]
    count, end = films.count(), number * limit
    if number > 1 and count <= end - limit:
        raise NotFound(f"There is no page {number}: the list is not as long.")
    page = {
        "m": m,
        "c": c,
        "min_votes": min_votes,
        "by": query["by"],
        "country_code": code,
        "country_name": names[code],
        "count": count,
        "next": page_url(request, number + 1) if count > end else None,
        "previous": page_url(request, number - 1) if number > 1 else None,
        "results": films[end - limit : end],
    }
    context = {"by": query["by"], "country_names": names}
    return Response(CountryListSerializer(page, context=context).data)
