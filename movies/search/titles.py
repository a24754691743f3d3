"""Finds titles in PostgreSQL, the better known films first, in a time that does not depend on
how common the words are.

Rare words are found by the index over words. Common ones have tens of thousands of titles there;
the best known of these are met by walking down from the best known title of all, the sooner the
more there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any, NamedTuple

from django.db import connection
from psycopg import sql

from movies.folding import SPACELESS
from movies.search.narrowing import Narrowing

# So many titles are read by the index over words, and sorted, in 5 ms. Where more match, thirty
# are met among the WALKED best known of two million titles, which takes 4 ms.
FEW = 3_000
WALKED = 20_000
# Where fewer match, but by no word that is rare enough for the index.
WALKED_FAR = 50_000
# Where a year or a country leaves a few of many: a tenth of a second or two.
FEW_NARROWED = 20_000
WALKED_NARROWED = 200_000
# Words of one language are in a title together more often than by chance.
TOGETHER = 4
# A walk ends when it has met so many titles, and has met enough if these are so many films': a
# film may have several that match.
MET, ENOUGH = 120, 30


class Found(NamedTuple):
    """A title that matches, and how well: its weight, and a bonus if it has one."""

    movie_id: int
    name: str
    key: str
    score: int


@dataclass(frozen=True, slots=True)
class Group:
    """Words of which a title has to have one."""

    words: tuple[str, ...]
    # The share of the titles that have one, about.
    share: float
    # Where not "", any word that begins with it will do as well.
    beginning: str = ""
    # Whether `words` has all that begin with it.
    is_complete: bool = True

    def joined_by(self, words: Iterable[str], share: float) -> "Group":
        """With more words, and the share that these have."""
        return replace(self, words=(*self.words, *words), share=self.share + share)

    @property
    def patterns(self) -> list[str]:
        """LIKE's, for keys between two spaces."""
        words = [word for word in self.words if not self.beginning or word[0] != self.beginning[0]
                 or not word.startswith(self.beginning)]  # fmt: skip
        patterns = [f"%{word}%" if SPACELESS.match(word) else f"% {word} %" for word in words]
        return [f"% {self.beginning}%", *patterns] if self.beginning else patterns


# The best title of each film, the first where several are as good.
BEST_OF_EACH = """
SELECT movie_id, (SELECT name FROM title WHERE id = best.id), key, score FROM (
    SELECT DISTINCT ON (movie_id) * FROM found ORDER BY movie_id, score DESC, id
) best
ORDER BY score DESC, movie_id
LIMIT {limit}
"""
EXACT = sql.SQL(
    """
WITH found AS (
    SELECT id, movie_id, key, weight + {bonus} AS score FROM title
    WHERE key = ANY ({keys}) AND {narrowed}
)"""  # noqa: S608 - of constants only
    + BEST_OF_EACH
)
OF_FEW_FILMS = sql.SQL(
    """
WITH theirs AS MATERIALIZED (
    SELECT id, movie_id, key, words, weight FROM title WHERE {narrowed}
), found AS (
    SELECT id, movie_id, key, weight + {bonus} AS score FROM theirs title
    WHERE {indexed} AND {read}
)"""  # noqa: S608 - of constants only
    + BEST_OF_EACH
)
BY_WORDS = sql.SQL(
    """
WITH indexed AS MATERIALIZED (
    SELECT id, movie_id, key, weight FROM title WHERE {indexed}
), found AS (
    SELECT id, movie_id, key, weight + {bonus} AS score FROM indexed title
    WHERE {read} AND {narrowed}
)"""  # noqa: S608 - of constants only
    + BEST_OF_EACH
)
# All that it reads is in the index title_weight.
BY_WALKING = sql.SQL(
    """
WITH found AS (
    SELECT id, movie_id, key, weight + {bonus} AS score
    FROM (SELECT id, movie_id, key, weight FROM title ORDER BY weight DESC LIMIT {walked}) title
    WHERE {read} AND {narrowed}
    LIMIT {met}
)"""  # noqa: S608 - of constants only
    + BEST_OF_EACH
)


