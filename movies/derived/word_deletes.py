"""A word and what is left of it when one of its letters is deleted, in SQL: the word and a
misspelling of it share one of these."""

# Shorter words have but themselves: they are too close to one another for an error to be told
# from another word.
SHORTEST_WITH_DELETES = 3

# Of a column that is called `word`.
DELETES = f"""CASE WHEN char_length(word) < {SHORTEST_WITH_DELETES} THEN ARRAY[word]
       ELSE ARRAY(
           SELECT word UNION
           SELECT overlay(word PLACING '' FROM letter FOR 1)
           FROM generate_series(1, char_length(word)) AS letter
       ) END"""  # noqa: S608 - of constants only
