"""Keeps all threads together below TMDB's rate of requests."""

import threading
import time

# How many missed turns may be caught up on: a hiccup of a second costs nothing, and TMDB, which
# counts over longer, still sees no burst.
CATCH_UP = 20


class Limiter:
    """Hands out turns, `rate` of them a second; a rate of 0 is no limit."""

    def __init__(self, rate: float) -> None:
        self.interval = 1 / rate if rate else 0.0
        self.lock = threading.Lock()
        self.next_turn = 0.0

    def wait(self, stop: threading.Event) -> bool:
        """Wait for the next turn; True when `stop` was set instead."""
        with self.lock:
            now = time.monotonic()
            turn = max(self.next_turn, now - CATCH_UP * self.interval)
            self.next_turn = turn + self.interval
        return stop.wait(turn - now) if turn > now else stop.is_set()

    def pause(self, seconds: float) -> None:
        """Give nobody a turn for this long: TMDB has said that it is asked too often."""
        with self.lock:
            self.next_turn = max(self.next_turn, time.monotonic() + seconds)
