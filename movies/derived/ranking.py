"""Ranks the voted films of every country by a weighted rating: `Standing`, and its totals.

`WR = v/(v+m)·R + m/(v+m)·C`, as IMDb publishes it: R a film's mean rating and v its votes (TMDB's
and IMDb's pooled), m the setting RATING_MIN_VOTES, C the mean R of all voted films. While many are
not fetched yet, C is estimated: the most voted come first and are liked better than most.
Those with fewer than RATING_MIN_LISTED votes come after all others.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Now

from movies.derived import folded_names, homes, swap
from movies.derived.country_facets import fill_country_facets, subtract_from_country_facets
from movies.lenses import COUNTRY_CODES
from movies.models import (
    PART_OF_THE_WORLD,
    ContinentTotal,
    CountryDirector,
    CountryFacet,
    CountryTotal,
    Lens,
    RankingState,
    Standing,
)
from movies.pooled_votes import POOLED_OF_ALL

log = logging.getLogger(__name__)

# In the order in which readers lock them: the other way round they could wait in a ring.
TABLES = (ContinentTotal, CountryTotal, CountryFacet, CountryDirector, Standing)

# Below this many minutes a film is a short, which lists leave out unless they are asked.
SHORT_MINUTES = 40

# Every film with its pooled rating and votes (0 and null where nobody has voted), and its
# countries through each lens.
CREATE_POOL = f"""
CREATE TEMPORARY TABLE pool ON COMMIT DROP AS
SELECT movie.id AS movie_id, pooled.votes, pooled.rating,
       coalesce(runtime < %(short)s, false) AS is_short,
       extract(year FROM release_date)::int AS year, genre_ids,
       original_language AS language,
       {COUNTRY_CODES[Lens.HOME]} AS home, {COUNTRY_CODES[Lens.ORIGIN]} AS origin,
       {COUNTRY_CODES[Lens.PRODUCTION]} AS production
FROM movie {POOLED_OF_ALL}
"""  # noqa: S608 - of constants only

# Every film whose id is divisible by it is fetched early. Ids say nothing of how a film is liked,
# so that these stand for all others: they tell C of 1.24 million films to 0.06.
SAMPLED_IDS = 2_000
# Those that are not fetched count as the sample's do, of which some are voted. Added up as
# numeric: a sum of floats would depend on the order of the rows.
MEAN_RATING = """
SELECT ((fetched.ratings + coalesce(%(unfetched)s * sample.share * sample.rating, 0))
           / nullif(fetched.voted + coalesce(%(unfetched)s * sample.share, 0), 0))::float8
FROM (
    SELECT coalesce(sum(rating::numeric), 0) AS ratings, count(*) AS voted
    FROM pool WHERE votes > 0
) fetched
CROSS JOIN (
    SELECT avg(rating::numeric) FILTER (WHERE votes > 0) AS rating,
           avg((votes > 0)::int) AS share
    FROM pool WHERE movie_id %% %(sampled)s = 0
) sample
"""

# In the order of the lists: the index is built from it in half the time, and a country's films lie
# side by side for whoever reads them. That few votes come after all others is put into one number
# with the weighted rating: it sorts in nine tenths of the time.
FILL_STANDING = """
INSERT INTO standing (movie_id, country_id, is_home, is_origin, is_production, is_short,
                      few_votes, year, genre_ids, language, rating, votes, weighted_rating)
SELECT movie_id, country_id, is_home, is_origin, is_production, is_short,
       votes < %(min_listed)s AS few_votes, year, genre_ids, language, rating, votes,
       votes / (votes + m) * rating + m / (votes + m) * c AS weighted_rating
FROM (VALUES (%(m)s::float8, %(c)s::float8)) weighting (m, c)
CROSS JOIN (
    SELECT movie_id, country_id, country_id = ANY (home) AS is_home,
           country_id = ANY (origin) AS is_origin, true AS is_production,
           is_short, year, genre_ids, language, rating, votes
    FROM (SELECT *, unnest(production) AS country_id FROM pool WHERE votes > 0) made
    UNION ALL
    SELECT movie_id, country_id, country_id = ANY (home), true, false,
           is_short, year, genre_ids, language, rating, votes
    FROM (
        SELECT *, unnest(origin) AS country_id FROM pool WHERE votes > 0 AND origin <> production
    ) from_there
    WHERE NOT country_id = ANY (production)
) film
ORDER BY country_id COLLATE "C",
         CASE WHEN votes < %(min_listed)s THEN -100 ELSE 0 END
             + votes / (votes + m) * rating + m / (votes + m) * c DESC,
         votes DESC, movie_id
"""

# Totals are added up from the films that have the same countries and decade: far fewer rows.
CREATE_ALIKE = """
CREATE TEMPORARY TABLE alike ON COMMIT DROP AS
SELECT row_number() OVER () AS number, home, origin, production, year / 10 * 10 AS decade,
       count(*) AS movies, count(*) FILTER (WHERE votes > 0) AS rated,
       count(*) FILTER (WHERE votes > 0 AND NOT is_short) AS listed
