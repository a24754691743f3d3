"""Finds titles in PostgreSQL, the better known films first, in a time that does not depend on
how common the words are.

Rare words are found by the index over words. Common ones have tens of thousands of titles there;
the best known of these are met by scanning the titles by weight, from the best known of all, the
sooner the more there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any, NamedTuple

from django.db import connection
from psycopg import sql

from movies.folding import SPACELESS
from movies.search.filters import SearchFilter

# So many titles are read by the index over words, and sorted, in 5 ms. Where more match, thirty
# are met among the SCANNED best known of two million titles, which takes 4 ms.
FEW = 3_000
SCANNED = 20_000
# Where fewer match, but by no word that is rare enough for the index.
SCANNED_FAR = 50_000
# Where a filter for a year or a country leaves a few of many. Whatever is not met among these is
# then looked for by the index, however common the words.
FEW_FILTERED = 20_000
SCANNED_FILTERED = 100_000
# Words of one language are in a title together more often than by chance.
CORRELATION = 4
# A scan ends when it has met so many titles, and has met enough if these are so many films': a
# film may have several that match.
SCAN_ENDS_AT, SCAN_SUFFICES = 120, 30
# A title counts less the more its length differs from the name's, two letters as one, up to so
# much.
MOST_SHORTER = 16


class FoundTitle(NamedTuple):
    """A title that may match, with what tells how well."""

    id: int
    movie_id: int
    name: str
    key: str
    words: list[str]
    weight: int
    year: int | None
    is_own: bool
    language: str | None
    # As what it was found in `joined_name`, and with how many edits, if it was.
    joined: str | None
    edits: int | None
    # The words of the names of those who made it, where they were looked for.
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Alternatives: words of which a title has to have one."""

    words: tuple[str, ...]
    # The share of the titles that have one, about.
    share: float
    # Where not "", any word that begins with it will do as well.
    prefix: str = ""
    # Whether `words` has all that do.
    has_all_words: bool = True

    def with_alternatives(self, words: Iterable[str], share: float) -> "WordGroup":
        """With more words, and the share that these have."""
        return replace(self, words=(*self.words, *words), share=self.share + share)

    @property
    def key_patterns(self) -> list[str]:
        """LIKE's, for keys between two spaces."""
        words = [word for word in self.words if not self.prefix or word[0] != self.prefix[0]
                 or not word.startswith(self.prefix)]  # fmt: skip
        patterns = [f"%{word}%" if SPACELESS.match(word) else f"% {word} %" for word in words]
        return [f"% {self.prefix}%", *patterns] if self.prefix else patterns


# The best title of each film, the first where several are as good.
BEST_OF_EACH = """
SELECT id, title.movie_id, name, title.key, title.words, title.weight, year, is_own, language,
       NULL, NULL, {people}
FROM (
    SELECT id, movie_id, score FROM (
        SELECT DISTINCT ON (movie_id) * FROM found ORDER BY movie_id, score DESC, id
    ) best
    ORDER BY score DESC, movie_id LIMIT {limit}
) best
JOIN title USING (id)
"""
NO_PEOPLE = sql.SQL("'{}'::text[]")
# So few films are looked up one by one.
PEOPLE = sql.SQL(
    """ARRAY(
    SELECT unnest(person.words) FROM credit JOIN person ON person.id = person_id
    WHERE credit.movie_id = title.movie_id
)"""
)
BY_FILMS = sql.SQL(
    """
WITH filtered AS MATERIALIZED (
    SELECT id, movie_id, key, words, weight FROM title WHERE {filtered}
), found AS (
    SELECT id, movie_id, key, weight + {bonus} AS score FROM filtered title
    WHERE {by_index} AND {by_key}
)"""  # noqa: S608 - of constants only
    + BEST_OF_EACH
)
BY_WORDS = sql.SQL(
    """
WITH indexed AS MATERIALIZED (
    SELECT id, movie_id, key, weight FROM title WHERE {by_index} AND {of_year}
), found AS (
    SELECT id, movie_id, key, weight + {bonus} AS score FROM indexed title
    WHERE {by_key} AND {filtered}
)"""  # noqa: S608 - of constants only
    + BEST_OF_EACH
)
# Titles that have all words but one, or all of them: of those by how much they have.
BY_MOST_WORDS = sql.SQL(
    """
WITH indexed AS MATERIALIZED (
    SELECT id, movie_id, key, words, weight FROM title WHERE ({by_index}) AND {of_year}
), found AS (
    SELECT id, movie_id, key, weight + {value} AS score FROM indexed title WHERE {filtered}
)"""  # noqa: S608 - of constants only
    + BEST_OF_EACH
)
# All that it reads is in the index title_weight.
BY_WEIGHT = sql.SQL(
    """
WITH found AS (
    SELECT id, movie_id, key, weight + {bonus} AS score
    FROM (SELECT id, movie_id, key, weight FROM title ORDER BY weight DESC LIMIT {scanned}) title
    WHERE {by_key} AND {filtered}
    LIMIT {most}
)"""  # noqa: S608 - of constants only
    + BEST_OF_EACH
)


