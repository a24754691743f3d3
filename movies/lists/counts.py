"""What of lists is cached for each edition of the catalogue, in each process: how many films they
have, and the first films of those that take long to be found."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.core.cache import cache

from movies.models import RankingState

SECONDS = 24 * 3600

Found = TypeVar("Found")


def cached_count(key: Iterable[object], count: Callable[[], int]) -> int:
    """What `count` returns, from the cache where it was counted in this edition already.

    `key` says of what it is the number.
    """
    return cached("count", key, count)


def cached(kind: str, key: Iterable[object], find: Callable[[], Found]) -> Found:
    # Before finding: what is found may then be newer than its edition, but never older.
    edition = RankingState.current().edition
    if edition is None:
        return find()
    cache_key = ":".join(map(str, (kind, edition, *key)))
    known: Found | None = cache.get(cache_key)
    if known is None:
        known = find()
        cache.set(cache_key, known, SECONDS)
    return known
