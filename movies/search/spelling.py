"""Words that somebody may mean by what was typed: unfinished, or with one typing error."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

# An unfinished word is looked up as the words that it may become, unless these are more.
MOST_ENDINGS = 500
# Behind the last character that a word can have.
LAST = "\U0010ffff"
# Words of fewer letters are too close to one another; one letter fewer may have been typed.
SHORTEST_MISSPELT = 4

# The number of titles, about, stands with the empty word.
KNOWN = """
SELECT '', greatest(reltuples, 1)::int FROM pg_class WHERE oid = 'title'::regclass
UNION ALL
SELECT word, films FROM word WHERE word = ANY (%(words)s)
UNION ALL
(SELECT word, films FROM word
 WHERE word > %(unfinished)s AND word < %(end)s AND %(unfinished)s <> '' LIMIT %(most)s)
"""
NEIGHBOURS = "SELECT word, films FROM word WHERE deletes && %(deletes)s::text[]"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """As much of the vocabulary as a search needs: words, and how many films have each."""

    films: dict[str, int]
    titles: int
    # What the unfinished word may become, and whether that is all.
    endings: tuple[str, ...]
    has_all_endings: bool

    def share(self, words: Iterable[str]) -> float:
        """The share of the titles that have one of them; at the most, and about."""
        return sum(self.films.get(word, 0) for word in words) / self.titles


def look_up(words: Sequence[str], unfinished: str) -> Vocabulary:
    """These words, and those that begin with the unfinished one."""
    values: dict[str, Any] = {
        "words": list(words),
        "unfinished": unfinished,
        "end": unfinished + LAST,
        "most": MOST_ENDINGS + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, values)
        films = dict(cursor.fetchall())
    titles = films.pop("")
    endings = tuple(word for word in films if unfinished and word.startswith(unfinished))
    return Vocabulary(films, titles, endings, len(endings) <= MOST_ENDINGS)


def neighbours(words: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each word those of the vocabulary that are one typing error away, with their films."""
    longer = [word for word in words if len(word) >= SHORTEST_MISSPELT - 1]
    misspelt = [word for word in longer if not word.isdecimal()]
    deletes = {deleted for word in misspelt for deleted in deletions(word)}
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOURS, {"deletes": list(deletes)})
        found = cursor.fetchall()
    return {
        word: {
            other: films
            for other, films in found
            if max(len(word), len(other)) >= SHORTEST_MISSPELT and is_one_error(word, other)
        }
        for word in misspelt
    }


def deletions(word: str) -> set[str]:
    """The word, and what is left of it when one of its letters is deleted."""
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def is_one_error(word: str, other: str) -> bool:
    """Whether a wrong, missing or additional letter, or two in each other's place, is all."""
    if len(word) > len(other):
        word, other = other, word
    if word == other or len(other) - len(word) > 1:
        return False
    start = next((place for place, letter in enumerate(word) if letter != other[place]), len(word))
    if len(other) > len(word):
        return word[start:] == other[start + 1 :]
    swapped = word[start : start + 2][::-1]
    return word[start + 1 :] == other[start + 1 :] or (
        other[start : start + 2] == swapped and word[start + 2 :] == other[start + 2 :]
    )
