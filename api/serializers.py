"""The shapes of the API's answers and of its parameters."""

import datetime
from typing import Any

from rest_framework import serializers

from ghibli.models import Film
from movies.best import CountryBest, Place
from movies.models import Lens

POSTER_URL = "https://image.tmdb.org/t/p/w500"


class BestParameters(serializers.Serializer):
    """What `best/` can be asked for."""

    by = serializers.ChoiceField(choices=Lens.values, default=Lens.ORIGIN)
    limit = serializers.IntegerField(min_value=1, max_value=10, default=10)
    shorts = serializers.BooleanField(default=False)


def film(place: Place, by: Lens, country_names: dict[str, str]) -> dict[str, Any]:
    """A film in a list."""
    movie = place.movie
    codes = movie.country_codes(by)
    return {
        "rank": place.rank,
        "id": movie.id,
        "imdb_id": movie.imdb_id,
        "name": movie.title,
        "original_name": movie.original_title,
        "year": movie.release_date.year if movie.release_date else None,
        "country_codes": codes,
        "country_names": [country_names.get(code, code) for code in codes],
        "rating": place.rating,
        "votes": place.votes,
        "weighted_rating": place.weighted_rating,
        "poster_url": POSTER_URL + movie.poster_path if movie.poster_path else None,
    }


def country_best(best: CountryBest, by: Lens, country_names: dict[str, str]) -> dict[str, Any]:
    """A country with the head of its list."""
    return {
        "country_code": best.country.code,
        "country_name": best.country.name,
        "total": best.total,
        "movies": [film(place, by, country_names) for place in best.places],
    }


def ghibli_film(film: Film) -> dict[str, Any]:
    """A film of Studio Ghibli's with its people, as `listed` reads it."""
    return {
        "id": film.id,
        "title": film.title,
        "original_title": film.original_title,
        "release_year": film.release_year,
        "director": film.director,
        "people": film.cast,
    }


def moment(time: datetime.datetime) -> str:
    """`2026-11-21T09:31:05.123456Z`, as it is written in the answers' bodies too."""
    return time.isoformat().replace("+00:00", "Z")


class RunSerializer(serializers.Serializer):
    """An import run, without what only its operator should read."""

    kind = serializers.CharField()
    state = serializers.CharField()
    step = serializers.CharField()
    unit = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True)
    seconds_left = serializers.FloatField(allow_null=True)
    failed = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    heartbeat_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
