"""Fetches many films at once: threads do HTTP and nothing else, one consumer takes the results."""

import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial

from importer.daemon_threads import DaemonExecutor
from importer.errors import FetchFailed

# Films asked for and not yet consumed. More than there are threads, so that they have work while
# the consumer is busy for some seconds; few enough to hold in memory.
WINDOW = 250


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What came of asking for one film: its details' body, or why there is none."""

    movie_id: int
    body: bytes = b""
    failure: FetchFailed | None = None


@contextmanager
def fetch_concurrently(
    movie_ids: Iterable[int],
    fetch: Callable[[int], bytes],
    *,
    threads: int,
    halt: threading.Event,
) -> Iterator[Iterator[FetchResult | None]]:
    """Gives an iterator of results, as they come; None whenever nothing came for half a second.

    `fetch` runs in the threads; what it raises beside FetchFailed is raised by the iterator.
    At the end of the block `halt` is set, and nobody waits for what is still under way.
    """
    with DaemonExecutor(threads, "fetch") as executor:
        try:
            with closing(results_as_completed(executor, iter(movie_ids), fetch)) as results:
                yield results
        finally:
            halt.set()


def results_as_completed(
    executor: DaemonExecutor, movie_ids: Iterator[int], fetch: Callable[[int], bytes]
) -> Generator[FetchResult | None, None, None]:
    finished: queue.SimpleQueue[Future[FetchResult]] = queue.SimpleQueue()

    def ask(movie_id: int) -> FetchResult:
        try:
            return FetchResult(movie_id, body=fetch(movie_id))
        except FetchFailed as failure:
            return FetchResult(movie_id, failure=failure)

    def submit_next() -> int:
        """How many were submitted: one, or none when there are no more."""
        for movie_id in movie_ids:
            executor.submit(partial(ask, movie_id)).add_done_callback(finished.put)
            return 1
        return 0

    under_way = sum(submit_next() for _ in range(WINDOW))
    while under_way:
        try:
            future = finished.get(timeout=0.5)
        except queue.Empty:
            yield None
            continue
        under_way += submit_next() - 1
        yield future.result()
