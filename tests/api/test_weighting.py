"""Whole countries' lists, reckoned here again with nothing of ours: whose a film is, its weighted
rating, and which have too few votes."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from importer.models import ImportRun
from tests.conftest import RunImport
from tools.sandbox.sources import Films, own_catalogue

COUNTRIES = ["US", "JP", "FR", "SE", "BR"]

# Every voted film with its votes, IMDb's if it is the record that has them, and the sum of points.
FILMS = """
SELECT movie.id, origin_countries, production_countries, company_countries, original_language,
       runtime,
       (CASE WHEN tmdb_rating > 0 THEN tmdb_votes ELSE 0 END) + coalesce(i.votes, 0),
       CASE WHEN tmdb_rating > 0 THEN tmdb_votes * tmdb_rating ELSE 0 END
           + coalesce(i.votes * i.rating, 0)
FROM movie LEFT JOIN imdb_rating i ON i.imdb_id = movie.imdb_id AND movie.id = (
    SELECT id FROM movie record WHERE record.imdb_id = i.imdb_id
    ORDER BY tmdb_votes DESC, id LIMIT 1
)
"""
# What is spoken in the countries that films of several are from, as an encyclopaedia has it.
SPOKEN = {
    "AE": "ar", "AR": "es", "AT": "de", "AU": "en", "BA": "bs sr hr sh", "BD": "bn",
    "BE": "nl fr de", "BF": "fr", "BG": "bg", "BO": "es qu", "BR": "pt", "BW": "en", "BY": "be ru",
    "CA": "en fr", "CD": "fr", "CF": "fr sg", "CH": "de fr it", "CI": "fr", "CL": "es",
    "CM": "fr en", "CN": "zh cn", "CO": "es", "CU": "es", "CY": "el tr", "CZ": "cs", "DE": "de",
    "DK": "da", "DZ": "ar fr", "EE": "et", "EG": "ar", "ES": "es", "ET": "am", "FI": "fi sv",
    "FR": "fr", "GB": "en", "GR": "el", "GT": "es", "HK": "zh cn en", "HR": "hr sh", "HT": "ht fr",
    "HU": "hu", "ID": "id", "IE": "en ga", "IL": "he ar", "IN": "hi en", "IR": "fa", "IS": "is",
    "IT": "it", "JP": "ja", "KR": "ko", "KZ": "kk ru", "LB": "ar", "LT": "lt", "LU": "lb fr de",
    "LV": "lv", "MA": "ar fr", "ME": "sr sh", "MK": "mk", "MN": "mn", "MQ": "fr", "MR": "ar",
    "MT": "mt en", "MX": "es", "MY": "ms", "NL": "nl", "NO": "no", "NP": "ne", "NZ": "en mi",
    "PA": "es", "PE": "es", "PH": "tl en", "PL": "pl", "PS": "ar", "PT": "pt", "PY": "es gn",
    "QA": "ar", "RO": "ro", "RS": "sr sh", "RU": "ru", "SA": "ar", "SE": "sv",
    "SG": "en zh ms ta cn", "SI": "sl", "SK": "sk", "SN": "fr",
    "SU": "ru uk be uz kk ka az lt ky tk tg hy lv et ro", "TH": "th", "TN": "ar fr", "TR": "tr",
    "TW": "zh cn", "UA": "uk", "US": "en", "UY": "es", "VE": "es", "XG": "de", "XK": "sq sr",
    "YU": "sr hr bs sl mk sq sh", "ZA": "en",
}  # fmt: skip
ENGLISH_FIRST = {"US", "GB", "IE", "AU", "NZ", "CA"}


@pytest.fixture
def source() -> Films:
    return own_catalogue()


def home(origins: list[str], companies: list[str], language: str) -> list[str]:
    if len(origins) < 2:
        return origins
    if language != "en":
        speaking = [code for code in origins if language in SPOKEN[code].split()]
        if speaking:
            return speaking
    counts = {code: companies.count(code) for code in origins}
    if any(counts.values()):
        return [code for code in origins if counts[code] == max(counts.values())]
    return [code for code in origins if code in ENGLISH_FIRST] or origins


def expected(
    code: str, by: str, m: float, c: float | None, floor: int
) -> list[tuple[bool, float, int, int]]:
    """(few votes, weighted rating, votes, id) of every film of the country's list, in order."""
    with connection.cursor() as cursor:
        cursor.execute(FILMS)
        films = [row for row in cursor.fetchall() if row[6] > 0]
    if c is None:
        c = sum(points / votes for *_, votes, points in films) / len(films)
    listed = []
    for movie_id, origins, producers, companies, language, runtime, votes, points in films:
        origin = origins or producers
        whose = home(origin, companies or [], language) if by == "home" else origin
        if code in whose and (runtime is None or runtime >= 40):
            weight = votes / (votes + m) * (points / votes) + m / (votes + m) * c
            listed.append((votes < floor, weight, votes, movie_id))
    return sorted(listed, key=lambda film: (film[0], -film[1], -film[2], film[3]))


def whole_list(client: Client, code: str, query: str) -> list[Any]:
    films, address = [], f"/api/v1/best/{code}/?limit=100{query}"
    while address:
        page = client.get(address).json()
        films += page["results"]
        address = page["next"]
    return films


@pytest.mark.parametrize(
    ("query", "by", "m", "c", "floor"),
    [
        ("", "home", 25_000.0, None, 50),
        ("&by=origin", "origin", 25_000.0, None, 50),
        ("&m=1000&c=7.0", "home", 1_000.0, 7.0, 50),
        ("&min_votes=0", "home", 25_000.0, None, 0),
        ("&min_votes=5000&m=2500&by=origin", "origin", 2_500.0, None, 5_000),
    ],
)
def test_every_film_of_five_countries_stands_where_the_formula_and_the_floor_put_it(
    run_import: RunImport,
    client: Client,
    query: str,
    by: str,
    m: float,
    c: float | None,
    floor: int,
) -> None:
    assert run_import("daily").state == ImportRun.State.SUCCEEDED

    for code in COUNTRIES:
        films = whole_list(client, code, query)
        wanted = expected(code, by, m, c, floor)
        assert len(films) > 3
        assert [movie["id"] for movie in films] == [movie_id for *_, movie_id in wanted]
        assert [movie["votes"] for movie in films] == [votes for *_, votes, _ in wanted]
        assert [movie["few_votes"] for movie in films] == [few for few, *_ in wanted]
        weights = [weight for _, weight, *_ in wanted]
        assert [movie["weighted_rating"] for movie in films] == pytest.approx(weights, rel=1e-12)
