"""The weighted ratings of whole countries, reckoned here again with nothing of our ranking."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from importer.models import ImportRun
from tests.conftest import RunImport
from tools.sandbox.sources import Films, own_catalogue

COUNTRIES = ["US", "JP", "FR", "SE", "BR"]

# Every voted film with its votes and rating, and with its countries of origin as a list.
FILMS = """
SELECT movie.id,
       CASE WHEN cardinality(origin_countries) > 0 THEN origin_countries
            ELSE production_countries END,
       runtime,
       (CASE WHEN tmdb_rating > 0 THEN tmdb_votes ELSE 0 END) + coalesce(i.votes, 0),
       CASE WHEN tmdb_rating > 0 THEN tmdb_votes * tmdb_rating ELSE 0 END
           + coalesce(i.votes * i.rating, 0)
FROM movie LEFT JOIN imdb_rating i ON i.imdb_id = movie.imdb_id
"""


@pytest.fixture
def source() -> Films:
    return own_catalogue()


def expected(code: str, m: float, c: float | None) -> list[tuple[float, int, int]]:
    """(weighted rating, votes, id) of every film of the country's list, the best first."""
    with connection.cursor() as cursor:
        cursor.execute(FILMS)
        films = [row for row in cursor.fetchall() if row[3] > 0]
    if c is None:
        c = sum(points / votes for *_, votes, points in films) / len(films)
    listed = [
        (votes / (votes + m) * (points / votes) + m / (votes + m) * c, votes, movie_id)
        for movie_id, countries, runtime, votes, points in films
        if code in countries and (runtime is None or runtime >= 40)
    ]
    return sorted(listed, key=lambda film: (-film[0], -film[1], film[2]))


def whole_list(client: Client, code: str, query: str) -> list[Any]:
    films, address = [], f"/api/v1/best/{code}/?limit=100{query}"
    while address:
        page = client.get(address).json()
        films += page["results"]
        address = page["next"]
    return films


@pytest.mark.parametrize(
    ("query", "m", "c"), [("", 25_000.0, None), ("&m=1000&c=7.0", 1_000.0, 7.0)]
)
def test_every_film_of_five_countries_stands_where_the_formula_puts_it(
    run_import: RunImport, client: Client, query: str, m: float, c: float | None
) -> None:
    assert run_import("daily").state == ImportRun.State.SUCCEEDED

    for code in COUNTRIES:
        films = whole_list(client, code, query)
        wanted = expected(code, m, c)
        assert len(films) > 3
        assert [movie["id"] for movie in films] == [movie_id for *_, movie_id in wanted]
        assert [movie["votes"] for movie in films] == [votes for _, votes, _ in wanted]
        weights = [weight for weight, *_ in wanted]
        assert [movie["weighted_rating"] for movie in films] == pytest.approx(weights, rel=1e-12)
