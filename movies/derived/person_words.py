"""Rebuilds `PersonWord`: every word of people's names, findable in spite of a typing error."""

from django.db import connection

from movies.derived.word_deletes import DELETES

FILL = f"""
INSERT INTO person_word (word, people, deletes)
SELECT word, people, {DELETES}
FROM (
    SELECT word, count(*) AS people FROM (SELECT unnest(words) AS word FROM person) named
    GROUP BY word
) counted
"""  # noqa: S608 - of constants only


def fill_person_words() -> None:
    """Into the table that is being built."""
    with connection.cursor() as cursor:
        cursor.execute(FILL)
