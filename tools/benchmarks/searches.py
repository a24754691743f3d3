"""Searches the catalogue of DATABASE_URL as people do, and writes how fast and how well.

`python -m tools.benchmarks.searches [--plain] [--tantivy] [--missed]` writes Markdown; any
catalogue will do, and nothing is written to it. `--plain` asks PostgreSQL's trigrams as well,
which need their index; `--tantivy` an index of that library's, made for it, which has to be
installed (`tools/benchmarks/tantivy_index.py`); `--missed` lists what was searched for in vain.
"""

import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import islice
from statistics import fmean, quantiles
from typing import Any

from tools.benchmarks import mistakes, typed
from tools.benchmarks.report import against, table, tell
from tools.benchmarks.tantivy_index import tantivy_index

SEED = 4
SEARCHES = 1_000
# The plain version is asked that often only: it takes too long.
PLAIN_SEARCHES = 50
TANTIVY_SEARCHES = 100
AMONG = 10
MOST_P50_MS, MOST_P95_MS, MOST_MISSPELT_P95_MS, MOST_NARROWED_P95_MS = 8, 25, 60, 60
MOST_LAST_RESORT_P95_MS = 120
LEAST_EXACT = 99
ANY_ERROR = "one error anywhere"
TWO_ERRORS, MISSING, TOO_MANY, WRONG = (
    "two errors anywhere",
    "a word missing",
    "a word too many",
    "a wrong word",
)
# Of names that lack a word those that can be told: not ten other films, as well known, have all
# the words that are left, and nothing but their votes to put them in order.
TOLD = "a word missing that can be told"
# How many of a hundred are to be found, by the kind of mistake.
LEAST_FOUND = {
    ANY_ERROR: 97,
    mistakes.SHORT: 90,
    mistakes.APART: 95,
    TWO_ERRORS: 85,
    MISSING: 95,
    TOLD: 95,
    TOO_MANY: 95,
}

NARROWINGS = {
    "in a rare year or country": typed.RARE,
    "in a frequent one": typed.FREQUENT,
}

# Films drawn with their popularity as weight, each with one of its titles.
SAMPLE = """
SELECT title.name FROM (
    SELECT id FROM movie ORDER BY -ln(1 - random()) / greatest(popularity, 0.001) LIMIT %s
) film
CROSS JOIN LATERAL (
    SELECT name FROM title WHERE movie_id = film.id AND key <> '' ORDER BY random() LIMIT 1
) title
"""
# The films of these names, any of which may have been meant.
CALLED = "SELECT key, array_agg(DISTINCT movie_id) FROM title WHERE key = ANY (%s) GROUP BY key"
RIVALS = """
SELECT count(*) FROM (
    SELECT DISTINCT movie_id FROM title
    WHERE words @> %(words)s AND movie_id <> ALL (%(meant)s)
      AND weight >= (SELECT max(weight) FROM title WHERE key = %(key)s)
    LIMIT %(most)s
) rival
"""
PLAIN = """
SELECT movie_id FROM title WHERE name %% %s
ORDER BY similarity(name, %s) DESC, weight DESC LIMIT 20
"""

# Numbers of films that were found, the best first.
Find = Callable[..., list[int]]
# What is typed, and who wants to know what was found.
Search = tuple[str, Callable[[list[int]], None]]


@dataclass
class Mix:
    """Searches of one kind, and their times in milliseconds."""

    name: str
    most_p50: float | None = MOST_P50_MS
    most_p95: float = MOST_P95_MS
    database: list[float] = field(default_factory=list)
    total: list[float] = field(default_factory=list)

    def measure(self, searches: Iterator[Search], find: Find) -> None:
        """Each of them once."""
        tell(f"search: {self.name}")
        for asked, note in searches:
            with statements() as spent:
                begun = time.perf_counter()
                found = find(asked)
                self.total.append(1000 * (time.perf_counter() - begun))
            self.database.append(sum(spent))
            note(found)


@dataclass
class Quality:
    """Whether searches for names found a film of that very name: all, and by kind."""

    found: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    missed: list[str] = field(default_factory=list)

    def note(
        self, name: str, kinds: Sequence[str], asked: str, first: int, found: list[int]
    ) -> None:
        """What was asked for a film of this name, which should be among the first so many."""
        holds = not films_called(name).isdisjoint(found[:first])
        for kind in kinds:
            self.found[kind].append(holds)
        if not holds:
            self.missed.append(f"{kinds[0]}: {asked} ({name})")


