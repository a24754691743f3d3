"""One film of the catalogue."""

from typing import Any

from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
)
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.parameters import validate_query
from api.serializers import (
    REFUSALS,
    ByField,
    ErrorSerializer,
    FilmSerializer,
)
from api.watching import RegionField
from importer.models import Absence, TmdbMovie
from movies.availability import SOURCE, film_availability
from movies.film_details import FilmDetails, film_details
from movies.films import country_names, ids_by_imdb_id
from movies.imdb_ids import PATTERN as IMDB_ID_PATTERN
from movies.models import Availability, Provider
from watch_providers.freshness import refresh_availability

IMDB_ID = {"type": "string", "pattern": f"^{IMDB_ID_PATTERN}$", "example": "tt0245429"}
NOT_FETCHED = "Null until the film is fetched with all that TMDB knows of it."


class Gone(APIException):
    status_code = 410
    default_code = "gone"


class FilmParameters(serializers.Serializer[Any]):
    by = ByField()
    region = RegionField(
        default=None, help_text="Where it can be watched in this region only, not in all."
    )


class NamedCodeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()


class NamedIdSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class FilmLinksSerializer(serializers.Serializer[Any]):
    tmdb = serializers.URLField(source="tmdb_url")
    imdb = serializers.URLField(source="imdb_url", allow_null=True)


class CollectionSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="TMDB's number.")
    name = serializers.CharField()


class CreditedPersonSerializer(serializers.Serializer[Any]):
    """Somebody by TMDB's number, as people/{id}/ has it."""

    id = serializers.IntegerField(source="person.id")
    name = serializers.CharField(source="person.name")
    profile_url = serializers.URLField(source="person.profile_url", allow_null=True)


class CastMemberSerializer(CreditedPersonSerializer):
    character = serializers.CharField(allow_blank=True, help_text="Empty where it is not known.")


class TranslatedTitleSerializer(serializers.Serializer[Any]):
    language = serializers.CharField(help_text="ISO 639-1.")
    title = serializers.CharField(source="name")


PROVIDERS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": {"type": "integer"},
            "name": {"type": "string"},
            "logo_url": {"type": ["string", "null"], "format": "uri"},
        },
        "required": ["id", "name", "logo_url"],
    },
}
AVAILABILITY = {
    "type": ["object", "null"],
    "additionalProperties": {
        "type": "object",
        "properties": dict.fromkeys(Availability.Kind.values, PROVIDERS),
        "additionalProperties": False,
    },
    "description": "Who shows the film, by region (ISO 3166-1) and kind, in TMDB's order. A kind "
    "that there is not is not there; `{}` where it can be watched nowhere; null while TMDB has "
    "not been asked.",
}


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
    translated_titles = TranslatedTitleSerializer(
        many=True, help_text="Those of `titles` that are translations, with their language."
    )
    overview = serializers.CharField(
        source="movie.overview",
        allow_null=True,
        allow_blank=True,
        help_text=f"The story in English; empty where TMDB has none. {NOT_FETCHED}",
    )
    tagline = serializers.CharField(
        source="movie.tagline", allow_null=True, allow_blank=True, help_text=NOT_FETCHED
    )
    backdrop_url = serializers.URLField(source="movie.backdrop_url", allow_null=True)
    trailer_url = serializers.URLField(
        source="movie.trailer_url", allow_null=True, help_text="At YouTube or Vimeo."
    )
    collection = CollectionSerializer(allow_null=True)
    directors = CreditedPersonSerializer(many=True, allow_null=True, help_text=NOT_FETCHED)
    cast = CastMemberSerializer(
        many=True, allow_null=True, help_text=f"The first five. {NOT_FETCHED}"
    )
    home_countries = NamedCodeSerializer(
        many=True, allow_null=True, help_text="The countries that call it theirs, once known."
    )
    availability = serializers.SerializerMethodField()
    availability_as_of = serializers.DateTimeField(
        source="movie.availability_at",
        allow_null=True,
        help_text="When TMDB was last asked where it can be watched.",
    )
    availability_source = serializers.SerializerMethodField(
        help_text="Whose data `availability` are: to be named wherever they are shown."
    )
    tmdb_rating = serializers.FloatField(source="movie.tmdb_rating", allow_null=True)
    tmdb_votes = serializers.IntegerField(source="movie.tmdb_votes")
    imdb_rating = serializers.FloatField(source="imdb.rating", allow_null=True, default=None)
    imdb_votes = serializers.IntegerField(source="imdb.votes", default=0)
    links = FilmLinksSerializer(source="movie")

    @extend_schema_field(AVAILABILITY)
    def get_availability(self, film: FilmDetails) -> Any:
        found = film_availability(film.movie, self.context["region"])
        if found is None:
            return None
        return {
            region: {kind: list(map(represent_provider, shown)) for kind, shown in kinds.items()}
            for region, kinds in found.items()
        }

    def get_availability_source(self, film: FilmDetails) -> str:
        return SOURCE


def represent_provider(provider: Provider) -> dict[str, Any]:
    return {"id": provider.id, "name": provider.name, "logo_url": provider.logo_url}


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
    context = {**query, "country_names": country_names()}
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
