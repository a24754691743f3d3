"""How a server is asked again: for every request of the imports, to TMDB and to IMDb."""

import random
from collections.abc import Iterator

# Seconds without a byte after which a connection counts as dead.
READ_TIMEOUT = 5.0
CHUNK_BYTES = 64 * 1024

ATTEMPTS = 6
LONGEST_BACKOFF = 20.0


def backoffs(first: float) -> Iterator[float | None]:
    """Seconds to wait after each attempt that failed, None after the last one."""
    longest = first
    for _ in range(ATTEMPTS - 1):
        # Jitter, so that threads that failed together do not come back together.
        yield random.uniform(longest / 2, longest)  # noqa: S311 - no secret depends on it
        longest = min(longest * 2, LONGEST_BACKOFF)
    yield None