class Searches:
    """All mixes over the same sample of names, asked by one way to find them."""

    def __init__(self, names: Sequence[str], find: Find, most: int | None = None) -> None:
        self.names = names
        self.dice = random.Random(SEED)  # noqa: S311 - the same searches each time
        self.exact, self.mistaken = Quality(), Quality()
        ordinary = {
            "exact": self.exactly(),
            "unfinished": plainly(typed.unfinished(name, self.dice) for name in names),
            "very common": plainly(typed.COMMON * 10),
            "hopeless": plainly(typed.HOPELESS * 10),
        }
        self.mixes = [Mix(name) for name in ordinary]
        for mix, searches in zip(self.mixes, ordinary.values(), strict=True):
            mix.measure(islice(searches, most), find)
        self.mixes.append(alike(self.mixes))
        for kind, searches in self.mistakenly().items():
            is_likely = kind == ANY_ERROR
            p95 = MOST_MISSPELT_P95_MS if is_likely else MOST_LAST_RESORT_P95_MS
            self.mixes.append(Mix(kind, None, p95))
            self.mixes[-1].measure(islice(searches, most), find)

    def exactly(self) -> Iterator[Search]:
        """A film of exactly that name has to be the first."""
        for name in self.names:
            yield name, partial(self.exact.note, name, [typed.length(name)], name, 1)

    def mistakenly(self) -> dict[str, Iterator[Search]]:
        """A film of exactly the name that was meant has to be among the first ten."""
        names, dice = self.names, self.dice
        some = names[: len(names) // 3]
        return {
            ANY_ERROR: self.with_one_error(),
            TWO_ERRORS: self.mistaken_as(TWO_ERRORS, some, mistakes.twice),
            MISSING: self.with_word_missing(),
            TOO_MANY: self.mistaken_as(
                TOO_MANY, some, lambda name, _: mistakes.word_too_many(name, names, dice)
            ),
            WRONG: self.mistaken_as(
                WRONG, names, lambda name, _: mistakes.word_wrong(name, names, dice)
            ),
        }

    def with_one_error(self) -> Iterator[Search]:
        for name in self.names:
            kind, asked = mistakes.anywhere(name, self.dice)
            if asked.strip():
                kinds = [ANY_ERROR, kind]
                yield asked, partial(self.mistaken.note, name, kinds, asked, AMONG)

    def with_word_missing(self) -> Iterator[Search]:
        for name in self.names:
            if asked := mistakes.word_missing(name, self.dice):
                kinds = [MISSING, TOLD] if count_rivals(asked, name) < AMONG else [MISSING]
                yield asked, partial(self.mistaken.note, name, kinds, asked, AMONG)

    def mistaken_as(
        self,
        kind: str,
        names: Sequence[str],
        mistake: Callable[[str, random.Random], str | None],
    ) -> Iterator[Search]:
        for name in names:
            if asked := mistake(name, self.dice):
                yield asked, partial(self.mistaken.note, name, [kind], asked, AMONG)


def main() -> None:
    import django

    django.setup()
    names = sample()
    ours = Searches(names, search)
    narrowed = [narrowly(name, by) for name, by in NARROWINGS.items()]
    parts = [times(ours.mixes + narrowed), qualities(ours.exact, ours.mistaken)]
    if "--plain" in sys.argv:
        plain = Searches(names, search_plainly, PLAIN_SEARCHES)
        parts.append(ratios("`name % query`", ours, plain))
    if "--tantivy" in sys.argv:
        with tantivy_index() as index:
            tell(f"search: tantivy, built in {index.seconds:.0f} s, {index.megabytes:.0f} MB")
            parts.append(ratios("tantivy", ours, Searches(names, index.find, TANTIVY_SEARCHES)))
            parts.append(f"Built in {index.seconds:.1f} s, {index.megabytes:.0f} MB.")
    if "--missed" in sys.argv:
        parts += ["\n".join(ours.exact.missed), "\n".join(ours.mistaken.missed)]
    sys.stdout.write("\n\n".join(parts) + "\n")


@cache
def films_called(name: str) -> frozenset[int]:
    """The films that have this very name."""
    from django.db import connection

    from movies.folding import key

    with connection.cursor() as cursor:
        cursor.execute(CALLED, [[key(name)]])
        return frozenset(movie_id for _, ids in cursor.fetchall() for movie_id in ids)


def count_rivals(asked: str, name: str) -> int:
    """How many other films, as well known, have all these words in a title; up to AMONG."""
    from django.db import connection

    from movies.folding import key, words

    rivals: dict[str, Any] = {
        "words": words(asked),
        "meant": list(films_called(name)),
        "key": key(name),
        "most": AMONG,
    }
    with connection.cursor() as cursor:
        cursor.execute(RIVALS, rivals)
        return int(cursor.fetchone()[0])


def search(name: str, **narrowed: Any) -> list[int]:
    from movies.models import Lens
    from movies.search import search

    return [match.film.movie.id for match in search(name, by=Lens.HOME, **narrowed)]


def search_plainly(name: str) -> list[int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [name, name])
        return [movie_id for (movie_id,) in cursor.fetchall()]


def sample() -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        # Several processes would draw in another order each time, and so would one that joins
        # another's reading of the table.
        cursor.execute("SET max_parallel_workers_per_gather TO 0")
        cursor.execute("SET synchronize_seqscans TO off")
        cursor.execute("SELECT setseed(0.4)")
        cursor.execute(SAMPLE, [SEARCHES])
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute("RESET max_parallel_workers_per_gather")
        cursor.execute("RESET synchronize_seqscans")
    return names


def plainly(names: Iterator[str] | Sequence[str]) -> Iterator[Search]:
    """Whatever they find."""
    return ((name.strip(), lambda _: None) for name in names)


def narrowly(name: str, narrowings: Sequence[dict[str, Any]]) -> Mix:
    """Common words and such as no film has, each narrowed in each of these ways."""
    mix = Mix(name, None, MOST_NARROWED_P95_MS)
    for narrowed in narrowings:
        mix.measure(plainly(typed.NARROWED * 2), partial(search, **narrowed))
    return mix


@contextmanager
def statements() -> Iterator[list[float]]:
    """The milliseconds of each statement in the block, with its way there and back."""
    from django.db import connection

    spent: list[float] = []

    def run(execute: Callable[..., object], *arguments: object) -> object:
        begun = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent.append(1000 * (time.perf_counter() - begun))

    with connection.execute_wrapper(run):
        yield spent


def alike(mixes: Sequence[Mix]) -> Mix:
    """A mix of them all, each kind as often as the others."""
    least = min(len(mix.total) for mix in mixes)
    dice = random.Random(SEED)  # noqa: S311
    whole = Mix("these four alike")
    for mix in mixes:
        for place in dice.sample(range(len(mix.total)), least):
            whole.database.append(mix.database[place])
            whole.total.append(mix.total[place])
    return whole


def times(mixes: Sequence[Mix]) -> str:
    header = ["names", "searches", "database p50", "p95", "longest", "in all p50", "p95"]
    return table(header, [times_of(mix) for mix in mixes])


def times_of(mix: Mix) -> list[str]:
    (p50, p95), (all_p50, all_p95) = percentiles(mix.database), percentiles(mix.total)
    return [
        mix.name,
        f"{len(mix.total):,}",
        against(p50, "ms", most=mix.most_p50),
        against(p95, "ms", most=mix.most_p95),
        f"{max(mix.database):.0f} ms",
        f"{all_p50:.1f} ms",
        f"{all_p95:.1f} ms",
    ]


def percentiles(milliseconds: Sequence[float]) -> tuple[float, float]:
    """The median, and what 95 of 100 stay below."""
    cuts = quantiles(milliseconds, n=100, method="inclusive")
    return cuts[49], cuts[94]


def qualities(exact: Quality, mistaken: Quality) -> str:
    every = [holds for length in exact.found.values() for holds in length]
    rows = [
        ["typed exactly: first", against(percent(every), "%", least=LEAST_EXACT), len_of(every)]
    ]
    rows += [
        [
            f"typed exactly, {length}: first",
            share(exact.found[length]),
            len_of(exact.found[length]),
        ]
        for length in typed.LENGTHS
    ]
    kinds = [ANY_ERROR, *mistakes.ONE_ERROR, TWO_ERRORS, MISSING, TOLD, TOO_MANY, WRONG]
    rows += [
        [
            f"{kind}: among the first {AMONG}",
            against(percent(mistaken.found[kind]), "%", least=LEAST_FOUND.get(kind)),
            len_of(mistaken.found[kind]),
        ]
        for kind in kinds
        if mistaken.found[kind]
    ]
    return table(["what is typed", "found", "of"], rows)


def percent(holds: Sequence[bool]) -> float:
    return 100 * fmean(holds)


def len_of(holds: Sequence[bool]) -> str:
    return f"{len(holds):,}"


def share(holds: Sequence[bool]) -> str:
    return f"{percent(holds):.1f} %" if holds else ""


def ratios(way: str, ours: Searches, others: Searches) -> str:
    """Beside another way to find them: whole searches, and how many of a hundred it finds."""
    header = ["names", f"{way} p50", "p95", "as long as ours (p50)", "(p95)", "found"]
    exact = [holds for length in others.exact.found.values() for holds in length]
    shares = {
        kind: percent(holds) for kind, holds in {**others.mistaken.found, "exact": exact}.items()
    }
    rows = []
    for our, other in zip(ours.mixes, others.mixes, strict=True):
        (our_p50, our_p95), (p50, p95) = percentiles(our.total), percentiles(other.total)
        found = f"{shares[our.name]:.0f} %" if our.name in shares else ""
        times = [
            f"{p50:.1f} ms",
            f"{p95:.1f} ms",
            f"× {p50 / our_p50:.2g}",
            f"× {p95 / our_p95:.2g}",
        ]
        rows.append([our.name, *times, found])
    return table(header, rows)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    main()
