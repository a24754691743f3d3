"""What a search may have meant beside titles: a place and a time, or a name that is misspelt."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework import serializers

from api.views.people import FoundPersonSerializer
from movies import reference
from movies.films import country_names
from movies.lists.country import CountryList
from movies.lists.facets import count_facets
from movies.models import Lens
from movies.nearest import find_nearest
from movies.search import Match
from movies.search.places import PlaceAndTime, parse_place_and_time


class CalledCountrySerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()


class PlaceSerializer(serializers.Serializer[Any]):
    country_code = serializers.CharField(allow_null=True)
    country_name = serializers.CharField(allow_null=True)
    continent = serializers.CharField(allow_null=True)
    genre = serializers.CharField(allow_null=True, help_text="Its name.")
    time = serializers.CharField(
        allow_blank=True, help_text="`1950s`, `1954`, `1950–1969`; empty for all times."
    )
    films = serializers.IntegerField(
        allow_null=True,
        help_text="Rated films of the country; null for several countries, and for a time that is "
        "no decade.",
    )


class NearestSerializer(serializers.Serializer[Any]):
    countries = CalledCountrySerializer(many=True)
    people = FoundPersonSerializer(many=True)


class HintsSerializer(serializers.Serializer[Any]):
    place = PlaceSerializer(
        allow_null=True,
        help_text="Where nothing but a place, a time or a genre is asked for, and more than "
        "a country, which is among `countries`.",
    )
    nearest = NearestSerializer(
        allow_null=True,
        help_text="Where nothing that is well known is called so: whose names are nearest. The "
        "films are then nearly called so, too.",
    )


def search_hints(name: str, results: list[Match], *, is_known: bool) -> dict[str, Any]:
    """By HintsSerializer; `is_known` where a country or somebody is called so."""
    place = parse_place_and_time(name)
    nearest = None if is_known or place else find_nearest(name, results)
    names = country_names()
    is_country_alone = place is not None and not (place.time or place.genre or place.continent)
    return {
        "place": None if place is None or is_country_alone else place_hint(place, names),
        "nearest": nearest
        and {
            "countries": represent_called(nearest.countries, names),
            "people": nearest.people,
        },
    }


def represent_called(codes: Iterable[str], names: Mapping[str, str]) -> list[dict[str, str]]:
    """By CalledCountrySerializer, those that the catalogue has."""
    return [{"code": code, "name": names[code]} for code in codes if code in names]


def place_hint(place: PlaceAndTime, names: dict[str, str]) -> dict[str, Any]:
    code, genre = place.country, reference.genres().get(place.genre or 0)
    return {
        "country_code": code,
        "country_name": names.get(code or ""),
        "continent": place.continent,
        "genre": genre and genre.name,
        "time": place.time,
        "films": count_rated(code, place) if code else None,
    }


def count_rated(code: str, place: PlaceAndTime) -> int | None:
    """Without reading the list itself, which a letter more may change: None for a time that is no
    decade."""
    films = CountryList(code, Lens.HOME, **place.narrowing)
    if not films.is_narrowed:
        return films.count()
    if place.time and place.decade is None:
        return None
    facets = count_facets(films)
    if place.decade is not None:
        return facets.decades.get(place.decade, 0)
    return facets.genres.get(place.genre or 0, 0)
