"""The best films of every country, and the whole list of one country, continent or the world."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.formats import RENDERERS, is_json
from api.list_parameters import (
    BestParameters,
    CountryBestParameters,
    LongListParameters,
    effective_weighting,
    list_query,
)
from api.parameters import validate_query
from api.serializers import REFUSALS, ErrorSerializer, RankedFilmSerializer, page_url
from movies.country_names import code_hint
from movies.films import country_names
from movies.lists.best import best_of_every_country
from movies.lists.country import CountryList
from movies.lists.narrowed_best import narrowed_best_of_every_country
from movies.lists.query import ListQuery
from movies.lists.region import REGIONS, RegionList
from movies.models import Lens, RankingState


class CountryBestSerializer(serializers.Serializer[Any]):
    country_code = serializers.CharField(source="country.code")
    country_name = serializers.CharField(source="country.name")
    total = serializers.IntegerField(
        help_text="How many films the country's whole list has, narrowed alike."
    )
    movies = RankedFilmSerializer(source="films", many=True)


class WeightingSerializer(serializers.Serializer[Any]):
    """How the films of an answer were weighted: `WR = v/(v+m)·R + m/(v+m)·C`."""

    m = serializers.FloatField(
        allow_null=True, help_text="The votes that weigh as much as c; null before any ranking."
    )
    c = serializers.FloatField(
        allow_null=True, help_text="The mean rating of all voted films, unless asked otherwise."
    )
    min_votes = serializers.IntegerField(
        allow_null=True,
        help_text="Films with fewer votes come after all others, as `few_votes`; null before any "
        "ranking.",
    )
    by = serializers.ChoiceField(choices=Lens.values)


class BestSerializer(WeightingSerializer):
    updated_at = serializers.DateTimeField(allow_null=True, source="ranked_at")
    countries = CountryBestSerializer(many=True, help_text="Ordered by their English names.")


class RadarrFilmSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    imdb_id = serializers.CharField()


def in_every_format(serializer: type[serializers.Serializer[Any]]) -> dict[Any, Any]:
    """A list's answers with 200, by media type; RadarrRenderer's is JSON as well."""
    as_json = PolymorphicProxySerializer(
        component_name=f"{serializer.__name__.removesuffix('Serializer')}Json",
        serializers=[serializer, RadarrFilmSerializer(many=True)],
        resource_type_field_name=None,
        many=False,
    )
    text = dict.fromkeys(("text/csv", "application/x-ndjson", "application/rss+xml"))
    return {(200, "application/json"): as_json} | {
        (200, media_type): OpenApiTypes.STR for media_type in text
    }


class BestView(APIView):
    """The best films of every country that has a voted one, by weighted rating.

    Where fewer than `limit` have enough votes, those with too few come after them. `format=radarr`
    is what Radarr's custom lists read: `[{"title": …, "imdb_id": …}]`.
    """

    renderer_classes = RENDERERS

    @extend_schema(
        operation_id="best",
        parameters=[BestParameters],
        responses={**in_every_format(BestSerializer), 304: None, **REFUSALS},
        examples=[examples.BEST, *examples.OTHER_FORMATS],
    )
    def get(self, request: Request) -> Response:
        asked = validate_query(request, BestParameters)
        state = RankingState.current()
        data = best_data(state, asked["by"], asked["limit"], list_query(state, asked))
        return list_response(request, data, "best")


def best_data(state: RankingState, by: Lens, limit: int, query: ListQuery) -> dict[str, Any]:
    """The whole answer, as its JSON has it."""
    context = {"by": by, "country_names": country_names()}
    best = {
        "m": state.m,
        "c": state.c,
        "min_votes": state.min_listed if query.min_votes is None else query.min_votes,
        "by": by,
        "ranked_at": state.ranked_at,
        "countries": best_of_every_country(by, limit=limit, shorts=query.shorts)
        if query.is_plain
        else narrowed_best_of_every_country(by, query, limit=limit),
    }
    return dict(BestSerializer(best, context=context).data)


def list_response(request: Request, data: dict[str, Any], name: str) -> Response:
    """In the format that is asked for; a file by this name, where it is one."""
    response = Response(data)
    suffix = getattr(request.accepted_renderer, "suffix", None)
    if suffix:
        response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    if not is_json(request) and data.get("next"):
        response["Link"] = f'<{data["next"]}>; rel="next"'
    return response


class CountryListSerializer(WeightingSerializer):
    country_code = serializers.CharField(help_text="Or the continent's name in the address.")
    country_name = serializers.CharField(help_text="Or the continent's.")
    count = serializers.IntegerField(help_text="Films of all pages.")
    next = serializers.URLField(allow_null=True, help_text="The next page.")
    previous = serializers.URLField(allow_null=True, help_text="The page before.")
    results = RankedFilmSerializer(many=True)


class BestOfCountryView(APIView):
    """The films of one country, the best first, those with too few votes after all others.

    `world`, `africa`, `antarctica`, `asia`, `europe`, `north-america`, `oceania` and
    `south-america` are lists alike, of all their countries' films, each once. A page that the list
    is too short for is 404. Other formats than JSON have the next page's address in `Link`.
    """

    renderer_classes = RENDERERS

    @extend_schema(
        operation_id="best_of_country",
        parameters=[LongListParameters],
        responses={
            **in_every_format(CountryListSerializer),
            304: None,
            404: OpenApiResponse(ErrorSerializer, "`not_found`: no such country or page."),
            **REFUSALS,
        },
        examples=[examples.BEST_OF_COUNTRY, *examples.OTHER_FORMATS],
    )
    def get(self, request: Request, code: str) -> Response:
        parameters = CountryBestParameters if is_json(request) else LongListParameters
        asked = validate_query(request, parameters)
        names = country_names()
        if code not in names and code not in REGIONS:
            raise NotFound(f"There is no country {code!r}: {list_hint(code)}")
        return page_response(request, RankingState.current(), code, names, asked)


def page_response(
    request: Request, state: RankingState, code: str, names: dict[str, str], asked: dict[str, Any]
) -> Response:
    m, c, min_votes = effective_weighting(state, asked)
    films = list_of(code, asked["by"], list_query(state, asked))
    number, limit = asked["page"], asked["limit"]
    count, end = films.count(), number * limit
    if number > 1 and count <= end - limit:
        raise NotFound(f"There is no page {number}: the list is not as long.")
    page = {
        "m": m,
        "c": c,
        "min_votes": min_votes,
        "by": asked["by"],
        "country_code": code,
        "country_name": REGIONS.get(code) or names[code],
        "count": count,
        "next": page_url(request, number + 1) if count > end else None,
        "previous": page_url(request, number - 1) if number > 1 else None,
        "results": films[end - limit : end],
    }
    context = {"by": asked["by"], "country_names": names}
    data = CountryListSerializer(page, context=context).data
    return list_response(request, dict(data), f"best-{code}")


def list_hint(given: str) -> str:
    """What is said to somebody whose list is none: how the continent or the country is written."""
    region = given.lower().replace(" ", "-")
    if region in REGIONS:
        return f"the list of {REGIONS[region]} is {region}."
    return code_hint(given)


def list_of(code: str, by: Lens, query: ListQuery) -> CountryList | RegionList:
    """Of the country, continent or world that has this code in the address."""
    asked = {name: getattr(query, name) for name in ListQuery.__slots__}
    if code in REGIONS:
        return RegionList(code, by, **asked)
    return CountryList(code, by, **asked)
