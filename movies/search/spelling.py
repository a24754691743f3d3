"""The vocabulary as a search needs it: a prefix's completions, a word's spelling variants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from movies.misspelling import (
    MOST_WITH_TWO_ERRORS,
    is_misspelling,
    lookup_values,
    may_be_misspelt,
)
from movies.prepared import prepared_cursor

# A prefix is looked up as the words that complete it, unless these are more.
MOST_COMPLETIONS = 500
# Behind the last character that a word can have.
LAST = "\U0010ffff"

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
    corrected = may_be_misspelt(words)
    values: dict[str, Any] = {
        "words": list(forms),
        "prefix": prefix,
        "end": prefix + LAST,
        "most": MOST_COMPLETIONS + 1,
        "most_near": MOST_WITH_TWO_ERRORS,
        **lookup_values(corrected),
    }
    with prepared_cursor() as cursor:
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
