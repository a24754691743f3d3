"""Rebuilds what searches read: `Word`, every word of any title, findable in spite of one typing
error, and `JoinedName`, every title as a whole.

A word and a misspelling of it share an entry of `deletes`: the word itself and all that is left
of it when one of its letters is deleted.
"""

from collections.abc import Callable

from django.db import connection

from movies.derived import side_by_side, swap
from movies.derived.joined_names import fill_joined_names
from movies.models import JoinedName, Word

# Shorter words have but themselves in `deletes`: they are too close to one another for an error
# to be told from another word.
SHORTEST_WITH_DELETES = 3

# What is created as a table is counted by several processes, what is inserted by one.
COUNT_WORDS = """
CREATE TEMPORARY TABLE counted ON COMMIT DROP AS
SELECT word, count(*) AS titles FROM (SELECT unnest(words) AS word FROM title) named GROUP BY word
"""
FILL_WORDS = """
INSERT INTO word (word, titles, deletes)
SELECT word, titles,
       CASE WHEN char_length(word) < %(shortest)s THEN ARRAY[word]
       ELSE ARRAY(
           SELECT word UNION
           SELECT overlay(word PLACING '' FROM letter FOR 1)
           FROM generate_series(1, char_length(word)) AS letter
       ) END
FROM counted
"""


def rebuild_vocabulary(
    check: Callable[[], None] = swap.no_op, patience: float | None = None
) -> None:
    """Make both tables anew from all titles and swap them in; `check` and `patience` as in
    `ranking.rebuild_ranking`."""
    fills = {Word: fill_words, JoinedName: fill_joined_names}
    side_by_side.build(fills, check)
    with swap.swap_in(Word, JoinedName, check=check, patience=patience):
        pass


def fill_words() -> None:
    with connection.cursor() as cursor:
        cursor.execute(COUNT_WORDS)
        cursor.execute(FILL_WORDS, {"shortest": SHORTEST_WITH_DELETES})
