"""TMDB's and IMDb's votes for a film taken together, in SQL: a rating of 0 is no rating."""

# To stand after `FROM movie`: adds `pooled.rating`, null where nobody has voted, and
# `pooled.votes`. Reads a film's own rows only, so that it costs nothing where few are asked for.
POOLED = """
LEFT JOIN imdb_rating ON imdb_rating.imdb_id = movie.imdb_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN movie.tmdb_rating IS NULL THEN 0 ELSE movie.tmdb_votes END AS votes
) tmdb
CROSS JOIN LATERAL (
    SELECT tmdb.votes + coalesce(imdb_rating.votes, 0) AS votes,
           (tmdb.votes * coalesce(movie.tmdb_rating, 0)
            + coalesce(imdb_rating.votes * imdb_rating.rating, 0))
               / nullif(tmdb.votes + coalesce(imdb_rating.votes, 0), 0) AS rating
) pooled
"""
