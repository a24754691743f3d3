"""The vocabulary as a search needs it: a prefix's completions, a word's spelling variants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

# A prefix is looked up as the words that complete it, unless these are more.
MOST_COMPLETIONS = 500
# Behind the last character that a word can have.
LAST = "\U0010ffff"
# Shorter ones are too close to one another for an error to be told from another word.
SHORTEST_MISSPELT = 3
# From here on two errors are tolerated.
TWO_ERRORS_FROM = 7
# Of words with two errors at the most so many are taken, the nearest.
MOST_WITH_TWO_ERRORS = 30

# The number of titles, about, stands with the empty word. The last column is whether the word may
# have been meant by a misspelt one; two errors are looked for only in words that no title has and
# that have trigrams, as no letter but ASCII's has where the database's LC_CTYPE is C. PostgreSQL
# counts a swap as two.
VOCABULARY = """
SELECT '', greatest(reltuples, 1)::int, false FROM pg_class WHERE oid = 'title'::regclass
UNION ALL
SELECT word, titles, false FROM word WHERE word = ANY (%(words)s)
UNION ALL
(SELECT word, titles, false FROM word
 WHERE word > %(prefix)s AND word < %(end)s AND %(prefix)s <> '' LIMIT %(most)s)
UNION ALL
SELECT word, titles, true FROM word WHERE deletes && %(deletes)s::text[]
UNION ALL
SELECT near.*, true FROM unnest(%(long)s::text[]) AS typed
CROSS JOIN LATERAL (
    SELECT word, titles FROM word, levenshtein_less_equal(word, typed, 4) AS edits
    WHERE word %% typed AND edits <= 4
    ORDER BY edits, titles DESC LIMIT %(most_near)s
) near
WHERE cardinality(show_trgm(typed)) > 0 AND NOT EXISTS (SELECT FROM word WHERE word = typed)
"""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """As much of the vocabulary as a search needs."""

    # How many titles have each word, and about how many there are.
    titles: dict[str, int]
    title_count: int
    # The words that begin with the prefix, and whether these are all.
    completions: tuple[str, ...]
    has_all_completions: bool
    # Of each word those that it may be a misspelling of.
    variants: dict[str, frozenset[str]]

    def title_share(self, words: Iterable[str]) -> float:
        """The share of the titles that have one of them; at the most, and about."""
        return sum(self.titles.get(word, 0) for word in words) / self.title_count


def load_vocabulary(words: Sequence[str], forms: Sequence[str], prefix: str = "") -> Vocabulary:
    """Those of these forms that a title has, those that begin with the prefix, and those that the
    words may be misspellings of."""
    corrected = [word for word in words if len(word) >= SHORTEST_MISSPELT and not word.isdecimal()]
    values: dict[str, Any] = {
        "words": list(forms),
        "prefix": prefix,
        "end": prefix + LAST,
        "most": MOST_COMPLETIONS + 1,
        "deletes": list({deletion for word in corrected for deletion in deletions(word)}),
        "long": [word for word in corrected if len(word) >= TWO_ERRORS_FROM],
        "most_near": MOST_WITH_TWO_ERRORS,
    }
    with connection.cursor() as cursor:
        cursor.execute(VOCABULARY, values)
        found = cursor.fetchall()
    titles = {word: count for word, count, _ in found}
    near = {word for word, _, is_near in found if is_near}
    title_count = titles.pop("")
    completions = tuple(word for word in titles if prefix and word.startswith(prefix))
    variants = {
        word: frozenset(other for other in near if is_misspelling(word, other))
        for word in corrected
    }
    return Vocabulary(
        titles, title_count, completions, len(completions) <= MOST_COMPLETIONS, variants
    )


def is_misspelling(word: str, other: str) -> bool:
    """Whether the words differ by one typing error, or long ones by two."""
    if abs(len(word) - len(other)) > 2 or word == other:
        return False
    if is_one_typing_error(word, other):
        return True
    return min(len(word), len(other)) + 1 >= TWO_ERRORS_FROM and typing_errors(word, other) <= 2


def typing_errors(word: str, other: str) -> int:
    """How many letters are wrong, missing or additional, or swapped with the next: Damerau and
    Levenshtein's distance, no letter being changed twice."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(word, start=1):
        above, row = rows[-1], [i]
        for j, its in enumerate(other, start=1):
            least = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == its:
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


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
