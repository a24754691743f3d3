"""Keeps all threads together below TMDB's rate of requests, also where it is lower than ours.

TMDB promises no rate ("somewhere in the 40 requests per second range") and answers 429 above it.
A 429 is everybody's affair: all threads pause. If TMDB has not granted as much lately as we ask
for, that is why, and the rate comes down to a little less than what it has granted; from there it
creeps up, by a step that doubles. If it has, the 429 was a single one, and changes no rate.
"""

import bisect
import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)

# How many turns that nobody was there to take may be taken late: some, so that a busy moment
# costs nothing, but so few that TMDB sees no burst.
CATCH_UP = 2
# What TMDB grants is counted over so many seconds, pauses among them; the best of these counts
# for so long; and nothing is made of it before so long after the first answer.
COUNTED_SECONDS = 1.0
MEMORY_SECONDS = 60.0
LEARNING_SECONDS = 2.0
# The rate after a 429 is this share of what was granted at best.
SHARE_OF_GRANTED = 0.97
LOWEST_RATE = 0.5
# How often the rate is raised, and by what share first.
RAISE_SECONDS = 10.0
FIRST_RAISE = 0.01
LONGEST_PAUSE = 60.0
# The first pause after a 429 that is not for the rate, in turns. Any pause doubles where nothing
# but another 429 comes after it.
MOMENT = 1


class GrantedRate:
    """What TMDB has granted lately: the most in any COUNTED_SECONDS of the last MEMORY_SECONDS."""

    def __init__(self) -> None:
        self.since = math.inf
        # When the newest were asked for, which says more than when their answers came.
        self.recent: list[float] = []
        # The counts that are the best from then on until now, falling.
        self.counts: deque[tuple[float, int]] = deque()

    def add(self, asked_at: float, now: float) -> None:
        """One more has been granted."""
        self._forget(now)
        if not self.counts:
            self.since = now
        bisect.insort(self.recent, asked_at)
        before = bisect.bisect_right(self.recent, self.recent[-1] - COUNTED_SECONDS)
        del self.recent[:before]
        while self.counts and self.counts[-1][1] <= len(self.recent):
            self.counts.pop()
        self.counts.append((now, len(self.recent)))

    def best(self, now: float) -> float | None:
        """Requests a second; None while too little has been seen."""
        self._forget(now)
        if not self.counts or now - self.since < LEARNING_SECONDS:
            return None
        return self.counts[0][1] / COUNTED_SECONDS

    def _forget(self, now: float) -> None:
        while self.counts and self.counts[0][0] < now - MEMORY_SECONDS:
            self.counts.popleft()


@dataclass(frozen=True, slots=True)
class Turn:
    """Leave to ask once; with each pause a new generation of them begins."""

    generation: int
    at: float


class RateLimiter:
    """Hands out turns, `rate` of them a second; a rate of 0 is no limit but TMDB's."""

    def __init__(
        self, rate: float, pause: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`pause` is the first one after a 429 that does not say how long, in seconds."""
        self.configured = rate or math.inf
        self.rate = self.configured
        self.lowest = self.configured
        self.first_pause = pause
        self.clock = clock
        self.lock = threading.Lock()
        self.next_turn = clock()
        self.granted = GrantedRate()
        self.refused_since: float | None = None
        # Pauses, in all and since TMDB has last granted something.
        self.pauses = 0
        self.pauses_in_a_row = 0
        self.shortest_pause = pause
        self.generation = 0
        self.next_raise = 0.0
        self.raise_share = FIRST_RAISE

    def wait(self, stop: threading.Event) -> Turn | None:
        """Wait for the next turn; None when `stop` was set."""
        while True:
            with self.lock:
                generation, now = self.generation, self.clock()
                turn = max(self.next_turn, now - CATCH_UP / self.rate)
                self.next_turn = turn + 1 / self.rate
            if stop.wait(turn - now) if turn > now else stop.is_set():
                return None
            # A 429 that came meanwhile is for those as well who had their turn before it.
            if generation == self.generation:
                return Turn(generation, self.clock())

    def grant(self, turn: Turn) -> None:
        """TMDB has answered to this turn: the rate is raised if it was low for a while."""
        with self.lock:
            now = self.clock()
            self.refused_since, self.pauses_in_a_row = None, 0
            self.granted.add(turn.at, now)
            if self.rate < self.configured and now >= self.next_raise:
                self.rate = min(self.rate * (1 + self.raise_share), self.configured)
                self.raise_share *= 2
                self.next_raise = now + RAISE_SECONDS

    def refuse(self, turn: Turn, retry_after: float | None) -> float:
        """TMDB has answered 429 to this turn: pause everybody, unless somebody else has done so
        since it was given. For how long it has done nothing else, in seconds."""
        with self.lock:
            now = self.clock()
            if self.refused_since is None:
                self.refused_since = now
            # What was under way when the pause began says nothing new.
            if turn.generation == self.generation:
                self._pause(now, retry_after or 0)
            return now - self.refused_since

    def _pause(self, now: float, retry_after: float) -> None:
        if not self.pauses_in_a_row:
            self.shortest_pause = self._learn(now)
        pause = min(self.shortest_pause * 2**self.pauses_in_a_row, LONGEST_PAUSE)
        self.pauses += 1
        self.pauses_in_a_row += 1
        self.generation += 1  # turns that were given and not taken are given anew
        self.next_turn = now + max(pause, retry_after)
        log.log(
            logging.INFO if pause < self.first_pause else logging.WARNING,
            "TMDB is asked too often: paused for %.1f s, then %.1f requests a second",
            self.next_turn - now,
            self.rate,
        )

    def _learn(self, now: float) -> float:
        """Bring the rate down where it is higher than what has been granted; the pause to make."""
        best = self.granted.best(now)
        if best is None:
            return self.first_pause
        if self.rate > best:
            self._slow_down(now, best)
            return self.first_pause
        return min(self.first_pause, MOMENT / self.rate)

    def _slow_down(self, now: float, best: float) -> None:
        self.rate = max(best * SHARE_OF_GRANTED, LOWEST_RATE)
        self.lowest = min(self.lowest, self.rate)
        self.next_raise = now + RAISE_SECONDS
        self.raise_share = FIRST_RAISE

    @property
    def summary(self) -> str:
        """What a run has to say of it; empty where TMDB granted all that was asked for."""
        if not self.pauses:
            return ""
        said = f", of {self.configured:g} that are set" if self.configured < math.inf else ""
        return (
            f"TMDB granted {self.rate:.1f} requests a second{said} ({self.lowest:.1f} at least); "
            f"it refused some {self.pauses:,} times"
        )
