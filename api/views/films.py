"""One film of the catalogue."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.film_details import FilmDetailsSerializer
from api.parameters import validate_query
from api.serializers import REFUSALS, ByField, ErrorSerializer
from api.watch_parameters import RegionField
from importer.models import Absence, TmdbMovie
from movies.availability import film_availability
from movies.film_details import film_details
from movies.films import country_names, ids_by_imdb_id
from movies.imdb_ids import PATTERN as IMDB_ID_PATTERN
from watch_providers.freshness import refresh_availability

IMDB_ID = {"type": "string", "pattern": f"^{IMDB_ID_PATTERN}$", "example": "tt0245429"}


class Gone(APIException):
    status_code = 410
    default_code = "gone"


class FilmParameters(serializers.Serializer[Any]):
    by = ByField()
    region = RegionField(
        default=None, help_text="Where it can be watched in this region only, not in all."
    )


class FilmView(APIView):
    """One film by TMDB's number; 410 for one that TMDB has deleted.

    Where it can be watched is asked for again when it is a day old, for 2 seconds at the most.
    The data are JustWatch's, and who shows them has to say so.
    """

    @extend_schema(
        operation_id="film",
        parameters=[FilmParameters],
        responses={
            200: FilmDetailsSerializer,
            404: OpenApiResponse(ErrorSerializer, "`not_found`: no such film."),
            410: OpenApiResponse(ErrorSerializer, "`gone`: TMDB has it no longer."),
            **REFUSALS,
        },
        examples=[examples.FILM],
    )
    def get(self, request: Request, movie_id: int) -> Response:
        return film_response(request, movie_id)


class FilmByImdbIdView(APIView):
    """One film by IMDb's id. TMDB has some of them on two records: the one with most votes."""

    @extend_schema(
        operation_id="film_by_imdb_id",
        parameters=[
            FilmParameters,
            OpenApiParameter("imdb_id", IMDB_ID, OpenApiParameter.PATH),
        ],
        responses={
            200: FilmDetailsSerializer,
            404: OpenApiResponse(ErrorSerializer, "`not_found`: no film has this id."),
            **REFUSALS,
        },
        examples=[examples.FILM],
    )
    def get(self, request: Request, imdb_id: str) -> Response:
        validate_query(request, FilmParameters)
        movie_id = ids_by_imdb_id([imdb_id]).get(imdb_id)
        if movie_id is None:
            raise NotFound(f"No film of the catalogue has IMDb's id {imdb_id}.")
        return film_response(request, movie_id)


def film_response(request: Request, movie_id: int) -> Response:
    query = validate_query(request, FilmParameters)
    details = film_details(movie_id)
    if details is None:
        raise absence_error(movie_id)
    refresh_availability(details.movie)
    context = {
        "by": query["by"],
        "country_names": country_names(),
        "availability": film_availability(details.movie, query["region"]),
    }
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
