"""How many searches run at once: half of a process's threads are left to all else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

# When to come again after TooManySearches.
RETRY_AFTER_SECONDS = 1

_slots = threading.BoundedSemaphore(max(settings.WEB_THREADS // 2, 1))


class TooManySearches(Exception):  # noqa: N818 - it says what happened
    """Half of the process's threads search already."""


@contextmanager
def search_slot() -> Iterator[None]:
    """In the block this is one of the searches that run at once; else TooManySearches."""
    if not _slots.acquire(blocking=False):
        raise TooManySearches
    try:
        yield
    finally:
        _slots.release()
