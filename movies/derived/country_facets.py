"""What a country's list can be narrowed by, with how many films that leaves, and who directed most
of its films: `CountryFacet` and `CountryDirector`, both from `Standing`."""

from django.db import connection

DIRECTORS_EACH = 8

# An entry of the lists once for all genres together, as genre 0, and once for each that it has.
OF_STANDING = """
SELECT country_id, coalesce(year / 10 * 10, 0) AS decade, genre.id AS genre_id,
       is_home, is_origin, is_production, count(*) AS rated,
       count(*) FILTER (WHERE NOT is_short) AS listed
FROM standing
CROSS JOIN LATERAL (SELECT 0 UNION SELECT unnest(genre_ids)) AS genre (id)
"""
GROUPED = "GROUP BY country_id, decade, genre.id, is_home, is_origin, is_production"
FILL_FACETS = f"""
INSERT INTO country_facet (country_id, decade, genre_id, is_home, is_origin, is_production,
                           rated, listed)
{OF_STANDING} {GROUPED}
"""
SUBTRACT_FROM_FACETS = f"""
UPDATE country_facet facet
SET rated = facet.rated - gone.rated, listed = facet.listed - gone.listed
FROM ({OF_STANDING} WHERE movie_id = ANY (%(ids)s) {GROUPED}) gone
WHERE (facet.country_id, facet.decade, facet.genre_id)
    = (gone.country_id, gone.decade, gone.genre_id)
  AND (facet.is_home, facet.is_origin, facet.is_production)
    = (gone.is_home, gone.is_origin, gone.is_production)
"""  # noqa: S608 - of constants only

# Films that have enough votes come first, or who made most films that nobody knows would lead.
FILL_DIRECTORS = """
INSERT INTO country_director (country_id, position, person_id, films)
SELECT country_id, position, person_id, films
FROM (
    SELECT country_id, person_id, count(*) AS films,
           row_number() OVER (
               PARTITION BY country_id
               ORDER BY count(*) FILTER (WHERE NOT few_votes) DESC, sum(votes) DESC, person_id
           ) AS position
    FROM standing JOIN credit USING (movie_id)
    WHERE is_home AND NOT is_short AND credit.job = 'director'
    GROUP BY country_id, person_id
) director
WHERE position <= %(most)s
"""


def fill_country_facets() -> None:
    """Fill both of the tables that are being built, when `standing` is full."""
    with connection.cursor() as cursor:
        cursor.execute(FILL_FACETS)
        cursor.execute(FILL_DIRECTORS, {"most": DIRECTORS_EACH})


def subtract_from_country_facets(movie_ids: list[int]) -> None:
    """Take films out of the numbers while they are still in `standing`. The directors are left to
    the next ranking."""
    with connection.cursor() as cursor:
        cursor.execute(SUBTRACT_FROM_FACETS, {"ids": movie_ids})
