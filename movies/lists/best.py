"""The best films of every country, as the ranking has them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from psycopg import sql

from movies.films import Film, ranked_film
from movies.models import Country, Lens, Movie

# Of the films only what lists show: reading the rest would take longer than finding them.
MOVIE_COLUMNS = sql.SQL(
    "movie.id, movie.imdb_id, movie.title, movie.original_title, movie.release_date, "
    "movie.poster_path, movie.origin_countries, movie.production_countries, movie.home_countries"
)
# The head of each country's list, walked down its index; the ORM has no lateral join.
BEST = sql.SQL("""
SELECT {movie}, entry.rating, entry.votes, entry.weighted_rating, entry.few_votes,
       country.code AS listed_country, total.{total} AS listed_total
FROM country
JOIN country_total total ON total.country_id = country.code AND total.by = {by}
CROSS JOIN LATERAL (
    SELECT movie_id, few_votes, rating, votes, weighted_rating
    FROM standing
    WHERE country_id = country.code AND {lens} AND (%(shorts)s OR NOT is_short)
    ORDER BY few_votes, weighted_rating DESC, votes DESC, movie_id
    LIMIT %(limit)s
) entry
JOIN movie ON movie.id = entry.movie_id
ORDER BY country.code, entry.few_votes,
         entry.weighted_rating DESC, entry.votes DESC, entry.movie_id
""")


@dataclass(frozen=True, slots=True)
class CountryBest:
    """The head of a country's list, its best film first, and how many films all of it has."""

    country: Country
    total: int
    films: list[Film]


def best_of_every_country(by: Lens, *, limit: int, shorts: bool) -> list[CountryBest]:
    """The `limit` best films of every country that has a voted one, by the country's name.

    Films with few votes come after all others of their country, where those are fewer.
    """
    query = BEST.format(
        movie=MOVIE_COLUMNS,
        by=sql.Literal(by.value),
        lens=sql.Identifier(f"is_{by.value}"),
        total=sql.Identifier("rated" if shorts else "listed"),
    )
    # psycopg takes a composed query where Django's types know of text alone.
    rows: Any = Movie.objects.raw(cast("str", query), {"limit": limit, "shorts": shorts})
    return group_by_country(rows)


def group_by_country(rows: Iterable[Any]) -> list[CountryBest]:
    """Films that lie country by country, the best first, by the country's name."""
    countries = {country.code: country for country in Country.objects.all()}
    found: dict[str, CountryBest] = {}
    for movie in rows:
        code = movie.listed_country
        best = found.setdefault(code, CountryBest(countries[code], movie.listed_total, []))
        rank = len(best.films) + 1
        best.films.append(ranked_film(movie, rank))
    # In the order of their names, as the countries come.
    return [found[code] for code in countries if code in found]
