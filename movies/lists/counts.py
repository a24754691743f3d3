"""Counts that are cached for each edition of the catalogue, in each process."""

from collections.abc import Callable, Iterable

from django.core.cache import cache

from movies.models import RankingState

SECONDS = 24 * 3600


def cached_count(key: Iterable[object], count: Callable[[], int]) -> int:
    """What `count` returns, from the cache where it was counted in this edition already.

    `key` says of what it is the number.
    """
    # Before counting: a count may then be newer than its edition, but never older.
    edition = RankingState.current().edition
    if edition is None:
        return count()
    cache_key = ":".join(map(str, ("count", edition, *key)))
    known: int | None = cache.get(cache_key)
    if known is None:
        known = count()
        cache.set(cache_key, known, SECONDS)
    return known
