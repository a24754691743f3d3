"""The countries and the genres that films can be asked by."""

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.conditional import unless_unchanged
from api.parameters import parameters
from api.serializers import INVALID, REFUSALS, ByField
from movies.models import Country, Genre


class CountriesParameters(serializers.Serializer[Any]):
    by = ByField()


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


class Countries(APIView):
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
    def get(self, request: Request) -> HttpResponseBase:
        asked = parameters(request, CountriesParameters)
        return unless_unchanged(
            request,
            lambda _: Response(
                CountrySerializer(Country.objects.with_totals(asked["by"]), many=True).data
            ),
        )


class GenreSerializer(serializers.ModelSerializer[Genre]):
    class Meta:
        model = Genre
        fields = ["id", "name"]


class Genres(APIView):
    """TMDB's genres by name."""

    @extend_schema(
        operation_id="genres",
        responses={200: GenreSerializer(many=True), **REFUSALS},
        examples=[examples.GENRE],
    )
    def get(self, request: Request) -> Response:
        return Response(GenreSerializer(Genre.objects.order_by("name", "id"), many=True).data)
