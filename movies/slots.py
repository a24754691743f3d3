"""How many of one kind of request are worked on at once: half of a process's threads are left to
all others."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


class NoSlotFree(Exception):  # noqa: N818 - it says what happened
    """Half of the process's threads are busy with this kind of request already."""


class Slots:
    """Those of one kind of request, in this process."""

    def __init__(self) -> None:
        self._free = threading.BoundedSemaphore(settings.WEB_THREADS // 2)

    @contextmanager
    def take(self) -> Iterator[None]:
        """One of them for the block; NoSlotFree where there is none."""
        if not self._free.acquire(blocking=False):
            raise NoSlotFree
        try:
            yield
        finally:
            self._free.release()
