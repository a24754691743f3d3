"""TMDB's and IMDb's votes for a film taken together, mostly in SQL: a rating of 0 is no rating.

TMDB has some IMDb ids on two records of its own. The votes are those of one film, and only the
record with most of TMDB's votes, of these the one with the lowest number, has them.

All of this stands after `FROM movie`. IMDB adds `imdb.rating` and `imdb.votes`, null where IMDb
has none for the record; POOLED adds `pooled.rating`, null where nobody has voted, and
`pooled.votes` as well.
"""

# Reads a film's own rows only, so that it costs nothing where few are asked for.
IMDB = """
LEFT JOIN imdb_rating imdb ON imdb.imdb_id = movie.imdb_id AND NOT EXISTS (
    SELECT FROM movie other
    WHERE other.imdb_id = movie.imdb_id
      AND (other.tmdb_votes, -other.id) > (movie.tmdb_votes, -movie.id)
)
"""
# The same where all films are asked for: looks for the few ids that several have, once.
IMDB_OF_ALL = """
LEFT JOIN imdb_rating imdb ON imdb.imdb_id = movie.imdb_id AND movie.id NOT IN (
    SELECT id FROM (
        SELECT id, row_number() OVER (PARTITION BY imdb_id ORDER BY tmdb_votes DESC, id) AS place
        FROM movie WHERE imdb_id = ANY (ARRAY(
            SELECT imdb_id FROM movie WHERE imdb_id IS NOT NULL
            GROUP BY imdb_id HAVING count(*) > 1
        ))
    ) record WHERE place > 1
)
"""
ADDED_UP = """
CROSS JOIN LATERAL (
    SELECT CASE WHEN movie.tmdb_rating IS NULL THEN 0 ELSE movie.tmdb_votes END AS votes
) tmdb
CROSS JOIN LATERAL (
    SELECT tmdb.votes + coalesce(imdb.votes, 0) AS votes,
           (tmdb.votes * coalesce(movie.tmdb_rating, 0)
            + coalesce(imdb.votes * imdb.rating, 0))
               / nullif(tmdb.votes + coalesce(imdb.votes, 0), 0) AS rating
) pooled
"""
POOLED = IMDB + ADDED_UP
POOLED_OF_ALL = IMDB_OF_ALL + ADDED_UP

# A rating and how many votes it is of.
Votes = tuple[float, int]


def add_up(*given: Votes | None) -> tuple[float | None, int]:
    """As ADDED_UP does, which takes PostgreSQL longer to plan than it takes to read one film."""
    voted = [votes for votes in given if votes]
    number = sum(votes for _, votes in voted)
    rating = sum(rating * votes for rating, votes in voted) / number if number else None
    return rating, number