def find_by_words(
    groups: Sequence[WordGroup],
    bonus: sql.Composable,
    filters: SearchFilter,
    limit: int,
    title_count: int,
) -> list[FoundTitle]:
    """The best title of each film that has one with a word of each group; of all `title_count`."""
    search = {
        "bonus": bonus,
        "filtered": filters.title_condition(),
        "of_year": filters.year_condition(),
        "limit": limit,
        "people": NO_PEOPLE,
    }
    few = FEW_FILTERED if filters.is_active else FEW
    if filters.film_ids is not None:
        few = min(FEW, len(filters.film_ids))
    if selective := selective_groups(groups, title_count, few):
        return find_by_word_index(selective, groups, search)
    if filters.film_ids is not None:
        return find_by_films(groups, search)
    if filters.is_active:
        return find_filtered(groups, search, is_of_year=filters.year is not None)
    if estimate_titles(groups, title_count) > FEW:
        matches = scan_by_weight(SCANNED, groups, search)
        if len(matches) >= SCAN_SUFFICES:
            return matches
        if all(group.has_all_words for group in groups):  # they are not so many after all
            return find_by_word_index(groups, groups, search)
    return scan_by_weight(SCANNED_FAR, groups, search)


def find_filtered(
    groups: Sequence[WordGroup], search: dict[str, Any], *, is_of_year: bool
) -> list[FoundTitle]:
    """Of common words and a common year or country: all that there are, the best known first."""
    indexable = [group for group in groups if group.has_all_words]
    if is_of_year and indexable:  # the year has an index, too: together they leave few
        return find_by_word_index(indexable, groups, search)
    matches = scan_by_weight(SCANNED_FILTERED, groups, search)
    if len(matches) >= SCAN_SUFFICES or not indexable:
        return matches
    return find_by_word_index(indexable, groups, search)


def find_by_most_words(
    groups: Sequence[WordGroup],
    values: Sequence[int],
    length: int,
    filters: SearchFilter,
    limit: int,
    title_count: int,
) -> list[FoundTitle]:
    """The best title of each film that has words of all groups but one, each group being worth
    something, with those who made the film; and short names before long ones."""
    indexable = [group for group in groups if group.has_all_words and group.words]
    choices = {
        tuple(some)
        for some in (indexable, *without_one(indexable))
        if some and len(some) >= len(groups) - 1 and estimate_titles(some, title_count) <= FEW
    }
    shorter = length_malus(length)
    if not choices:
        return find_by_words(groups, sql.SQL("0 ") + shorter, filters, limit, title_count)
    by_index = [sql.SQL("({})").format(words_condition(some)) for some in choices]
    worth = [
        sql.SQL("CASE WHEN words && {}::text[] THEN {} ELSE 0 END").format(
            list(group.words), value
        )
        for group, value in zip(groups, values, strict=True)
    ]
    return fetch(
        BY_MOST_WORDS,
        by_index=sql.SQL(" OR ").join(by_index),
        value=sql.SQL(" + ").join(worth) + shorter,
        filtered=filters.title_condition(),
        of_year=filters.year_condition(),
        limit=limit,
        people=PEOPLE,
    )