FROM pool
GROUP BY home, origin, production, decade
"""
OF_COUNTRIES = """
FROM alike
CROSS JOIN LATERAL (VALUES ('home', home), ('origin', origin), ('production', production))
    AS lens (by, codes)
CROSS JOIN unnest(lens.codes) AS country_id
"""
FILL_TOTALS = f"""
INSERT INTO country_total (by, country_id, movies, rated, listed, films_by_decade)
SELECT by, country_id, sum(movies), sum(rated), sum(listed),
       coalesce(jsonb_object_agg(decade, movies) FILTER (WHERE decade IS NOT NULL), '{{}}')
FROM (
    SELECT by, country_id, decade, sum(movies) AS movies, sum(rated) AS rated,
           sum(listed) AS listed {OF_COUNTRIES}
    GROUP BY by, country_id, decade
) of_decade
GROUP BY by, country_id
"""  # noqa: S608 - of constants only
FILL_CONTINENTS = f"""
INSERT INTO continent_total (by, continent, rated)
SELECT by, continent, sum(rated)
FROM (
    SELECT DISTINCT number, rated, by, {PART_OF_THE_WORLD} AS continent {OF_COUNTRIES}
    JOIN country ON code = country_id
    WHERE rated > 0
) once
GROUP BY by, continent
"""  # noqa: S608 - of constants only

# `movies` is left to the next ranking, as are the decades: only it knows which unvoted films it
# had counted.
GONE = """
FROM standing
CROSS JOIN LATERAL (
    VALUES ('home', is_home), ('origin', is_origin), ('production', is_production)
) AS lens (by, holds)
"""
SUBTRACT_FROM_TOTALS = f"""
UPDATE country_total total
SET rated = total.rated - gone.rated, listed = total.listed - gone.listed
FROM (
    SELECT lens.by, country_id, count(*) AS rated, count(*) FILTER (WHERE NOT is_short) AS listed
    {GONE} WHERE movie_id = ANY (%(ids)s) AND lens.holds
    GROUP BY lens.by, country_id
) gone
WHERE total.by = gone.by AND total.country_id = gone.country_id
"""  # noqa: S608 - of constants only
SUBTRACT_FROM_CONTINENTS = f"""
UPDATE continent_total total SET rated = total.rated - gone.rated
FROM (
    SELECT lens.by, {PART_OF_THE_WORLD} AS continent, count(DISTINCT movie_id) AS rated
    {GONE} JOIN country ON code = country_id WHERE movie_id = ANY (%(ids)s) AND lens.holds
    GROUP BY 1, 2
) gone
WHERE total.by = gone.by AND total.continent = gone.continent
"""  # noqa: S608 - of constants only


def rebuild_ranking(
    check: Callable[[], None] = swap.no_op, patience: float | None = None, unfetched: int = 0
) -> None:
    """Rank the whole catalogue anew and raise its version; readers see the old one until then.

    Films whose home is not known, or known by an earlier rule, are given theirs before. That so
    many films are still to be fetched is to be told when those of SAMPLED_IDS are.

    `check` is asked while a reader delays the swap, and may raise to end it; SwapPostponed where
    that lasts for more than `patience` seconds.
    """
    homes.derive_home_countries(check)
    m, min_listed = settings.RATING_MIN_VOTES, settings.RATING_MIN_LISTED
    with swap.building(*reversed(TABLES)), connection.cursor() as cursor:
        cursor.execute(CREATE_POOL, {"short": SHORT_MINUTES})
        cursor.execute(MEAN_RATING, {"unfetched": unfetched, "sampled": SAMPLED_IDS})
        (c,) = cursor.fetchone()
        cursor.execute(FILL_STANDING, {"m": m, "c": c, "min_listed": min_listed})
        cursor.execute(CREATE_ALIKE)
        cursor.execute(FILL_TOTALS)
        cursor.execute(FILL_CONTINENTS)
        fill_country_facets()
    with swap.swap_in(*TABLES, check=check, patience=patience):
        bump_version(m=m, c=c, min_listed=min_listed, ranked_at=Now(), is_outdated=False)
    log.info("ranked: m = %g, C = %s", m, "none yet" if c is None else f"{c:.4f}")


def remove_from_ranking(movie_ids: list[int]) -> None:
    """Delete films from every list and its totals at once; in the caller's transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SUBTRACT_FROM_CONTINENTS, {"ids": movie_ids})
        cursor.execute(SUBTRACT_FROM_TOTALS, {"ids": movie_ids})
        subtract_from_country_facets(movie_ids)
        removed, _ = Standing.objects.filter(movie__in=movie_ids).delete()
        if removed:
            bump_version()


def mark_outdated() -> None:
    """A ranking is due as soon as one can be made."""
    RankingState.objects.update(is_outdated=True)


def bump_version(**fields: object) -> None:
    """Raise the version, and so the ETag: tells every reader that the lists have changed."""
    # Where there is no row there is nothing yet of an earlier folding, or of another rule of home.
    first = folded_names.CURRENT | homes.CURRENT
    RankingState.objects.get_or_create(id=1, defaults=first)
    RankingState.objects.update(version=F("version") + Value(1), **fields)
