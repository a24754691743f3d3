"""Finds titles in PostgreSQL, the better known films first, in a time that does not depend on
how common the words are.

Rare words are found by the index over words. Common ones have tens of thousands of titles there;
the best known of these are met by scanning the titles by weight, from the best known of all, the
sooner the more there are.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from psycopg import sql

from movies.search.filters import SearchFilter
from movies.search.word_groups import (
    WordGroup,
    estimate_titles,
    key_condition,
    selective_groups,
    without_one,
    words_condition,
)

# So many titles are read by the index over words, and sorted, in 5 ms. Where more match, thirty
# are mostly met among the SCANNED best known of all, which takes 5 ms; but where a search is
# narrowed, the more seldom, the rarer the year or country: it reads more.
FEW, FEW_NARROWED = 3_000, 10_000
SCANNED = 30_000
# A scan ends when it has met so many titles, and has met enough if these are so many films': a
# well-known film has dozens that may match.
SCAN_ENDS_AT, SCAN_SUFFICES = 400, 30
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


COLUMNS = sql.SQL("id, movie_id, name, key, words, weight, year, is_own, language")
# The best title of each film, the first where several are as good. OFFSET 0 has films looked up in
# their order, until there are enough that pass.
BEST_OF_EACH = """
SELECT {columns}, NULL, NULL, {people}
FROM (
    SELECT * FROM (
        SELECT DISTINCT ON (movie_id) * FROM found ORDER BY movie_id, score DESC, id
    ) best
    ORDER BY score DESC, movie_id OFFSET 0
) title
WHERE {passes} LIMIT {limit}
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
WITH narrowed AS MATERIALIZED (
    SELECT {columns} FROM title WHERE {narrowed}
), found AS (
    SELECT *, weight + {bonus} AS score FROM narrowed title
    WHERE {by_index} AND {by_key}
)"""  # noqa: S608 - of constants only
    + BEST_OF_EACH
)
BY_WORDS = sql.SQL(
    """
WITH indexed AS MATERIALIZED (
    SELECT {columns} FROM title WHERE {by_index} AND {narrowed}
), found AS (
    SELECT *, weight + {bonus} AS score FROM indexed title WHERE {by_key}
)"""  # noqa: S608 - of constants only
    + BEST_OF_EACH
)
# Titles that have all words but one, or all of them: of those by how much they have.
BY_MOST_WORDS = sql.SQL(
    """
WITH indexed AS MATERIALIZED (
    SELECT {columns} FROM title WHERE ({by_index}) AND {narrowed}
), found AS (
    SELECT *, weight + {value} AS score FROM indexed title
)"""  # noqa: S608 - of constants only
    + BEST_OF_EACH
)
# All that it scans is in the index title_weight.
BY_WEIGHT = sql.SQL(
    """
WITH scanned AS (
    SELECT id, weight + {bonus} AS score
    FROM (SELECT id, movie_id, key, weight FROM title ORDER BY weight DESC LIMIT {scanned}) title
    WHERE {by_key} AND {passes}
    LIMIT {most}
), found AS (
    SELECT {columns}, score FROM scanned JOIN title USING (id)
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
    """The best title of each film that has one with a word of each group; of all `title_count`.

    Of common words the best known ones; where these are few, also those that have the last word as
    a whole one.
    """
    search = parameters(bonus, filters, limit)
    left, few = title_count * filters.share, few_titles(filters)
    if selective := selective_groups(groups, left, few):
        return find_by_word_index(selective, groups, search)
    if filters.film_ids is not None or (filters.is_active and left <= few):
        return find_by_films(groups, search)
    matches = scan_by_weight(groups, search, filters)
    whole = [group.as_whole_word for group in groups]
    if len(matches) >= SCAN_SUFFICES or estimate_titles(whole, left) > few:
        return matches
    return matches + find_by_word_index(whole, whole, search)


def few_titles(filters: SearchFilter) -> int:
    """How many are read rather than others scanned for them."""
    if filters.film_ids is not None:
        return min(FEW, len(filters.film_ids))
    return FEW_NARROWED if filters.is_active else FEW


def parameters(bonus: sql.Composable, filters: SearchFilter, limit: int) -> dict[str, Any]:
    """What statements have in common."""
    return {
        "bonus": bonus,
        "narrowed": filters.index_condition(),
        "passes": filters.rest_condition(),
        "limit": limit,
        "people": NO_PEOPLE,
    }


def find_by_most_words(
    groups: Sequence[WordGroup],
    typed: Sequence[WordGroup],
    values: Sequence[int],
    length: int,
    filters: SearchFilter,
    limit: int,
    title_count: int,
) -> list[FoundTitle]:
    """The best title of each film that has words of all groups but one, each group being worth
    something, with those who made the film; and short names before long ones.

    Where the words are too common for that, the best known films that have all of them, unless
    these have been met by the words as they were `typed`.
    """
    left = title_count * filters.share
    indexable = [group for group in groups if group.has_all_words and group.words]
    choices = {
        tuple(some)
        for some in (indexable, *without_one(indexable))
        if some and len(some) >= len(groups) - 1 and estimate_titles(some, left) <= FEW
    }
    shorter = length_malus(length)
    if not choices and not selective_groups(typed, left, few_titles(filters)):
        return []
    if not choices:
        search = parameters(sql.SQL("0 ") + shorter, filters, limit)
        return scan_by_weight(groups, search, filters)
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
        passes=filters.rest_condition(),
        narrowed=filters.index_condition(),
        limit=limit,
        people=PEOPLE,
    )


def length_malus(length: int) -> sql.Composable:
    """For titles that are longer or shorter than the name."""
    return sql.SQL("- least({}, abs(char_length(key) - {}) / 2)").format(MOST_SHORTER, length)


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
    groups: Sequence[WordGroup], search: dict[str, Any], filters: SearchFilter
) -> list[FoundTitle]:
    """Reads the best known titles, for those that have a word of each group."""
    of_scan = {"by_key": key_condition(groups), "passes": filters.film_condition()}
    return fetch(BY_WEIGHT, scanned=SCANNED, most=SCAN_ENDS_AT, **search | of_scan)


def fetch(query: sql.Composable, **parts: Any) -> list[FoundTitle]:
    statement = query.format(columns=COLUMNS, **parts) if isinstance(query, sql.SQL) else query
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [FoundTitle._make((*row[:-1], frozenset(row[-1]))) for row in cursor.fetchall()]
