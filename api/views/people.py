"""The people of films: found by name, and each with their films."""

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
    REFUSALS,
    ByField,
    ErrorSerializer,
    FilmSerializer,
    page_url,
)
from movies.films import country_names
from movies.folding import KEY_LENGTH
from movies.models import Person
from movies.people.filmography import CreditedFilm, filmography
from movies.people.search import find_people, is_empty_name

# Whoever is not found by then is found by more of the name.
LAST_PAGE = 100


class PeopleParameters(serializers.Serializer[Any]):
    name = serializers.CharField(
        max_length=KEY_LENGTH, help_text="Any part of the name, its last word perhaps unfinished."
    )
    page = serializers.IntegerField(min_value=1, max_value=LAST_PAGE, default=1)
    limit = serializers.IntegerField(
        min_value=1, max_value=50, default=20, help_text="People of a page."
    )

    def validate_name(self, name: str) -> str:
        if is_empty_name(name):
            raise serializers.ValidationError("A name has at least a letter or a digit.")
        return name


class KnownForSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField(source="title")
    year = serializers.IntegerField(allow_null=True)


class FoundPersonSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="person.id", help_text="TMDB's number.")
    name = serializers.CharField(source="person.name")
    profile_url = serializers.URLField(source="person.profile_url", allow_null=True)
    known_for = KnownForSerializer(help_text="The film of theirs with most votes.")


class FoundPeopleSerializer(serializers.Serializer[Any]):
    next = serializers.URLField(allow_null=True, help_text="The next page.")
    previous = serializers.URLField(allow_null=True, help_text="The page before.")
    results = FoundPersonSerializer(many=True, help_text="The best known first.")


class PeopleView(APIView):
    """People who directed films, or are among the first five of a cast, by name.

    Accents and case do not matter, nor does the order of the words.
    """

    @extend_schema(
        operation_id="people",
        parameters=[PeopleParameters],
        responses={200: FoundPeopleSerializer, **REFUSALS},
        examples=[examples.PEOPLE],
    )
    def get(self, request: Request) -> Response:
        query = validate_query(request, PeopleParameters)
        number, limit = query["page"], query["limit"]
        # One more than is shown tells whether there is a next page: counting them all is slow.
        found = find_people(query["name"], offset=(number - 1) * limit, limit=limit + 1)
        has_next = len(found) > limit and number < LAST_PAGE
        page = {
            "next": page_url(request, number + 1) if has_next else None,
            "previous": page_url(request, number - 1) if number > 1 else None,
            "results": found[:limit],
        }
        return Response(FoundPeopleSerializer(page).data)


class PersonParameters(serializers.Serializer[Any]):
    by = ByField()


class CreditedFilmSerializer(FilmSerializer):
    """A film in a list, and what the person is in it."""

    character = serializers.CharField(
        allow_blank=True, help_text="Whom they play; empty for a director."
    )

    def to_representation(self, credited: CreditedFilm) -> dict[str, Any]:
        film = super().to_representation(credited.film)
        return film | {"character": credited.character}


class CountryFilmsSerializer(serializers.Serializer[Any]):
    country_code = serializers.CharField(source="country.code", allow_null=True, default=None)
    country_name = serializers.CharField(source="country.name", allow_null=True, default=None)
    movies = CreditedFilmSerializer(source="films", many=True, help_text="The latest first.")


class FilmographySerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="person.id", help_text="TMDB's number.")
    name = serializers.CharField(source="person.name")
    profile_url = serializers.URLField(source="person.profile_url", allow_null=True)
    tmdb_url = serializers.URLField(source="person.tmdb_url")
    directed = CountryFilmsSerializer(
        many=True, help_text="By country, that of most of them first; null for a film of none."
    )
    acted = CountryFilmsSerializer(many=True, help_text="Likewise, as one of the first five.")


class PersonView(APIView):
    """A person by TMDB's number, with the films that they directed and play in, by country.

    A film of several countries stands under each.
    """

    @extend_schema(
        operation_id="person",
        parameters=[PersonParameters],
        responses={
            200: FilmographySerializer,
            404: OpenApiResponse(ErrorSerializer, "Nobody of a film in the catalogue."),
            **REFUSALS,
        },
        examples=[examples.PERSON],
    )
    def get(self, request: Request, person_id: int) -> Response:
        by = validate_query(request, PersonParameters)["by"]
        person = Person.objects.filter(id=person_id).first()
        if person is None:
            raise NotFound(f"The catalogue has nobody with the number {person_id}.")
        found = filmography(person, by)
        if found is None:
            raise NotFound(f"No film of {person.name} is in the catalogue any longer.")
        context = {"by": by, "country_names": country_names()}
        return Response(FilmographySerializer(found, context=context).data)
