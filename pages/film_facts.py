"""What the browser is told of a film, to keep it where somebody marks it."""

from typing import Any

from movies.films import Film
from movies.models import Lens


def film_facts(film: Film) -> dict[str, Any]:
    """All that My films shows of it, by the API's keys."""
    movie = film.movie
    return {
        "id": movie.id,
        "imdb_id": movie.imdb_id,
        "name": movie.title,
        "year": movie.year,
        "country_codes": movie.country_codes(Lens.HOME),
        "co_production_codes": movie.co_production_codes(Lens.HOME),
        "rating": film.rating,
        "poster_url": movie.poster_url,
    }
