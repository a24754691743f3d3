"""The limiter in made-up worlds, on a clock that stands still until somebody waits."""

import heapq
import random
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from itertools import count

import pytest

from importer.tmdb.rate_limit import LONGEST_PAUSE, RateLimiter, Turn

LATENCY = 0.1
FIRST_PAUSE = 0.5

# Whether TMDB grants a request that comes at this time.
Grants = Callable[[float], bool]


class Simulation(threading.Event):
    """Asks as fast as the limiter lets it; the event is its stop. Each way takes LATENCY/2, and
    `jitter` more at random."""

    def __init__(
        self,
        rate: float,
        grants: Grants,
        *,
        retry_after: float | None = None,
        jitter: float = 0.0,
    ) -> None:
        super().__init__()
        self.now = 1_000.0
        self.grants = grants
        self.retry_after = retry_after
        self.jitter = jitter
        self.chance = random.Random(2)
        self.limiter = RateLimiter(rate, FIRST_PAUSE, clock=lambda: self.now)
        # What happens when: a number tells apart what happens at once.
        self.to_come: list[tuple[float, int, Callable[[], None]]] = []
        self.numbers = count()
        self.granted: list[float] = []
        self.refused: list[float] = []
        self.longest_wait = 0.0
        self.longest_refusal = 0.0

    def wait(self, timeout: float | None = None) -> bool:
        """The time passes at once, and what is under way arrives meanwhile."""
        assert timeout is not None
        until = self.now + timeout
        while self.to_come and self.to_come[0][0] <= until:
            self.now, _, happens = heapq.heappop(self.to_come)
            happens()
        self.now = until
        return False

    def later(self, happens: Callable[[], None]) -> None:
        way = LATENCY / 2 + (self.chance.expovariate(1 / self.jitter) if self.jitter else 0)
        heapq.heappush(self.to_come, (self.now + way, next(self.numbers), happens))

    def arrive(self, turn: Turn) -> None:
        is_granted = self.grants(self.now)
        self.later(partial(self.answer, turn, is_granted))

    def answer(self, turn: Turn, is_granted: bool) -> None:
        if is_granted:
            self.granted.append(self.now)
            self.limiter.grant(turn)
        else:
            self.refused.append(self.now)
            refusal = self.limiter.refuse(turn, self.retry_after)
            self.longest_refusal = max(self.longest_refusal, refusal)

    def run(self, seconds: float) -> float:
        """How many requests a second were granted meanwhile."""
        begun, before = self.now, len(self.granted)
        while self.now < begun + seconds:
            asked_at = self.now
            turn = self.limiter.wait(self)
            assert turn is not None
            self.longest_wait = max(self.longest_wait, self.now - asked_at)
            self.later(partial(self.arrive, turn))
        return (len(self.granted) - before) / (self.now - begun)


def at_most(rate: Callable[[float], float]) -> Grants:
    """A server that grants so many in any second, refused ones not counted."""
    recent: deque[float] = deque()

    def grants(now: float) -> bool:
        while recent and now - recent[0] >= 1:
            recent.popleft()
        if len(recent) >= rate(now):
            return False
        recent.append(now)
        return True

    return grants


def at_random(share: float, seed: int = 1) -> Grants:
    """A server that refuses a share of the requests, whatever their rate."""
    chance = random.Random(seed)
    return lambda now: chance.random() >= share


def test_all_that_is_set_is_asked_for_where_all_is_granted() -> None:
    world = Simulation(40, lambda now: True)

    assert world.run(60) == pytest.approx(40, rel=0.02)
    assert world.limiter.summary == ""


def test_a_lower_limit_than_ours_is_used_also_where_ways_take_longer_and_shorter() -> None:
    world = Simulation(40, at_most(lambda now: 10), jitter=0.03)

    assert world.run(600) >= 8.5
    assert len(world.refused) < 0.15 * 600 * 10


def test_a_lower_limit_than_ours_is_kept_to_and_used() -> None:
    world = Simulation(40, at_most(lambda now: 10))

    assert world.run(40) >= 9
    refused = len(world.refused)
    assert world.run(600) >= 9
    assert len(world.refused) - refused < 0.03 * 600 * 10
    assert "of 40 that are set" in world.limiter.summary


@pytest.mark.parametrize("rate", [40, 10, 4])
@pytest.mark.parametrize("share", [0.01, 0.05])
def test_a_429_now_and_then_does_not_bring_the_rate_down(rate: float, share: float) -> None:
    world = Simulation(rate, at_random(share))

    assert world.run(60) >= rate / 3
    assert world.run(3600) >= rate / 3


@pytest.mark.parametrize("seed", range(20))
def test_not_even_at_the_beginning(seed: int) -> None:
    assert Simulation(40, at_random(0.05, seed)).run(60) >= 40 / 3


def test_a_single_429_costs_a_moment() -> None:
    moments = iter([True] * 200 + [False])
    world = Simulation(40, lambda now: next(moments, True))

    assert world.run(60) >= 39


def test_a_limit_that_changes_every_hour_is_followed() -> None:
    limit = 10
    world = Simulation(40, at_most(lambda now: limit))

    for limit in (10, 40, 5, 20):  # the world looks at it
        assert world.run(300) >= 0.5 * limit
        assert world.run(3300) >= 0.9 * limit


def test_ten_minutes_of_nothing_but_429_are_waited_for() -> None:
    world = Simulation(40, lambda now: not 1_060 <= now < 1_660)
    world.run(60)

    world.run(600)
    assert len(world.refused) < 100
    assert world.longest_wait <= LONGEST_PAUSE + 1
    assert world.longest_refusal <= 600 + LONGEST_PAUSE

    world.run(LONGEST_PAUSE)
    assert world.run(60) >= 39


def test_what_the_server_asks_for_is_believed() -> None:
    world = Simulation(40, lambda now: now >= 1_010, retry_after=10)

    world.run(20)

    assert min(world.granted) >= 1_010
    assert len(world.refused) <= 40 * LATENCY + 2
