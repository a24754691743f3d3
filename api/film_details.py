"""A film with all that is known of it, as answers have it."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers import FilmSerializer
from movies.availability import SOURCE, FilmAvailability
from movies.credits import CreditedPerson
from movies.film_details import FilmDetails
from movies.models import Availability, Country, Language, Provider

Row = TypeVar("Row")

NOT_FETCHED = "Null until the film is fetched with all that TMDB knows of it."


class NamedCodeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()


class NamedIdSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class FilmLinksSerializer(serializers.Serializer[Any]):
    tmdb = serializers.URLField()
    imdb = serializers.URLField(allow_null=True)


class CollectionSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="TMDB's number.")
    name = serializers.CharField()


class CreditedPersonSerializer(serializers.Serializer[Any]):
    """Somebody by TMDB's number, as people/{id}/ has it."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    profile_url = serializers.URLField(allow_null=True)


class CastMemberSerializer(CreditedPersonSerializer):
    character = serializers.CharField(allow_blank=True, help_text="Empty where it is not known.")


class TranslatedTitleSerializer(serializers.Serializer[Any]):
    language = serializers.CharField(help_text="ISO 639-1.")
    title = serializers.CharField()


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


@extend_schema_field(AVAILABILITY)
class AvailabilityField(serializers.JSONField):
    """By region, kind and provider."""


class FilmDetailsSerializer(FilmSerializer):
    """A film with all that is known of it."""

    release_date = serializers.DateField(allow_null=True)
    status = serializers.CharField(help_text="TMDB's word for it.")
    runtime = serializers.IntegerField(allow_null=True, help_text="Minutes.")
    popularity = serializers.FloatField(help_text="TMDB's.")
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
        allow_null=True,
        allow_blank=True,
        help_text=f"The story in English; empty where TMDB has none. {NOT_FETCHED}",
    )
    tagline = serializers.CharField(allow_null=True, allow_blank=True, help_text=NOT_FETCHED)
    backdrop_url = serializers.URLField(allow_null=True)
    trailer_url = serializers.URLField(allow_null=True, help_text="At YouTube or Vimeo.")
    collection = CollectionSerializer(allow_null=True)
    directors = CreditedPersonSerializer(many=True, allow_null=True, help_text=NOT_FETCHED)
    cast = CastMemberSerializer(
        many=True, allow_null=True, help_text=f"The first five. {NOT_FETCHED}"
    )
    home_countries = NamedCodeSerializer(
        many=True, allow_null=True, help_text="The countries that call it theirs, once known."
    )
    availability = AvailabilityField(read_only=True)
    availability_as_of = serializers.DateTimeField(
        allow_null=True, help_text="When TMDB was last asked where it can be watched."
    )
    availability_source = serializers.CharField(
        read_only=True,
        help_text="Whose data `availability` are: to be named wherever they are shown.",
    )
    tmdb_rating = serializers.FloatField(allow_null=True)
    tmdb_votes = serializers.IntegerField()
    imdb_rating = serializers.FloatField(allow_null=True, default=None)
    imdb_votes = serializers.IntegerField(default=0)
    links = FilmLinksSerializer()

    # The context has the film's `availability` as well.
    def to_representation(self, film: FilmDetails) -> dict[str, Any]:
        details = represent_details(film, self.context["availability"])
        return super().to_representation(film) | details


def represent_details(film: FilmDetails, available: FilmAvailability | None) -> dict[str, Any]:
    """By the fields that FilmDetailsSerializer has beside those of every film."""
    movie = film.movie
    return {
        "release_date": movie.release_date,
        "status": movie.status,
        "runtime": movie.runtime,
        "popularity": movie.popularity,
        "genres": [{"id": genre.id, "name": genre.name} for genre in film.genres],
        "original_language": film.original_language and represent_named(film.original_language),
        "spoken_languages": list(map(represent_named, film.spoken_languages)),
        "origin_countries": list(map(represent_named, film.origin_countries)),
        "production_countries": list(map(represent_named, film.production_countries)),
        "titles": film.titles,
        "translated_titles": [
            {"language": title.language, "title": title.name} for title in film.translated_titles
        ],
        "overview": movie.overview,
        "tagline": movie.tagline,
        "backdrop_url": movie.backdrop_url,
        "trailer_url": movie.trailer_url,
        "collection": film.collection and {"id": film.collection.id, "name": film.collection.name},
        "directors": represent_all(film.directors, represent_credited),
        "cast": represent_all(film.cast, represent_cast_member),
        "home_countries": represent_all(film.home_countries, represent_named),
        "availability": None if available is None else represent_availability(available),
        "availability_as_of": movie.availability_at,
        "availability_source": SOURCE,
        "tmdb_rating": movie.tmdb_rating,
        "tmdb_votes": movie.tmdb_votes,
        "imdb_rating": film.imdb and film.imdb.rating,
        "imdb_votes": film.imdb.votes if film.imdb else 0,
        "links": {"tmdb": movie.tmdb_url, "imdb": movie.imdb_url},
    }


def represent_all(rows: list[Row] | None, represent: Callable[[Row], Any]) -> list[Any] | None:
    """None where they are not known yet."""
    return None if rows is None else list(map(represent, rows))


def represent_named(row: Country | Language) -> dict[str, str]:
    return {"code": row.code, "name": row.name}


def represent_credited(person: CreditedPerson) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "profile_url": person.profile_url}


def represent_cast_member(person: CreditedPerson) -> dict[str, Any]:
    return {**represent_credited(person), "character": person.character}


def represent_availability(found: FilmAvailability) -> dict[str, Any]:
    return {
        region: {kind: list(map(represent_provider, shown)) for kind, shown in kinds.items()}
        for region, kinds in found.items()
    }


def represent_provider(provider: Provider) -> dict[str, Any]:
    return {"id": provider.id, "name": provider.name, "logo_url": provider.logo_url}
