"""Which run this process executes, for the lines of its log; one at a time, by the import lock."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

# Of the process and not of a thread: those that fetch belong to the run as well.
_current: list[int] = []


@contextmanager
def of(run_id: int) -> Iterator[None]:
    """What is logged in the block belongs to this run."""
    _current.append(run_id)
    try:
        yield
    finally:
        _current.pop()


class RunIdFilter(logging.Filter):
    """Gives every record the run's id, None where there is none."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.run_id = _current[-1] if _current else None
        return True
