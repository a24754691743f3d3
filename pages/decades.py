"""Films by decade, as bars of a chart: of the whole world, or of one country's list."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from movies.models import Country

# Of a bar that stands for the decade with most films.
FULL = 100
# The least that can be seen.
LEAST = 3
# So that they stand apart on a phone.
MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class DecadeBar:
    """A decade by its first year, how many films it has, and the bar's height, up to FULL."""

    decade: int
    films: int
    height: int

    @property
    def top(self) -> int:
        """From the chart's upper edge."""
        return FULL - self.height

    def __str__(self) -> str:
        return f"{self.decade}s: {self.films} film{'' if self.films == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Decades:
    """The bars in the order of time, without a gap, so that their places are those of years."""

    bars: list[DecadeBar]

    @property
    def named(self) -> list[int]:
        """The decades whose names stand below the bars: every so many, up to the last."""
        step = math.ceil(len(self.bars) / MOST_NAMES)
        return [bar.decade for bar in self.bars[::-1][::step]]

    @property
    def most(self) -> int:
        """The films of the decade with most of them."""
        return max((bar.films for bar in self.bars), default=0)

    @property
    def first(self) -> int | None:
        return self.bars[0].decade if self.bars else None

    @property
    def last(self) -> int | None:
        return self.bars[-1].decade if self.bars else None

    def chosen(self, since: int | None, until: int | None) -> "ChosenTime":
        """The time between two of the decades, in whatever order, as far as there are films."""
        first, last = self.first or 0, self.last or 0
        ends = sorted(
            min(max(end, first), last)
            for end in (first if since is None else since, last if until is None else until)
        )
        return ChosenTime(ends[0], ends[1], ends == [first, last])


@dataclass(frozen=True, slots=True)
class ChosenTime:
    """The first and the last decade by their first years; all of them, where nothing is chosen."""

    since: int
    until: int
    is_all: bool

    def __str__(self) -> str:
        if self.is_all:
            return "All times"
        return f"{self.since}s" if self.since == self.until else f"{self.since}s–{self.until}s"


def decades_of(countries: Iterable[Country]) -> Decades:
    """Of all their films; the few that several countries call theirs count for each."""
    films: Counter[int] = Counter()
    for country in countries:
        for decade, count in country.films_by_decade.items():
            films[int(decade)] += count
    return Decades(bars_of(films))


def bars_of(films: Mapping[int, int]) -> list[DecadeBar]:
    """A bar for each decade from the first with a film to the last."""
    known = [decade for decade, count in films.items() if count > 0]
    if not known:
        return []
    most = max(films.values())
    return [
        DecadeBar(decade, films.get(decade, 0), height_of(films.get(decade, 0), most))
        for decade in range(min(known), max(known) + 10, 10)
    ]


def height_of(films: int, most: int) -> int:
    """In proportion, but for what would be too low to be seen."""
    return max(LEAST, round(FULL * films / most)) if films else 0
