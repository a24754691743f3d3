"""Films for tests, in the shape in which TMDB serves them."""

from typing import Any

from importer.models import TmdbMovie
from tools.sandbox.payloads import Payload

# What the API tells of a film in every list.
FILM_KEYS = [
    "id",
    "imdb_id",
    "name",
    "original_name",
    "year",
    "country_codes",
    "country_names",
    "co_production_codes",
    "rating",
    "votes",
    "weighted_rating",
    "few_votes",
    "poster_url",
]


def film(movie_id: int, **changes: Any) -> Payload:
    """An ordinary film, and what is different about this one."""
    payload: Payload = {
        "adult": False,
        "id": movie_id,
        "imdb_id": f"tt{movie_id:07}",
        "title": f"Film {movie_id}",
        "original_title": f"Film {movie_id}",
        "original_language": "en",
        "origin_country": ["GB"],
        "production_countries": [{"iso_3166_1": "GB", "name": "United Kingdom"}],
        "release_date": "1999-12-31",
        "runtime": 90,
        "status": "Released",
        "popularity": 100.0 - movie_id / 10,
        "vote_average": 7.5,
        "vote_count": 100,
        "poster_path": "/poster.jpg",
        "genres": [{"id": 18, "name": "Drama"}],
        "spoken_languages": [{"iso_639_1": "en", "english_name": "English", "name": "English"}],
        "video": False,
        "alternative_titles": {"titles": []},
    }
    return payload | changes


def unlist(*movie_ids: int) -> None:
    """As after an export that does not list these films: a 404 is then believed at once."""
    TmdbMovie.objects.filter(id__in=movie_ids).update(exported_on=None)
