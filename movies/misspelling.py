"""Whether a word may be a misspelling of another."""

from collections.abc import Iterable, Sequence

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
    if abs(len(word) - len(other)) > 2 or word == other:
        return False
    if is_one_typing_error(word, other):
        return True
    return min(len(word), len(other)) + 1 >= TWO_ERRORS_FROM and typing_errors(word, other) <= 2


def typing_errors(word: str, other: str) -> int:
    """How many letters are wrong, missing or additional, or swapped with the next: Damerau and
    Levenshtein's distance, no letter being changed twice."""
    word, other = without_common_ends(word, other)
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


def without_common_ends(word: str, other: str) -> tuple[str, str]:
    """What is left of the two between the letters that both begin with and both end with."""
    shorter = min(len(word), len(other))
    start = end = 0
    while start < shorter and word[start] == other[start]:
        start += 1
    while end < shorter - start and word[-1 - end] == other[-1 - end]:
        end += 1
    return word[start : len(word) - end], other[start : len(other) - end]


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
