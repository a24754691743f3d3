"""Rebuilds what searches read: `Word`, every word of any title, findable in spite of one typing
error, `JoinedName`, every title as a whole, and `PersonWord`, every word of people's names.

A word and a misspelling of it share an entry of `deletes`: the word itself and all that is left
of it when one of its letters is deleted.
"""

from collections.abc import Callable

from django.db import connection

from movies.derived import side_by_side, swap
from movies.derived.joined_names import fill_joined_names
from movies.derived.person_words import fill_person_words
from movies.derived.word_deletes import DELETES
from movies.models import JoinedName, PersonWord, Word

# What is created as a table is counted by several processes, what is inserted by one.
COUNT_WORDS = """
CREATE TEMPORARY TABLE counted ON COMMIT DROP AS
SELECT word, count(*) AS titles FROM (SELECT unnest(words) AS word FROM title) named GROUP BY word
"""
FILL_WORDS = f"""
INSERT INTO word (word, titles, deletes) SELECT word, titles, {DELETES} FROM counted
"""  # noqa: S608 - of constants only


def rebuild_vocabulary(
    check: Callable[[], None] = swap.no_op, patience: float | None = None
) -> None:
    """Make the tables anew from all titles and people and swap them in; `check` and `patience` as
    in `ranking.rebuild_ranking`."""
    fills = {Word: fill_words, JoinedName: fill_joined_names, PersonWord: fill_person_words}
    side_by_side.build(fills, check)
    with swap.swap_in(*fills, check=check, patience=patience):
        pass


def fill_words() -> None:
    with connection.cursor() as cursor:
        cursor.execute(COUNT_WORDS)
        cursor.execute(FILL_WORDS)
