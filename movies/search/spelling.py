"""The vocabulary as a search needs it: a prefix's completions, a word's spelling variants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

# A prefix is looked up as the words that complete it, unless these are more.
MOST_COMPLETIONS = 500
# Behind the last character that a word can have.
LAST = "\U0010ffff"
# The longer of a word and its spelling variant: shorter ones are too close to one another.
SHORTEST_VARIANT = 4

# The number of titles, about, stands with the empty word.
VOCABULARY = """
SELECT '', greatest(reltuples, 1)::int FROM pg_class WHERE oid = 'title'::regclass
UNION ALL
SELECT word, films FROM word WHERE word = ANY (%(words)s)
UNION ALL
(SELECT word, films FROM word
 WHERE word > %(prefix)s AND word < %(end)s AND %(prefix)s <> '' LIMIT %(most)s)
"""
VARIANTS = "SELECT word, films FROM word WHERE deletes && %(deletes)s::text[]"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """As much of the vocabulary as a search needs."""

    # How many films have each word, and about how many titles there are.
    films: dict[str, int]
    title_count: int
    # The words that begin with the prefix, and whether these are all.
    completions: tuple[str, ...]
    has_all_completions: bool

    def title_share(self, words: Iterable[str]) -> float:
        """The share of the titles that have one of them; at the most, and about."""
        return sum(self.films.get(word, 0) for word in words) / self.title_count


def load_vocabulary(words: Sequence[str], prefix: str = "") -> Vocabulary:
    """Those of these words that a title has, and those that begin with the prefix."""
    values: dict[str, Any] = {
        "words": list(words),
        "prefix": prefix,
        "end": prefix + LAST,
        "most": MOST_COMPLETIONS + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(VOCABULARY, values)
        films = dict(cursor.fetchall())
    title_count = films.pop("")
    completions = tuple(word for word in films if prefix and word.startswith(prefix))
    return Vocabulary(films, title_count, completions, len(completions) <= MOST_COMPLETIONS)


def spelling_variants(words: Sequence[str]) -> dict[str, dict[str, int]]:
    """Of each word: those of the vocabulary one typing error away, with their number of films."""
    long_enough = [word for word in words if len(word) >= SHORTEST_VARIANT - 1]
    corrected = [word for word in long_enough if not word.isdecimal()]
    deletes = {deletion for word in corrected for deletion in deletions(word)}
    with connection.cursor() as cursor:
        cursor.execute(VARIANTS, {"deletes": list(deletes)})
        found = cursor.fetchall()
    return {
        word: {
            other: films
            for other, films in found
            if max(len(word), len(other)) >= SHORTEST_VARIANT and is_one_typing_error(word, other)
        }
        for word in corrected
    }


def deletions(word: str) -> set[str]:
    """The word, and what is left of it when one of its letters is deleted."""
    return {word} | {word[:index] + word[index + 1 :] for index in range(len(word))}


def is_one_typing_error(word: str, other: str) -> bool:
    """Whether the words differ by one letter that is wrong, missing or additional, or by two that
    are swapped: Damerau and Levenshtein's distance of 1."""
    if len(word) > len(other):
        word, other = other, word
    if word == other or len(other) - len(word) > 1:
        return False
    start = next((i for i, letter in enumerate(word) if letter != other[i]), len(word))
    if len(other) > len(word):
        return word[start:] == other[start + 1 :]
    swapped = word[start : start + 2][::-1]
    return word[start + 1 :] == other[start + 1 :] or (
        other[start : start + 2] == swapped and word[start + 2 :] == other[start + 2 :]
    )
