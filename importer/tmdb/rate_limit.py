"""Keeps all threads together below TMDB's rate of requests."""

import threading
import time

# How many turns that nobody was there to take may be taken late: some, so that a busy moment
# costs nothing, but so few that TMDB sees no burst.
CATCH_UP = 2


class RateLimiter:
    """Hands out turns, `rate` of them a second; a rate of 0 is no limit."""

    def __init__(self, rate: float) -> None:
        self.interval = 1 / rate if rate else 0.0
        self.lock = threading.Lock()
        self.next_turn = time.monotonic()

    def wait(self, stop: threading.Event) -> bool:
        """Wait for the next turn; True when `stop` was set instead."""
        with self.lock:
            now = time.monotonic()
            turn = max(self.next_turn, now - CATCH_UP * self.interval)
            self.next_turn = turn + self.interval
        return stop.wait(turn - now) if turn > now else stop.is_set()
