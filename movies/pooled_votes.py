"""TMDB's and IMDb's votes for a film taken together, in SQL: a rating of 0 is no rating.

TMDB has some IMDb ids on two records of its own. The votes are those of one film, and only the
record with most of TMDB's votes, of these the one with the lowest number, has them.
"""

# To stand after `FROM movie`: adds `imdb.rating` and `imdb.votes`, null where IMDb has none for
# it. Reads a film's own rows only, so that it costs nothing where few are asked for.
IMDB = """
LEFT JOIN (
    SELECT movie.id AS movie_id, imdb_rating.rating, imdb_rating.votes
    FROM movie JOIN imdb_rating ON imdb_rating.imdb_id = movie.imdb_id
    WHERE NOT EXISTS (
        SELECT FROM movie other
        WHERE other.imdb_id = movie.imdb_id
          AND (other.tmdb_votes, -other.id) > (movie.tmdb_votes, -movie.id)
    )
) imdb ON imdb.movie_id = movie.id
"""
# The same, and `pooled.rating`, null where nobody has voted, and `pooled.votes`.
POOLED = f"""{IMDB}
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
