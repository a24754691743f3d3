"""Studio Ghibli's films with their people; the catalogue's own films are elsewhere."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.parameters import NoParameters, validate_query
from api.serializers import REFUSALS
from ghibli import freshness
from ghibli.models import Film, Refresh


class PersonSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()


class GhibliFilmSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()
    original_title = serializers.CharField()
    release_year = serializers.IntegerField(allow_null=True)
    director = serializers.CharField()
    people = PersonSerializer(source="cast", many=True)


class GhibliSerializer(serializers.Serializer[Any]):
    fetched_at = serializers.DateTimeField(allow_null=True)
    fresh = serializers.BooleanField(source="is_fresh", help_text="At most a minute old.")
    movies = serializers.SerializerMethodField()

    @extend_schema_field(GhibliFilmSerializer(many=True))
    def get_movies(self, _: Refresh) -> Any:
        return GhibliFilmSerializer(list(Film.objects.listed()), many=True).data


class MoviesView(APIView):
    """Studio Ghibli's films with their people, from its own API, not from TMDB."""

    # A page that shows them asks every three seconds.
    throttle_classes = []

    @extend_schema(
        operation_id="ghibli_movies",
        responses={200: GhibliSerializer, 304: None, **REFUSALS},
        examples=[examples.GHIBLI],
    )
    def get(self, request: Request) -> HttpResponseBase:
        validate_query(request, NoParameters)
        refresh = freshness.current()
        response = films_response(request, refresh)
        # The ETag is of the films alone: an unchanged list has become newer all the same.
        if refresh.fetched_at:
            response["X-Fetched-At"] = format_time(refresh.fetched_at)
        return response


def etag(request: HttpRequest, refresh: Refresh) -> str:
    return refresh.etag


@cache_control(no_cache=True)
@condition(etag_func=etag)
def films_response(request: Request, refresh: Refresh) -> HttpResponseBase:
    return Response(GhibliSerializer(refresh).data)


def format_time(time: datetime.datetime) -> str:
    """`2026-11-21T09:31:05.123456Z`, as it is written in the answers' bodies too."""
    return time.isoformat().replace("+00:00", "Z")
