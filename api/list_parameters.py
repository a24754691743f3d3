"""What lists of the best can be asked for, and the list's query that it makes."""

import re
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.formats import FORMATS
from api.serializers import ByField, FiniteField, YearField
from api.watch_parameters import WatchParameters
from movies import reference
from movies.lists.query import ListQuery, Weighting
from movies.models import Genre, RankingState

LANGUAGE_CODE = re.compile("[a-z]{2,8}")


@extend_schema_field({"type": "string", "pattern": f"^{LANGUAGE_CODE.pattern}$", "example": "ja"})
class LanguageField(serializers.CharField):
    """The code of a language that the catalogue has."""

    default_error_messages = {
        "unknown": "There is no language “{code}”: they are ISO 639-1 codes, as in ja."
    }

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data)
        if code not in reference.languages():
            self.fail("unknown", code=code[:10])
        return code


class ListParameters(WatchParameters):
    """What all lists can be asked for."""

    by = ByField()
    shorts = serializers.BooleanField(
        default=False, help_text="Whether films under 40 minutes are listed."
    )
    genre = serializers.PrimaryKeyRelatedField(
        queryset=Genre.objects.all(),
        default=None,
        error_messages={
            "does_not_exist": "There is no genre {pk_value}: genres/ lists them.",
            "incorrect_type": "A genre's number is needed: genres/ lists them.",
        },
    )
    language = LanguageField(
        default=None,
        help_text="Films of this original language only, by TMDB's code.",
    )
    min_votes = serializers.IntegerField(
        min_value=0,
        max_value=10**9,
        default=None,
        help_text="Another least number of votes to be listed before the others than the "
        "ranking's; 0 leaves the order to the formula.",
    )
    format = serializers.ChoiceField(
        choices=FORMATS,
        default=None,
        help_text="JSON, or what spreadsheets, command lines, Radarr or feed readers read; the "
        "Accept header says it as well.",
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # `from` cannot be the name of an attribute.
        return super().get_fields() | {
            "from": YearField(default=None, help_text="The first year of release."),
            "to": YearField(default=None, help_text="The last year of release."),
        }

    def validate(self, query: dict[str, Any]) -> dict[str, Any]:
        query = super().validate(query)
        if query["from"] and query["to"] and query["from"] > query["to"]:
            message = "This year is after the one of `to`."
            raise serializers.ValidationError({"from": [message]}, code="out_of_order")
        return query


class BestParameters(ListParameters):
    limit = serializers.IntegerField(
        min_value=1, max_value=10, default=10, help_text="Films of each country."
    )


class CountryBestParameters(ListParameters):
    m = FiniteField(
        min_value=0, max_value=1e9, default=None, help_text="Another m than the ranking's."
    )
    c = FiniteField(
        min_value=0, max_value=10, default=None, help_text="Another c than the ranking's."
    )
    page = serializers.IntegerField(min_value=1, max_value=1_000_000, default=1)
    limit = serializers.IntegerField(
        min_value=1, max_value=100, default=10, help_text="Films of a page."
    )


class LongListParameters(CountryBestParameters):
    """In other formats than JSON, whose readers do not turn pages."""

    limit = serializers.IntegerField(
        min_value=1,
        max_value=1_000,
        default=10,
        help_text="Films of a page; 100 at the most in JSON.",
    )


def list_query(state: RankingState, query: dict[str, Any]) -> ListQuery:
    """As the lists understand it; what is the ranking's own is not said."""
    m, c, min_votes = effective_weighting(state, query)
    return ListQuery(
        shorts=query["shorts"],
        genre=query["genre"] and query["genre"].id,
        since=query["from"],
        until=query["to"],
        language=query["language"],
        watch=query["watch_filter"] and query["watch_filter"].resolve(),
        weighting=None if (m, c) == (state.m, state.c) else Weighting(m or 0, c or 0),
        min_votes=None if min_votes == state.min_listed else min_votes,
    )


def effective_weighting(
    state: RankingState, query: dict[str, Any]
) -> tuple[float | None, float | None, int | None]:
    """m, c and the least number of votes that the list is made with: the ranking's, unless others
    are asked for."""
    m, c, min_votes = (query.get(name) for name in ("m", "c", "min_votes"))
    return (
        state.m if m is None else m,
        state.c if c is None else c,
        state.min_listed if min_votes is None else min_votes,
    )
