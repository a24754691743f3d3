"""A word and what is left of it when one of its letters is deleted, in SQL: the word and a
misspelling of it share one of these."""

from movies.misspelling import SHORTEST_MISSPELT

# Of a column that is called `word`; shorter words have but themselves.
DELETES = f"""CASE WHEN char_length(word) < {SHORTEST_MISSPELT} THEN ARRAY[word]
       ELSE ARRAY(
           SELECT word UNION
           SELECT overlay(word PLACING '' FROM letter FOR 1)
           FROM generate_series(1, char_length(word)) AS letter
       ) END"""  # noqa: S608 - of constants only
