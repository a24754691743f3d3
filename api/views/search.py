"""Search by name."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.film_details import CreditedPersonSerializer, represent_credited
from api.parameters import validate_query
from api.search_hints import (
    CalledCountrySerializer,
    HintsSerializer,
    represent_called,
    search_hints,
)
from api.serializers import (
    REFUSALS,
    ByField,
    CountryCodeField,
    ErrorSerializer,
    FilmSerializer,
    YearField,
)
from api.views.people import FoundPersonSerializer
from api.watch_parameters import WatchParameters
from movies.country_names import countries_called
from movies.credits import directors_of
from movies.films import country_names
from movies.folding import KEY_LENGTH
from movies.people.search import FoundPerson, find_people
from movies.search import (
    RETRY_AFTER_SECONDS,
    Match,
    NoSlotFree,
    SearchTooSlow,
    is_empty_query,
    search,
)

# How many people stand beside the films, and how much of a name has to be there.
MOST_PEOPLE = 5
SHORTEST_PERSON = 3

FOUND = examples.ok(
    "name=cidade de dues (sic)",
    {
        "countries": [],
        "people": [],
        "results": [
            {name: value for name, value in examples.CITY_OF_GOD.items() if name != "rank"}
            | {"matched_name": "Cidade de Deus", "directors": [examples.MEIRELLES]}
        ],
    },
)


class TooSlow(APIException):
    status_code = 503
    default_code = "too_slow"
    default_detail = "The search took too long and was ended: more letters or a year help."


class TooMany(APIException):
    status_code = 503
    default_code = "too_many_searches"
    default_detail = "Too many searches are running just now: try again in a second."
    wait = RETRY_AFTER_SECONDS  # REST framework makes Retry-After of it


class SearchParameters(WatchParameters):
    name = serializers.CharField(
        max_length=KEY_LENGTH,
        help_text="Any title of the film, its last word perhaps unfinished, `title (1957)`, an "
        "IMDb id, or the film's address at IMDb or TMDB.",
    )
    year = YearField(default=None, help_text="Films released in this year only.")
    country = CountryCodeField(
        default=None, help_text="Films of this country only: its code, or one of its names."
    )
    limit = serializers.IntegerField(
        min_value=1, max_value=50, default=20, help_text="Films at the most."
    )
    by = ByField()
    hints = serializers.BooleanField(
        default=False,
        help_text="Whether `hints` say what else may have been meant: a place and a time, or a "
        "misspelt name of a country or of somebody.",
    )

    def validate_name(self, name: str) -> str:
        if is_empty_query(name):
            raise serializers.ValidationError("A name has at least a letter or a digit.")
        return name


class MatchSerializer(FilmSerializer):
    """A film, which of its titles it was, and who directed it."""

    matched_name = serializers.CharField(help_text="The title that matched best.")
    directors = CreditedPersonSerializer(many=True)

    def to_representation(self, match: Match) -> dict[str, Any]:
        directors = self.context["directors"].get(match.film.movie.id, [])
        return super().to_representation(match.film) | {
            "matched_name": match.matched_name,
            "directors": list(map(represent_credited, directors)),
        }


class SearchSerializer(serializers.Serializer[Any]):
    countries = CalledCountrySerializer(
        many=True,
        help_text="Countries and former states that people know by this name, or by one that "
        "begins so.",
    )
    people = FoundPersonSerializer(
        many=True, help_text="Those whose names have all these words, the best known first."
    )
    results = MatchSerializer(many=True, help_text="The best match first.")
    hints = HintsSerializer(required=False, help_text="Where `hints=1` asks for them.")


class SearchView(APIView):
    """Films by any title that they have anywhere, in spite of typing errors and wrong words.

    A film whose title is the name comes first, then those whose titles hold its words, the last
    of which may be unfinished, then those that do so but for typing errors, then those that lack
    a word; and among those that match alike the better known. Countries and people of the name
    are in lists of their own.
    """

    @extend_schema(
        operation_id="search",
        parameters=[SearchParameters],
        responses={
            200: SearchSerializer,
            **REFUSALS,
            503: OpenApiResponse(
                ErrorSerializer,
                "`too_slow`, `too_many_searches`: the search took too long, or too many are "
                "running; or `unavailable`.",
            ),
        },
        examples=[FOUND],
    )
    def get(self, request: Request) -> Response:
        query = validate_query(request, SearchParameters)
        has_hints = query.pop("hints")
        try:
            results = search(**query)
        except SearchTooSlow:
            raise TooSlow from None
        except NoSlotFree:
            raise TooMany from None
        names = country_names()
        found: dict[str, Any] = {
            "countries": represent_called(countries_called(query["name"]), names),
            "people": people_called(query["name"]),
            "results": results,
        }
        if has_hints:
            is_known = bool(found["countries"] or found["people"])
            found["hints"] = search_hints(query["name"], results, is_known=is_known)
        directors = directors_of([match.film.movie.id for match in results])
        context = {"by": query["by"], "country_names": names, "directors": directors}
        return Response(SearchSerializer(found, context=context).data)


def people_called(name: str) -> list[FoundPerson]:
    """The best known of them; nobody for a letter or two, which half of all names begin with."""
    if len(name.strip()) < SHORTEST_PERSON:
        return []
    return find_people(name, offset=0, limit=MOST_PEOPLE)
