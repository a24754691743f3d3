"""What has changed in the catalogue, for whoever keeps a copy of it."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from api import examples
from api.parameters import validate_query
from api.serializers import REFUSALS
from movies.changes.reading import CURSOR, Change, Cursor, changes_since
from movies.models import MovieChange


@extend_schema_field({"type": "string", "pattern": f"^{CURSOR.pattern}$"})
class CursorField(serializers.CharField):
    """A cursor that this catalogue has given."""

    default_error_messages = {
        "invalid": "“{text}” is no cursor: it is what an answer has as `cursor`.",
        "unknown_cursor": "“{text}” is no cursor of this catalogue: begin anew, without `since`.",
    }

    def to_internal_value(self, data: Any) -> Any:
        text = super().to_internal_value(data)
        cursor = Cursor.parse(text)
        if cursor is None:
            self.fail("invalid", text=text[:40])
        if not cursor.is_known():
            self.fail("unknown_cursor", text=text[:40])
        return cursor


class ChangesParameters(serializers.Serializer[Any]):
    since = CursorField(
        default=None, help_text="The cursor to go on from; without one from the beginning."
    )
    limit = serializers.IntegerField(
        min_value=1, max_value=1_000, default=100, help_text="Changes of a page."
    )


class FilmFactsSerializer(serializers.Serializer[Any]):
    """What TMDB says of a film, and whose it is."""

    id = serializers.IntegerField(help_text="TMDB's number.")
    imdb_id = serializers.CharField(allow_null=True)
    name = serializers.CharField(source="title")
    original_name = serializers.CharField(source="original_title")
    original_language = serializers.CharField(allow_blank=True)
    release_date = serializers.DateField(allow_null=True)
    status = serializers.CharField(allow_blank=True)
    runtime = serializers.IntegerField(allow_null=True, help_text="Minutes.")
    genres = serializers.ListField(source="genre_ids", child=serializers.IntegerField())
    spoken_languages = serializers.ListField(child=serializers.CharField())
    home_countries = serializers.ListField(child=serializers.CharField(), allow_null=True)
    origin_countries = serializers.ListField(child=serializers.CharField())
    production_countries = serializers.ListField(child=serializers.CharField())
    tmdb_rating = serializers.FloatField(allow_null=True)
    tmdb_votes = serializers.IntegerField()
    poster_url = serializers.URLField(allow_null=True)


class ChangeSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="movie_id", help_text="TMDB's number.")
    change = serializers.ChoiceField(
        source="kind",
        choices=MovieChange.Kind.values,
        help_text="The last thing that has happened to it: whoever has not asked for long may "
        "not know a film that has `changed`, nor one that has `left`.",
    )
    at = serializers.DateTimeField()
    film = FilmFactsSerializer(
        source="movie", allow_null=True, help_text="As it is now; null where it has left."
    )


class ChangesSerializer(serializers.Serializer[Any]):
    results = ChangeSerializer(many=True, help_text="The oldest first, each film once.")
    cursor = serializers.CharField(help_text="Where to go on, now or tomorrow: `since`.")
    next = serializers.URLField(allow_null=True, help_text="The next page; null at the end.")


class ChangesView(APIView):
    """Films that came, changed or left since a cursor, in the order in which that was committed.

    Nothing is missed and nothing repeated, also while an import runs. A film has changed when its
    facts, titles, people or votes at TMDB have; its popularity, where it can be watched, IMDb's
    votes and the ranking are none of that. One that has `left` is gone from TMDB, or its details
    were too old to be kept.
    """

    @extend_schema(
        operation_id="changes",
        parameters=[ChangesParameters],
        responses={200: ChangesSerializer, **REFUSALS},
        examples=[examples.CHANGES],
    )
    def get(self, request: Request) -> Response:
        query = validate_query(request, ChangesParameters)
        since, limit = query["since"] or Cursor(), query["limit"]
        # One more than is shown tells whether there is a next page.
        found = changes_since(since, limit + 1)
        return Response(ChangesSerializer(page_of(request, since, found, limit)).data)


def page_of(request: Request, since: Cursor, found: list[Change], limit: int) -> dict[str, Any]:
    shown = found[:limit]
    cursor = str(shown[-1].cursor if shown else since)
    following = replace_query_param(request.build_absolute_uri(), "since", cursor)
    return {
        "results": shown,
        "cursor": cursor,
        "next": following if len(found) > limit else None,
    }
