"""Reads lists of the best as the API does, and writes what the database took for them.

Run as a process of its own it writes a line for each kind: its p50 and p95 in milliseconds, and
its name.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import quantiles
from typing import Any

TIMES = 40
# Pages of ten films.
PAGES = 10


def main() -> None:
    import django

    django.setup()
    for name, read in kinds().items():
        read(0)
        cuts = quantiles([milliseconds(partial(read, turn)) for turn in range(TIMES)], n=100)
        sys.stdout.write(f"{cuts[49]} {cuts[94]} {name}\n")


def kinds() -> dict[str, Callable[[int], object]]:
    """What is read, by the number of the turn."""
    from movies.lists.best import best_of_every_country
    from movies.models import CountryTotal, Lens

    totals = CountryTotal.objects.filter(by=Lens.HOME, listed__gt=0).order_by("-listed")
    codes = list(totals.values_list("country", flat=True))
    return {
        "all countries": lambda _: best_of_every_country(Lens.HOME, limit=10, shorts=False),
        **of_all_countries(),
        **of_country("the largest country", codes[0]),
        **of_country("a small one", codes[len(codes) // 2]),
    }


def of_all_countries() -> dict[str, Callable[[int], object]]:
    from movies.lists.narrowed_best import narrowed_best_of_every_country
    from movies.lists.query import ListQuery
    from movies.lists.region import RegionList
    from movies.models import Lens

    world = RegionList("world", Lens.HOME)
    dramas = RegionList("world", Lens.HOME, genre=18, since=1990, until=1999)

    def narrowed(**query: Any) -> Callable[[int], object]:
        asked = ListQuery(**query)
        return lambda _: narrowed_best_of_every_country(Lens.HOME, asked, limit=10)

    return {
        "narrowed, all countries, dramas": narrowed(genre=18),
        "narrowed, all countries, dramas of the nineties": narrowed(
            genre=18, since=1990, until=1999
        ),
        "narrowed, all countries, in Japanese": narrowed(language="ja"),
        "narrowed, all countries, another floor": narrowed(min_votes=1000),
        "the world, first ten pages": lambda turn: world[part(turn)],
        "the world, dramas of the nineties": lambda turn: dramas[part(turn)],
        "the world, how many of these": lambda turn: replace(dramas, until=2100 + turn).count(),
    }


def of_country(name: str, code: str) -> dict[str, Callable[[int], object]]:
    from movies.lists.country import CountryList, Weighting
    from movies.models import Lens

    whole = CountryList(code, Lens.HOME)
    weighted = CountryList(code, Lens.HOME, weighting=Weighting(1000, 7))
    dramas = CountryList(code, Lens.HOME, genre=18, since=1990, until=1999)
    return {
        f"{name}, a page of the first ten": lambda turn: whole[part(turn)],
        f"{name}, m=1000 and c=7": lambda turn: weighted[part(turn)],
        f"{name}, dramas of the nineties": lambda turn: dramas[part(turn)],
        f"{name}, how many of these": lambda turn: replace(dramas, until=2100 + turn).count(),
        f"{name}, counted once before": lambda _: dramas.count(),
    }


def part(turn: int) -> slice:
    start = turn % PAGES * 10
    return slice(start, start + 10)


def milliseconds(read: Callable[[], object]) -> float:
    """The time inside the database's driver: statements, and the reading of their rows."""
    from django.db import connection

    spent = 0.0

    def watch(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal spent
        begun = time.perf_counter()
        try:
            return execute(*statement)
        finally:
            spent += time.perf_counter() - begun

    with connection.execute_wrapper(watch):
        read()
    return 1000 * spent


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    main()
