"""The words of people's names that a misspelt one may stand for."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from movies.misspelling import (
    MOST_WITH_TWO_ERRORS,
    is_misspelling,
    is_one_typing_error,
    lookup_values,
    may_be_misspelt,
)

# How alike words are that pg_trgm finds is for its setting to say; PostgreSQL counts a swap twice.
VARIANTS = """
SELECT word FROM person_word WHERE deletes && %(deletes)s::text[]
UNION
SELECT near.word FROM unnest(%(long)s::text[]) AS typed
CROSS JOIN LATERAL (
    SELECT word FROM person_word
    WHERE word %% typed AND levenshtein_less_equal(word, typed, 4) <= 4
    ORDER BY people DESC LIMIT %(most)s
) near
"""


def spelling_variants(words: Sequence[str]) -> dict[str, list[str]]:
    """Of each of these words those that it may be a misspelling of: one error away, or where
    none is, two. One query at the most."""
    typed = may_be_misspelt(words)
    if not typed:
        return {}
    values: dict[str, Any] = {"most": MOST_WITH_TWO_ERRORS, **lookup_values(typed)}
    with connection.cursor() as cursor:
        cursor.execute(VARIANTS, values)
        found = [word for (word,) in cursor.fetchall()]
    return {word: nearest(word, found) for word in typed}


def nearest(word: str, found: Sequence[str]) -> list[str]:
    """With one error, if there are any such."""
    near = [other for other in found if is_misspelling(word, other)]
    return [other for other in near if is_one_typing_error(word, other)] or near
