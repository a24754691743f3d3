"""Keeps all threads together below TMDB's rate of requests, also where it is lower than ours.

TMDB promises no rate ("somewhere in the 40 requests per second range") and answers 429 above it.
A 429 is everybody's affair: all threads pause, and go on at the rate that was granted lately; as
long as none comes again the rate creeps up, by a step that doubles.
"""

import logging
import threading
import time
from collections import deque

log = logging.getLogger(__name__)

# How many turns that nobody was there to take may be taken late: some, so that a busy moment
# costs nothing, but so few that TMDB sees no burst.
CATCH_UP = 2
# The rate after a 429 is this share of what was granted in the seconds before it.
SHARE_OF_GRANTED = 0.95
GRANTED_SECONDS = 1.0
LOWEST_RATE = 0.5
# What TMDB grants at the most, about, where we have set no limit.
UNKNOWN_RATE = 40.0
# How often the rate is raised, and by what share first.
RAISE_SECONDS = 10.0
FIRST_RAISE = 0.01
LONGEST_PAUSE = 60.0


class RateLimiter:
    """Hands out turns, `rate` of them a second; a rate of 0 is no limit but TMDB's."""

    def __init__(self, rate: float, pause: float) -> None:
        """`pause` is the first one after a 429 that does not say how long, in seconds."""
        self.configured = rate or float("inf")
        self.rate = self.configured
        self.lowest = self.configured
        self.first_pause = pause
        self.lock = threading.Lock()
        self.next_turn = time.monotonic()
        self.granted: deque[float] = deque()
        self.paused_until = 0.0
        self.refused_since: float | None = None
        self.refusals = 0
        self.next_raise = 0.0
        self.raise_share = FIRST_RAISE

    def wait(self, stop: threading.Event) -> bool:
        """Wait for the next turn; True when `stop` was set instead."""
        while True:
            with self.lock:
                now = time.monotonic()
                turn = max(self.next_turn, now - CATCH_UP / self.rate, self.paused_until)
                self.next_turn = turn + 1 / self.rate
            if stop.wait(turn - now) if turn > now else stop.is_set():
                return True
            # A 429 that came meanwhile is for those as well who had their turn before it.
            if time.monotonic() >= self.paused_until:
                return False

    def grant(self) -> None:
        """TMDB has answered: the rate is raised if it has done so for a while."""
        with self.lock:
            now = time.monotonic()
            self.refused_since, self.refusals = None, 0
            self.granted.append(now)
            self._forget_before(now - GRANTED_SECONDS)
            if self.rate < self.configured and now >= self.next_raise:
                self.rate = min(self.rate * (1 + self.raise_share), self.configured)
                self.raise_share *= 2
                self.next_raise = now + RAISE_SECONDS

    def refuse(self, retry_after: float | None) -> float:
        """TMDB has answered 429: pause everybody. For how long it has done nothing else, in s."""
        with self.lock:
            now = time.monotonic()
            self.refused_since = self.refused_since or now
            # What was under way when the pause began says nothing new.
            if now >= self.paused_until:
                self._slow_down(now, retry_after)
            return now - self.refused_since

    def _slow_down(self, now: float, retry_after: float | None) -> None:
        self.rate = max(min(self.rate, self._granted_rate(now)), LOWEST_RATE)
        self.lowest = min(self.lowest, self.rate)
        pause = min(self.first_pause * 2**self.refusals, LONGEST_PAUSE)
        self.refusals += 1
        self.paused_until = now + (pause if retry_after is None else retry_after)
        # Not earlier than the turns that have been given already, or there were twice as many.
        self.next_turn = max(self.next_turn, self.paused_until)
        self.next_raise = self.paused_until + RAISE_SECONDS
        self.raise_share = FIRST_RAISE
        log.warning(
            "TMDB is asked too often: paused for %.1f s, then %.1f requests a second",
            self.paused_until - now,
            self.rate,
        )

    def _granted_rate(self, now: float) -> float:
        """A little below that of the last second; where nothing was granted, half of ours."""
        self._forget_before(now - GRANTED_SECONDS)
        if self.granted:
            return len(self.granted) / GRANTED_SECONDS * SHARE_OF_GRANTED
        return min(self.rate, UNKNOWN_RATE) / 2

    def _forget_before(self, moment: float) -> None:
        while self.granted and self.granted[0] < moment:
            self.granted.popleft()

    @property
    def summary(self) -> str:
        """What a run has to say of it; empty where TMDB granted all that was asked for."""
        if self.lowest == self.configured:
            return ""
        said = f", of {self.configured:g} that are set" if self.configured < float("inf") else ""
        return f"TMDB granted {self.rate:.1f} requests a second{said} ({self.lowest:.1f} at least)"
