"""Bodies that are kept in the process, compressed, within a bound of bytes."""

import gzip
import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from cachetools import LRUCache

# What the headers, a short key and the places in the tables take beside a body, about.
OVERHEAD_BYTES = 1_500


@dataclass(frozen=True, slots=True)
class Body:
    """The body of an answer, compressed by gzip, and the headers that its view has given it."""

    compressed: bytes
    headers: Mapping[str, str]

    @property
    def plain(self) -> bytes:
        return gzip.decompress(self.compressed)


def compress(content: bytes) -> bytes:
    """The same bytes for the same content."""
    return gzip.compress(content, compresslevel=4, mtime=0)


class KeptBodies:
    """Bodies by their key, the least recently used of which make room for others.

    What many ask for at once is made once: who asks while it is made waits for it.
    """

    def __init__(self, most_bytes: int) -> None:
        self._bodies: LRUCache[Hashable, Body] = LRUCache(most_bytes, getsizeof=size)
        self._being_made: set[Hashable] = set()
        self._changed = threading.Condition()

    def __contains__(self, key: Hashable) -> bool:
        with self._changed:
            return key in self._bodies

    @property
    def bytes(self) -> int:
        """How many are kept."""
        with self._changed:
            return int(self._bodies.currsize)

    def get_or_make(self, key: Hashable, make: Callable[[], Body]) -> Body:
        """The kept body, or what `make` returns; an error of `make` is raised to who has called
        it, and the next who waits makes it."""
        with self._changed:
            self._changed.wait_for(lambda: key not in self._being_made)
            if (found := self._bodies.get(key)) is not None:
                return found
            self._being_made.add(key)
        made = None
        try:
            made = make()
        finally:
            with self._changed:
                if made is not None and size(made) <= self._bodies.maxsize:
                    self._bodies[key] = made
                self._being_made.discard(key)
                self._changed.notify_all()
        return made

    def clear(self) -> None:
        with self._changed:
            self._bodies.clear()


def size(body: Body) -> int:
    return len(body.compressed) + OVERHEAD_BYTES
