"""Figures as they are shown: tiles, and small charts of a value a day for an SVG."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from importer.figures import Day, Figures
from importer.runs.progress import duration

# The drawing's own units; the page stretches it.
STEP = 10.0
BAR = 7.0
HEIGHT = 60.0
# A value above nothing is never invisible.
LEAST = 1.5

# Details older than this may no longer be kept by TMDB's terms; due long before.
OLDEST_DAYS = 180

Value = float | None


@dataclass(frozen=True)
class Tile:
    """A figure with its name, and what has to be known about it."""

    name: str
    value: str
    note: str = ""
    tone: str = ""
    link: str = ""


def tiles(now: Figures, open_failures: int) -> list[Tile]:
    """The catalogue's figures; the failures lead to their page."""
    return [
        Tile("Films known", count(now.known), "that TMDB lists"),
        Tile("Fetched", count(now.fetched), share(now.fetched, now.known, "of those known")),
        Tile("Due", count(now.due), "never fetched, changed or too old"),
        Tile("Gone", count(now.gone), "deleted or merged at TMDB"),
        Tile(
            "With an IMDb id",
            share(now.with_imdb_id, now.fetched) or "–",
            f"{count(now.with_imdb_id)} films",
        ),
        oldest(now),
        Tile(
            "Open failures",
            count(open_failures),
            "see what went wrong" if open_failures else "nothing to repair",
            tone="bad" if open_failures else "",
            link=reverse("admin:importer_importfailure_changelist"),
        ),
    ]


def oldest(now: Figures) -> Tile:
    if now.oldest_days is None:
        return Tile("Oldest data", "–", "nothing fetched yet")
    days = "1 day" if now.oldest_days == 1 else f"{now.oldest_days:,} days"
    tone = "bad" if now.oldest_days > OLDEST_DAYS else ""
    return Tile("Oldest data", days, f"TMDB’s terms allow {OLDEST_DAYS}", tone=tone)


def share(part: int, whole: int, of: str = "") -> str:
    """`41.3 % of those known`; never 100 % as long as one is missing."""
    if not whole:
        return ""
    percent = 100.0 if part >= whole else min(100 * part / whole, 99.9)
    return f"{percent:.1f} % {of}".strip().replace("100.0", "100")


@dataclass(frozen=True)
class Bar:
    """The bar of a day, with the words that name it."""

    x: float
    y: float
    height: float
    words: str


@dataclass(frozen=True)
class Chart:
    """A drawing, and in words what it shows."""

    title: str
    tone: str
    latest: str
    summary: str
    bars: list[Bar]
    # The words of every day, for a table.
    cells: list[str]
    bar_width: float = BAR
    width: float = 0
    height: float = HEIGHT


def charts(days: Sequence[Day]) -> list[Chart]:
    """The films in the export, those fetched, what failed, and how long `daily` took."""
    dates = [day.date for day in days]
    return [
        chart("Films in the export", dates, [day.exported for day in days], count, level=True),
        chart("Films fetched", dates, [day.fetched for day in days], count),
        chart("Failures", dates, [day.failed for day in days], count, tone="bad"),
        chart("Duration of daily", dates, [day.daily_seconds for day in days], duration),
    ]


def chart(
    title: str,
    dates: Sequence[datetime.date],
    values: Sequence[Value],
    words: Callable[[float], str],
    *,
    tone: str = "good",
    level: bool = False,
) -> Chart:
    """`level` is for values that hardly differ: the chart begins a little below the lowest."""
    known = [value for value in values if value is not None]
    floor = base(known) if level else 0.0
    return Chart(
        title=title,
        tone=tone,
        latest=words(known[-1]) if known else "none yet",
        summary=summary(title, dates, values, words),
        bars=bars(dates, values, words, floor),
        cells=["–" if value is None else words(value) for value in values],
        width=STEP * len(dates),
    )


def base(known: Sequence[float]) -> float:
    """As far below the lowest as that is below the highest, and where all are alike at half."""
    if not known:
        return 0.0
    lowest, highest = min(known), max(known)
    return max(lowest - (highest - lowest), 0.0) if highest > lowest else lowest / 2


def bars(
    dates: Sequence[datetime.date],
    values: Sequence[Value],
    words: Callable[[float], str],
    floor: float,
) -> list[Bar]:
    top = max((value for value in values if value is not None), default=0.0)
    drawn = []
    for number, (date, value) in enumerate(zip(dates, values, strict=True)):
        if value is None or top <= floor:
            continue
        height = (value - floor) / (top - floor) * HEIGHT
        height = max(height, LEAST) if value else 0.0
        label = f"{date:%-d %B}: {words(value)}"
        drawn.append(Bar(STEP * number, round(HEIGHT - height, 2), round(height, 2), label))
    return drawn


def summary(
    title: str,
    dates: Sequence[datetime.date],
    values: Sequence[Value],
    words: Callable[[float], str],
) -> str:
    """The chart in a sentence, for whoever cannot see it."""
    known = [(value, date) for value, date in zip(values, dates, strict=True) if value is not None]
    if not known:
        return f"{title}, the last {len(dates)} days: nothing yet."
    (low, low_day), (high, high_day) = min(known), max(known)
    last, last_day = known[-1]
    return (
        f"{title}, the last {len(dates)} days: lowest {words(low)} on {low_day:%-d %B}, "
        f"highest {words(high)} on {high_day:%-d %B}, latest {words(last)} on {last_day:%-d %B}."
    )


def count(value: float) -> str:
    return f"{value:,.0f}"
