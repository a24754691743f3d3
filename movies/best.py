"""The best films of every country, as the ranking has them."""

from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from movies.films import Film
from movies.models import Country, Lens, Movie

# The head of each country's list, walked down its index; the ORM has no lateral join.
BEST = sql.SQL("""
SELECT country.code, total.{total}, place.movie_id,
       place.rating, place.votes, place.weighted_rating
FROM country
JOIN country_total total ON total.country_id = country.code AND total.by = {by}
CROSS JOIN LATERAL (
    SELECT movie_id, rating, votes, weighted_rating
    FROM standing
    WHERE country_id = country.code AND {lens} AND (%(shorts)s OR NOT is_short)
    ORDER BY weighted_rating DESC, votes DESC, movie_id
    LIMIT %(limit)s
) place
ORDER BY country.name, country.code,
         place.weighted_rating DESC, place.votes DESC, place.movie_id
""")


@dataclass(frozen=True, slots=True)
class CountryBest:
    """The head of a country's list, its best film first, and how many films all of it has."""

    country: Country
    total: int
    films: list[Film]


def best_of_every_country(by: Lens, *, limit: int, shorts: bool) -> list[CountryBest]:
    """The `limit` best films of every country that has a voted one, by the country's name."""
    query = BEST.format(
        by=sql.Literal(by.value),
        lens=sql.Identifier(f"is_{by.value}"),
        total=sql.Identifier("rated" if shorts else "listed"),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, {"limit": limit, "shorts": shorts})
        rows = cursor.fetchall()
    countries = Country.objects.in_bulk()
    movies = Movie.objects.in_bulk({movie_id for _, _, movie_id, *_ in rows})
    found: dict[str, CountryBest] = {}
    for code, total, movie_id, rating, votes, weighted_rating in rows:
        if movie_id not in movies:  # it has left the catalogue between the two queries
            continue
        best = found.setdefault(code, CountryBest(countries[code], total, []))
        rank = len(best.films) + 1
        best.films.append(Film(movies[movie_id], rating, votes, weighted_rating, rank))
    return list(found.values())
