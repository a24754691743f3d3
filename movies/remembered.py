"""What one query of a request has read, for those after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Of a block; outside of one nothing is remembered."""

    def __init__(self, name: str) -> None:
        self._read: ContextVar[list[Value] | None] = ContextVar(name, default=None)

    @contextmanager
    def block(self) -> Iterator[None]:
        """In it, what has been read last; of this thread's, and of this block alone."""
        token = self._read.set([])
        try:
            yield
        finally:
            self._read.reset(token)

    def remember(self, value: Value) -> None:
        if (read := self._read.get()) is not None:
            read[:] = [value]

    def get(self) -> Value | None:
        read = self._read.get()
        return read[0] if read else None