def exact(
    keys: Sequence[str], bonus: sql.Composable, narrowing: Narrowing, limit: int
) -> list[Found]:
    """Films with a title that is one of these."""
    narrowed = narrowing.condition()
    return fetch(EXACT, keys=list(keys), bonus=bonus, narrowed=narrowed, limit=limit)


def holding(
    groups: Sequence[Group],
    bonus: sql.Composable,
    narrowing: Narrowing,
    limit: int,
    count: int,
) -> list[Found]:
    """Films with a title that has a word of each group; there are `count` titles."""
    search = {"bonus": bonus, "narrowed": narrowing.condition(), "limit": limit}
    few = FEW_NARROWED if narrowing.is_any else FEW
    if narrowing.films is not None:
        few = min(FEW, len(narrowing.films))
    if indexed := worth_indexing(groups, count, few):
        return by_words(indexed, groups, search)
    if narrowing.films is not None:
        return of_few_films(groups, search)
    if narrowing.is_any:
        return by_walking(WALKED_NARROWED, groups, search)
    if matching(groups, count) > FEW:
        found = by_walking(WALKED, groups, search)
        if len(found) >= ENOUGH:
            return found
        if all(group.is_complete for group in groups):  # they are not so many after all
            return by_words(groups, groups, search)
    return by_walking(WALKED_FAR, groups, search)


def of_few_films(groups: Sequence[Group], search: dict[str, Any]) -> list[Found]:
    """Every title of the films is read, with all words that it is indexed by."""
    indexed = [group for group in groups if group.is_complete]
    read = [group for group in groups if not group.is_complete]
    return fetch(OF_FEW_FILMS, indexed=has(indexed), read=reads(read), **search)


def by_words(
    indexed: Sequence[Group], groups: Sequence[Group], search: dict[str, Any]
) -> list[Found]:
    read = [group for group in groups if group not in indexed]
    return fetch(BY_WORDS, indexed=has(indexed), read=reads(read), **search)


def by_walking(walked: int, groups: Sequence[Group], search: dict[str, Any]) -> list[Found]:
    return fetch(BY_WALKING, walked=walked, met=MET, read=reads(groups), **search)


def worth_indexing(groups: Sequence[Group], count: int, few: int) -> list[Group]:
    """The groups by which so few titles are found; none, if even all of them find more."""
    named = [group for group in groups if group.is_complete]
    # What is unfinished is many words: these are left to be read, where the others suffice.
    finished = [group for group in named if not group.beginning]
    for some in (finished, named):
        if some and matching(some, count) <= few:
            return some
    return []


def matching(groups: Sequence[Group], count: int) -> float:
    """About how many titles have a word of each."""
    return count / TOGETHER * prod(min(TOGETHER * group.share, 1) for group in groups)


def has(groups: Sequence[Group]) -> sql.Composable:
    """The condition for the index over words."""
    single = [group.words[0] for group in groups if len(group.words) == 1]
    several = [list(group.words) for group in groups if len(group.words) > 1]
    tests = [sql.SQL("words @> {}::text[]").format(single)] if single else []
    return all_of(tests + [sql.SQL("words && {}::text[]").format(words) for words in several])


def reads(groups: Iterable[Group]) -> sql.Composable:
    """The same condition for keys, one by one."""
    return all_of(
        sql.SQL("' ' || key || ' ' LIKE ANY ({})").format(group.patterns) for group in groups
    )


def all_of(conditions: Iterable[sql.Composable]) -> sql.Composable:
    return sql.SQL(" AND ").join([sql.SQL("true"), *conditions])


def fetch(query: sql.SQL, **parts: Any) -> list[Found]:
    with connection.cursor() as cursor:
        cursor.execute(query.format(**parts))
        return [Found(*row) for row in cursor.fetchall()]
