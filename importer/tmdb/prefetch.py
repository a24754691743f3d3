"""Fetches films ahead of the step that saves them, while other steps read their files."""

import threading
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from types import TracebackType
from typing import Self

from importer.daemon_threads import DaemonExecutor
from importer.errors import NoSuchMovie
from importer.tmdb.connection import CONNECTIONS

# So many films at the most: what 40 requests a second bring while the files are read. Their
# bodies wait compressed, some 7 KB each.
PREFETCHED_FILMS = 1_000


class Prefetch:
    """Bodies of films that are asked for in the background until the first of them fails.

    Nothing of it is kept beyond the run: what nobody takes stays due.
    """

    def __init__(self) -> None:
        # Ends the waits of those who fetch; set when the run is over.
        self.halt = threading.Event()
        self._executor: DaemonExecutor | None = None
        self._futures: dict[int, Future[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.halt.set()
        self.end()

    def start(self, movie_ids: Iterable[int], fetch: Callable[[int], bytes]) -> None:
        """Fetch these films in this order, but for those that are there already."""
        self.end()
        self._executor = executor = DaemonExecutor(CONNECTIONS, "prefetch")
        executor.start()
        for movie_id in movie_ids:
            if movie_id not in self._futures:
                call = partial(self._fetch_compressed, movie_id, fetch)
                self._futures[movie_id] = executor.submit(call)

    def end(self) -> None:
        """What has not been asked for is left to others."""
        if self._executor is not None:
            self._executor.end()

    def take(self, movie_id: int) -> bytes | None:
        """The body of a film, once, or what was raised instead; None if nobody has asked for it.

        Waits for one that is under way.
        """
        future = self._futures.pop(movie_id, None)
        if future is None or future.cancel():
            return None
        return zlib.decompress(future.result())

    def _fetch_compressed(self, movie_id: int, fetch: Callable[[int], bytes]) -> bytes:
        try:
            return zlib.compress(fetch(movie_id), level=zlib.Z_BEST_SPEED)
        except NoSuchMovie:
            raise
        except BaseException:
            self.end()
            raise
