"""The countries and the genres that films can be asked by."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.parameters import NoParameters, validate_query
from api.serializers import INVALID, REFUSALS, ByField, ErrorSerializer
from movies.borders import neighbours
from movies.country_names import code_hint
from movies.films import country_names
from movies.models import Country, CountryQuerySet, Genre, Lens


class CountriesParameters(serializers.Serializer[Any]):
    by = ByField()


class HomeTotalsSerializer(serializers.Serializer[Any]):
    movies = serializers.IntegerField(source="home_movies", help_text="All of them.")
    rated = serializers.IntegerField(source="home_rated", help_text="Those with votes.")


class CountrySerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    continent = serializers.CharField(allow_blank=True)
    is_current = serializers.BooleanField(help_text="False for a former state.")
    successors = serializers.ListField(
        child=serializers.CharField(), help_text="What a former state became, by code."
    )
    movies = serializers.IntegerField(help_text="All of its films.")
    rated = serializers.IntegerField(help_text="Those with votes, shorts among them.")
    films_by_decade = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="How many of all of them are of each decade, by its first year; without those "
        "whose year is not known.",
    )
    neighbours = serializers.SerializerMethodField(
        help_text="The countries beside it, by code; of an island those nearest across the sea."
    )
    home = HomeTotalsSerializer(
        source="*", help_text="The films that it calls its own, whatever `by` is."
    )

    def get_neighbours(self, country: Country) -> list[str]:
        return [code for code in neighbours(country.code) if code in self.context["codes"]]


class CountriesView(APIView):
    """Every country and former state by its English name, with the number of its films."""

    @extend_schema(
        operation_id="countries",
        parameters=[CountriesParameters],
        responses={
            200: CountrySerializer(many=True),
            304: None,
            400: INVALID,
            **REFUSALS,
        },
        examples=[examples.COUNTRY],
    )
    def get(self, request: Request) -> Response:
        by = validate_query(request, CountriesParameters)["by"]
        countries = list(with_figures(by))
        context = {"codes": {country.code for country in countries}}
        return Response(CountrySerializer(countries, many=True, context=context).data)


def with_figures(by: Lens) -> CountryQuerySet:
    return Country.objects.with_totals(by).with_decades(by).with_home_totals()


class CountryView(APIView):
    """One country or former state."""

    @extend_schema(
        operation_id="country",
        parameters=[CountriesParameters],
        responses={
            200: CountrySerializer,
            304: None,
            400: INVALID,
            404: OpenApiResponse(ErrorSerializer, "No such country."),
            **REFUSALS,
        },
        examples=[examples.COUNTRY],
    )
    def get(self, request: Request, code: str) -> Response:
        by = validate_query(request, CountriesParameters)["by"]
        names = country_names()
        # By the names first, as for a list: PostgreSQL takes no NUL, not even to find nothing.
        country = with_figures(by).filter(code=code).first() if code in names else None
        if country is None:
            raise NotFound(f"There is no country {code!r}: {code_hint(code)}")
        return Response(CountrySerializer(country, context={"codes": names}).data)


class GenreSerializer(serializers.ModelSerializer[Genre]):
    class Meta:
        model = Genre
        fields = ["id", "name"]


class GenresView(APIView):
    """TMDB's genres by name."""

    @extend_schema(
        operation_id="genres",
        responses={200: GenreSerializer(many=True), 304: None, **REFUSALS},
        examples=[examples.GENRE],
    )
    def get(self, request: Request) -> Response:
        validate_query(request, NoParameters)
        return Response(GenreSerializer(Genre.objects.order_by("name", "id"), many=True).data)
