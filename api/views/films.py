"""One film of the catalogue."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.parameters import validate_query
from api.serializers import INVALID, REFUSALS, ByField, ErrorSerializer, FilmSerializer
from importer.models import Absence, TmdbMovie
from movies.film_details import film_details
from movies.films import country_names


class Gone(APIException):
    status_code = 410
    default_code = "gone"


class FilmParameters(serializers.Serializer[Any]):
    by = ByField()


class NamedCodeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()


class NamedIdSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class FilmLinksSerializer(serializers.Serializer[Any]):
    tmdb = serializers.URLField(source="tmdb_url")
    imdb = serializers.URLField(source="imdb_url", allow_null=True)


class FilmDetailsSerializer(FilmSerializer):
    """A film with all that is known of it."""

    release_date = serializers.DateField(source="movie.release_date", allow_null=True)
    status = serializers.CharField(source="movie.status", help_text="TMDB's word for it.")
    runtime = serializers.IntegerField(
        source="movie.runtime", allow_null=True, help_text="Minutes."
    )
    popularity = serializers.FloatField(source="movie.popularity", help_text="TMDB's.")
    genres = NamedIdSerializer(many=True)
    original_language = NamedCodeSerializer(allow_null=True)
    spoken_languages = NamedCodeSerializer(many=True)
    origin_countries = NamedCodeSerializer(many=True)
    production_countries = NamedCodeSerializer(many=True)
    titles = serializers.ListField(
        child=serializers.CharField(), help_text="Every name that it is known by, its own first."
    )
    tmdb_rating = serializers.FloatField(source="movie.tmdb_rating", allow_null=True)
    tmdb_votes = serializers.IntegerField(source="movie.tmdb_votes")
    imdb_rating = serializers.FloatField(source="imdb.rating", allow_null=True, default=None)
    imdb_votes = serializers.IntegerField(source="imdb.votes", default=0)
    links = FilmLinksSerializer(source="movie")


class FilmView(APIView):
    """One film by TMDB's number; 410 for one that TMDB has deleted."""

    @extend_schema(
        operation_id="film",
        parameters=[FilmParameters],
        responses={
            200: FilmDetailsSerializer,
            400: INVALID,
            404: OpenApiResponse(ErrorSerializer, "No such film."),
            410: OpenApiResponse(ErrorSerializer, "TMDB has it no longer."),
            **REFUSALS,
        },
        examples=[examples.FILM],
    )
    def get(self, request: Request, movie_id: int) -> Response:
        query = validate_query(request, FilmParameters)
        details = film_details(movie_id)
        if details is None:
            raise absence_error(movie_id)
        context = {"by": query["by"], "country_names": country_names()}
        return Response(FilmDetailsSerializer(details, context=context).data)


def absence_error(movie_id: int) -> APIException:
    """404 or 410, with the reason why the catalogue does not have this film."""
    match TmdbMovie.objects.absence(movie_id):
        case Absence.UNKNOWN:
            return NotFound(f"TMDB has no film {movie_id}.")
        case Absence.NOT_FETCHED:
            return NotFound(f"The details of film {movie_id} have not been fetched yet.")
        case Absence.DELETED:
            return Gone(f"TMDB has deleted film {movie_id}.")
