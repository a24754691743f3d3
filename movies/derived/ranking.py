"""Ranks the voted films of every country by a weighted rating: `Standing` and `CountryTotal`.

`WR = v/(v+m)·R + m/(v+m)·C`, as IMDb publishes it: R a film's mean rating and v its votes (TMDB's
and IMDb's pooled), m the setting RATING_MIN_VOTES, C the mean R of all voted films.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Now

from movies.derived import swap
from movies.models import CountryTotal, RankingState, Standing
from movies.pooled_votes import POOLED

log = logging.getLogger(__name__)

# Below this many minutes a film is a short, which lists leave out unless they are asked.
SHORT_MINUTES = 40

# Every film with its pooled rating and votes (0 and null where nobody has voted), and its
# countries of origin: TMDB's, or where it names none the production countries.
CREATE_POOL = f"""
CREATE TEMPORARY TABLE pool ON COMMIT DROP AS
SELECT movie.id AS movie_id, pooled.votes, pooled.rating,
       coalesce(runtime < %(short)s, false) AS is_short,
       extract(year FROM release_date) AS year, genre_ids,
       production_countries AS production,
       CASE WHEN origin_countries = '{{}}' THEN production_countries
            ELSE origin_countries END AS origin
FROM movie {POOLED}
"""  # noqa: S608 - of constants only

# Added up as numeric: a sum of floats would depend on the order of the rows.
MEAN_RATING = "SELECT avg(rating::numeric)::float8 FROM pool WHERE votes > 0"

# In the order of the lists: the indexes are built from it in half the time, and a country's
# films lie side by side for whoever reads them.
FILL_STANDING = """
INSERT INTO standing (movie_id, country_id, is_origin, is_production, is_short, year, genre_ids,
                      rating, votes, weighted_rating)
SELECT movie_id, country_id, is_origin, is_production, is_short, year, genre_ids, rating, votes,
       votes / (votes + m) * rating + m / (votes + m) * c AS weighted_rating
FROM (VALUES (%(m)s::float8, %(c)s::float8)) weighting (m, c)
CROSS JOIN (
    SELECT movie_id, country_id, country_id = ANY (origin) AS is_origin,
           true AS is_production, is_short, year, genre_ids, rating, votes
    FROM (SELECT *, unnest(production) AS country_id FROM pool WHERE votes > 0) made
    UNION ALL
    SELECT movie_id, country_id, true, false, is_short, year, genre_ids, rating, votes
    FROM (SELECT *, unnest(origin) AS country_id FROM pool WHERE votes > 0) from_there
    WHERE NOT country_id = ANY (production)
) film
ORDER BY country_id COLLATE "C", weighted_rating DESC, votes DESC, movie_id
"""

FILL_TOTALS = """
INSERT INTO country_total (by, country_id, movies, rated, listed)
SELECT by, country_id, count(*), count(*) FILTER (WHERE votes > 0),
       count(*) FILTER (WHERE votes > 0 AND NOT is_short)
FROM (
    SELECT 'origin' AS by, unnest(origin) AS country_id, votes, is_short FROM pool
    UNION ALL
    SELECT 'production', unnest(production), votes, is_short FROM pool
) film
GROUP BY by, country_id
"""

# `movies` is left to the next ranking: only it knows which unvoted films it had counted.
SUBTRACT_FROM_TOTALS = """
UPDATE country_total total
SET rated = total.rated - gone.rated, listed = total.listed - gone.listed
FROM (
    SELECT lens.by, country_id, count(*) AS rated, count(*) FILTER (WHERE NOT is_short) AS listed
    FROM standing
    CROSS JOIN LATERAL (VALUES ('origin', is_origin), ('production', is_production))
        AS lens (by, holds)
    WHERE movie_id = ANY (%(ids)s) AND lens.holds
    GROUP BY lens.by, country_id
) gone
WHERE total.by = gone.by AND total.country_id = gone.country_id
"""


def rebuild_ranking(check: Callable[[], None] = swap.no_op, patience: float | None = None) -> None:
    """Rank the whole catalogue anew and raise its version; readers see the old one until then.

    `check` is asked while a reader delays the swap, and may raise to end it; SwapPostponed where
    that lasts for more than `patience` seconds.
    """
    m = settings.RATING_MIN_VOTES
    with swap.building(Standing, CountryTotal), connection.cursor() as cursor:
        cursor.execute(CREATE_POOL, {"short": SHORT_MINUTES})
        cursor.execute(MEAN_RATING)
        (c,) = cursor.fetchone()
        cursor.execute(FILL_STANDING, {"m": m, "c": c})
        cursor.execute(FILL_TOTALS)
    # In the order in which readers lock them: the other way round they could wait in a ring.
    with swap.swap_in(CountryTotal, Standing, check=check, patience=patience):
        bump_version(m=m, c=c, ranked_at=Now(), is_outdated=False)
    log.info("ranked: m = %g, C = %s", m, "none yet" if c is None else f"{c:.4f}")


def remove_from_ranking(movie_ids: list[int]) -> None:
    """Delete films from every list and its totals at once; in the caller's transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SUBTRACT_FROM_TOTALS, {"ids": movie_ids})
        removed, _ = Standing.objects.filter(movie__in=movie_ids).delete()
        if removed:
            bump_version()


def mark_outdated() -> None:
    """A ranking is due as soon as one can be made."""
    RankingState.objects.update(is_outdated=True)


def bump_version(**fields: object) -> None:
    """Raise the version, and so the ETag: tells every reader that the lists have changed."""
    RankingState.objects.get_or_create(id=1)
    RankingState.objects.update(version=F("version") + Value(1), **fields)
