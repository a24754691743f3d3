"""Threads that nobody waits for when the process ends, whatever they hang on.

Those of concurrent.futures are joined at the interpreter's end: one that is connecting to an
address that does not answer would hold it up for as long as that takes.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from types import TracebackType
from typing import Any, Self, TypeVar

from importer.errors import STOP_REQUESTED, ImportStopped

POLL_SECONDS = 0.2

T = TypeVar("T")


class DaemonExecutor:
    """So many daemon threads, which call what is submitted until the block is left."""

    def __init__(self, threads: int, name: str) -> None:
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = (
            queue.SimpleQueue()
        )
        self._has_ended = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(threads)
        ]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.end()

    def start(self) -> None:
        """Begin to call what is submitted."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """What has not begun never begins; nobody waits for what has. Any number of times."""
        self._has_ended.set()
        for _ in self._threads:
            self._calls.put(None)

    def submit(self, call: Callable[[], T]) -> Future[T]:
        """Have it called by the next thread that is free."""
        future: Future[T] = Future()
        self._calls.put((future, call))
        return future

    def _work(self) -> None:
        while (submitted := self._calls.get()) is not None:
            future, call = submitted
            if self._has_ended.is_set():
                future.cancel()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(call())
            except BaseException as error:
                future.set_exception(error)


def call_until(stop: threading.Event, executor: DaemonExecutor, call: Callable[[], T]) -> T:
    """What the call returns or raises; ImportStopped as soon as `stop` is set before that."""
    future = executor.submit(call)
    while not wait([future], timeout=POLL_SECONDS).done:
        if stop.is_set():
            raise ImportStopped(STOP_REQUESTED)
    return future.result()
