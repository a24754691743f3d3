"""Whether a word may be a misspelling of another."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

# Of words with two errors at the most so many are taken, the nearest or the commonest.
MOST_WITH_TWO_ERRORS = 30
# Shorter ones are too close to one another for an error to be told from another word.
SHORTEST_MISSPELT = 3
# From here on two errors are tolerated.
TWO_ERRORS_FROM = 7


def may_be_misspelt(words: Iterable[str]) -> list[str]:
    """Those that are long enough for an error to be told, and no numbers."""
    return [word for word in words if len(word) >= SHORTEST_MISSPELT and not word.isdecimal()]


def lookup_values(misspelt: Sequence[str]) -> dict[str, list[str]]:
    """By which a vocabulary has what these words may stand for: what is left of each without one
    of its letters; and those that are long enough for two errors."""
    return {
        "deletes": list({deletion for word in misspelt for deletion in deletions(word)}),
        "long": [word for word in misspelt if len(word) >= TWO_ERRORS_FROM],
    }


def is_misspelling(word: str, other: str) -> bool:
    """Whether the words differ by one typing error, or long ones by two."""
    most = 2 if min(len(word), len(other)) + 1 >= TWO_ERRORS_FROM else 1
    return 1 <= typing_errors(word, other, most) <= most


def typing_errors(word: str, other: str, most: int | None = None) -> int:
    """How many letters are wrong, missing or additional, or swapped with the next: Damerau and
    Levenshtein's distance, no letter being changed twice. More than `most` are counted as one
    more than that."""
    return OSA.distance(word, other, score_cutoff=most)


def deletions(word: str) -> set[str]:
    """The word, and what is left of it when one of its letters is deleted."""
    return {word} | {word[:index] + word[index + 1 :] for index in range(len(word))}


def is_one_typing_error(word: str, other: str) -> bool:
    """Whether the words differ by one letter that is wrong, missing or additional, or by two that
    are swapped."""
    return typing_errors(word, other, 1) == 1
