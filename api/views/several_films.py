"""Several films at once, by TMDB's or IMDb's ids."""

import re
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.parameters import validate_query
from api.serializers import REFUSALS, ByField, FilmSerializer
from importer.models import TmdbMovie
from movies.films import country_names, films_by_id, ids_by_imdb_id
from movies.imdb_ids import PATTERN as IMDB_ID_PATTERN

MOST_IDS = 100
LARGEST_ID = 2**31 - 1
TMDB_ID = re.compile("[1-9][0-9]{0,9}")
IMDB_ID = re.compile(IMDB_ID_PATTERN)
ONE = f"([1-9][0-9]{{0,8}}|{IMDB_ID_PATTERN})"


@extend_schema_field(
    {
        "type": "string",
        "pattern": f"^{ONE}(,{ONE}){{0,{MOST_IDS - 1}}}$",
        "example": "129,tt0068646",
    }
)
class FilmIdsField(serializers.CharField):
    """TMDB's numbers and IMDb's ids, separated by commas; each once, in their order."""

    default_error_messages = {
        "invalid": "“{text}” is neither a number of TMDB's nor an id of IMDb's such as tt0068646.",
        "many": f"{{count}} films are asked for: {MOST_IDS} are the most at once.",
    }

    def to_internal_value(self, data: Any) -> Any:
        ids = list(dict.fromkeys(super().to_internal_value(data).split(",")))
        if len(ids) > MOST_IDS:
            self.fail("many", count=len(ids))
        for text in ids:
            if not is_film_id(text):
                self.fail("invalid", text=text[:20])
        return ids


def is_film_id(text: str) -> bool:
    if IMDB_ID.fullmatch(text):
        return True
    return bool(TMDB_ID.fullmatch(text)) and int(text) <= LARGEST_ID


class FilmsParameters(serializers.Serializer[Any]):
    ids = FilmIdsField(
        help_text=f"TMDB's numbers and IMDb's ids, {MOST_IDS} at the most, separated by commas."
    )
    by = ByField()


class SeveralFilmsSerializer(serializers.Serializer[Any]):
    results = FilmSerializer(many=True, help_text="In the order asked, each once.")
    unknown = serializers.ListField(
        child=serializers.CharField(),
        help_text="Ids of which there is no film, as they were asked.",
    )
    not_fetched = serializers.ListField(
        child=serializers.CharField(), help_text="Those whose details have not been fetched yet."
    )
    gone = serializers.ListField(
        child=serializers.CharField(), help_text="Those that TMDB has deleted."
    )


class FilmsView(APIView):
    """Films by TMDB's numbers and IMDb's ids, mixed as you like, and which of them there are not.

    IMDb's id of a film that is gone, or not fetched, is unknown: only TMDB's numbers are kept.
    """

    @extend_schema(
        operation_id="films",
        parameters=[FilmsParameters],
        responses={200: SeveralFilmsSerializer, **REFUSALS},
        examples=[examples.FILMS],
    )
    def get(self, request: Request) -> Response:
        query = validate_query(request, FilmsParameters)
        asked: list[str] = query["ids"]
        movie_ids = {text: int(text) for text in asked if text.isdecimal()}
        movie_ids |= ids_by_imdb_id(text for text in asked if not text.isdecimal())
        films = films_by_id(set(movie_ids.values()))
        found = dict.fromkeys(movie_ids[text] for text in asked if movie_ids.get(text) in films)
        answer = {
            "results": [films[movie_id] for movie_id in found],
            **name_absent({text: movie_ids.get(text) for text in asked}, films),
        }
        context = {"by": query["by"], "country_names": country_names()}
        return Response(SeveralFilmsSerializer(answer, context=context).data)


def name_absent(asked: dict[str, int | None], films: dict[int, Any]) -> dict[str, list[str]]:
    """The ids of which there is no film, by why."""
    absent = {text: movie_id for text, movie_id in asked.items() if movie_id not in films}
    known = TmdbMovie.objects.filter(id__in=[number for number in absent.values() if number])
    is_gone = {
        number: gone_at is not None for number, gone_at in known.values_list("id", "gone_at")
    }
    named: dict[str, list[str]] = {"unknown": [], "not_fetched": [], "gone": []}
    for text, number in absent.items():
        if number not in is_gone:
            named["unknown"].append(text)
        else:
            named["gone" if is_gone[number] else "not_fetched"].append(text)
    return named
