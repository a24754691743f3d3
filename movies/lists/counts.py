"""Numbers that are counted once for each edition of the catalogue, in each process."""

from collections.abc import Callable, Iterable

from django.core.cache import cache

from movies.models import RankingState

SECONDS = 24 * 3600


def counted_once(what: Iterable[object], count: Callable[[], int]) -> int:
    """What `count` gives, unless this edition's is known already; `what` says of what it is."""
    # Before counting: a count may then be newer than its edition, but never older.
    edition = RankingState.current().edition
    if edition is None:
        return count()
    name = ":".join(map(str, ("count", edition, *what)))
    known: int | None = cache.get(name)
    if known is None:
        known = count()
        cache.set(name, known, SECONDS)
    return known
