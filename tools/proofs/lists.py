"""Compares the tables that answers read with what the imported films have to come to."""

from collections.abc import Iterator

from tools.proofs.comparison import Connection, Difference, alike, by_key, compare
from tools.proofs.payloads import Film, RecordRatings
from tools.proofs.ranking import Ranking, continent_totals, directors, facets, ranking

# The last digits depend on the order in which PostgreSQL adds.
PRECISION = 1e-12

PARTS_OF_THE_WORLD = """
SELECT code, CASE WHEN is_current THEN continent ELSE 'Former states' END FROM country
"""

WORDS_OF_TITLES = """
SELECT word, count(*) AS titles
FROM title, unnest(words) AS word GROUP BY word
"""


def ranks(
    connection: Connection, films: dict[int, Film], imdb: RecordRatings
) -> Iterator[Difference]:
    """Every film's countries with their roles, and the countries' totals."""
    catalogue = connection.execute("SELECT m, min_listed, c FROM catalogue").fetchone()
    if catalogue is None or None in catalogue:
        yield Difference("catalogue", "m, min_listed, c", catalogue, "those of a ranking")
        return
    m, floor, c = catalogue
    wanted: Ranking = ranking(films, imdb, m, floor)
    if not alike(c, wanted.c, PRECISION):
        yield Difference("catalogue", "c", c, wanted.c)
    standings = by_key(connection, "standing", "movie_id", "country_id")
    yield from compare("standing of movie {} in {}", standings, wanted.standings, PRECISION)
    totals = by_key(connection, "country_total", "by", "country_id")
    yield from compare("country_total by {} of {}", totals, wanted.totals)
    narrowed = by_key(
        connection, "country_facet",
        "country_id", "decade", "genre_id", "is_home", "is_origin", "is_production",
    )  # fmt: skip
    yield from compare("country_facet {} {} {} {} {} {}", narrowed, facets(wanted))
    made = by_key(connection, "country_director", "country_id", "position")
    yield from compare("country_director of {} at {}", made, directors(wanted, films))
    parts = dict(connection.execute(PARTS_OF_THE_WORLD).fetchall())
    continents = by_key(connection, "continent_total", "by", "continent")
    wanted_continents = continent_totals(wanted, parts)
    yield from compare("continent_total by {} of {}", continents, wanted_continents)


def words(connection: Connection) -> Iterator[Difference]:
    """The vocabulary has every word of the titles, and in how many it is."""
    wanted = {(word,): {"titles": titles} for word, titles in connection.execute(WORDS_OF_TITLES)}
    rows = {
        (word,): {"titles": titles}
        for word, titles in connection.execute("SELECT word, titles FROM word")
    }
    yield from compare("word {!r}", rows, wanted)
