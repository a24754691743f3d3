"""Which countries a film has through each lens, in SQL; `Movie.country_codes` is the same."""

from psycopg import sql

from movies.models import Lens

ORIGIN = """
CASE WHEN movie.origin_countries = '{}' THEN movie.production_countries
     ELSE movie.origin_countries END
"""
# Of a row of `movie`, an array of codes.
COUNTRY_CODES = {
    Lens.HOME: f"coalesce(movie.home_countries, {ORIGIN})",
    Lens.ORIGIN: ORIGIN,
    Lens.PRODUCTION: "movie.production_countries",
}
# The same through the lens that the parameter `by` names.
COUNTRY_CODES_BY = f"""
CASE %(by)s WHEN 'home' THEN {COUNTRY_CODES[Lens.HOME]}
            WHEN 'origin' THEN {COUNTRY_CODES[Lens.ORIGIN]}
            ELSE {COUNTRY_CODES[Lens.PRODUCTION]} END
"""

# Whether a row of `movie` has this country, by the index over the countries.
IS_OF_ORIGIN = """
(origin_countries @> ARRAY[{country}]
 OR origin_countries = '{{}}' AND production_countries @> ARRAY[{country}])
"""
IS_OF = {
    Lens.HOME: sql.SQL(
        "(home_countries @> ARRAY[{country}] OR home_countries IS NULL AND " + IS_OF_ORIGIN + ")"
    ),
    Lens.ORIGIN: sql.SQL(IS_OF_ORIGIN),
    Lens.PRODUCTION: sql.SQL("production_countries @> ARRAY[{country}]"),
}