def length_malus(length: int) -> sql.Composable:
    """For titles that are longer or shorter than the name."""
    return sql.SQL("- least({}, abs(char_length(key) - {}) / 2)").format(MOST_SHORTER, length)


def without_one(groups: Sequence[WordGroup]) -> list[list[WordGroup]]:
    return [[*groups[:place], *groups[place + 1 :]] for place in range(len(groups))]


def find_by_films(groups: Sequence[WordGroup], search: dict[str, Any]) -> list[FoundTitle]:
    """Reads every title of the few films that pass the filter, with all words of its index."""
    indexed = [group for group in groups if group.has_all_words]
    others = [group for group in groups if not group.has_all_words]
    return fetch(
        BY_FILMS, by_index=words_condition(indexed), by_key=key_condition(others), **search
    )


def find_by_word_index(
    indexed: Sequence[WordGroup], groups: Sequence[WordGroup], search: dict[str, Any]
) -> list[FoundTitle]:
    """Reads the titles that have a word of each indexed group, for those of the other groups."""
    others = [group for group in groups if group not in indexed]
    return fetch(
        BY_WORDS, by_index=words_condition(indexed), by_key=key_condition(others), **search
    )


def scan_by_weight(
    scanned: int, groups: Sequence[WordGroup], search: dict[str, Any]
) -> list[FoundTitle]:
    """Reads the `scanned` best known titles, for those that have a word of each group."""
    by_key = key_condition(groups)
    return fetch(BY_WEIGHT, scanned=scanned, most=SCAN_ENDS_AT, by_key=by_key, **search)


def selective_groups(groups: Sequence[WordGroup], title_count: int, few: int) -> list[WordGroup]:
    """The groups by which so few titles are found; none, if even all of them find more."""
    indexable = [group for group in groups if group.has_all_words]
    # A prefix is many words: these are left to be read, where the others suffice.
    whole_words = [group for group in indexable if not group.prefix]
    for some in (whole_words, indexable):
        if some and estimate_titles(some, title_count) <= few:
            return some
    return []


def estimate_titles(groups: Sequence[WordGroup], title_count: int) -> float:
    """About how many titles have a word of each."""
    return title_count / CORRELATION * prod(min(CORRELATION * group.share, 1) for group in groups)


def words_condition(groups: Sequence[WordGroup]) -> sql.Composable:
    """A word of each group, for the index over words."""
    single = [group.words[0] for group in groups if len(group.words) == 1]
    several = [list(group.words) for group in groups if len(group.words) > 1]
    conditions = [sql.SQL("words @> {}::text[]").format(single)] if single else []
    return conjunction(
        conditions + [sql.SQL("words && {}::text[]").format(words) for words in several]
    )


def key_condition(groups: Iterable[WordGroup]) -> sql.Composable:
    """The same for keys, which are compared one by one."""
    return conjunction(
        sql.SQL("' ' || key || ' ' LIKE ANY ({})").format(group.key_patterns) for group in groups
    )


def conjunction(conditions: Iterable[sql.Composable]) -> sql.Composable:
    return sql.SQL(" AND ").join([sql.SQL("true"), *conditions])


def fetch(query: sql.Composable, **parts: Any) -> list[FoundTitle]:
    statement = query.format(**parts) if isinstance(query, sql.SQL) else query
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [FoundTitle._make((*row[:-1], frozenset(row[-1]))) for row in cursor.fetchall()]
