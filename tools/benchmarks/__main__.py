"""The command line: `script/bench [NAME|all] [--films N]`, the names as in BENCHMARKS.

The figures come as Markdown on stdout. Each benchmark works in a database of its own, which is
gone at the end, beside the one that DATABASE_URL names (or the embedded server's); the films are
the sandbox's made-up ones.
"""

import argparse
import signal
import sys

from tools.benchmarks import (
    admin,
    best,
    ghibli,
    http,
    ids,
    imdb,
    minutes,
    movies,
    pages,
    ranking,
    search,
    watched,
)
from tools.benchmarks.database import server_version
from tools.benchmarks.machine import BenchmarkFailed, description, load
from tools.benchmarks.report import tell

BENCHMARKS = {
    "ids": ids,
    "minutes": minutes,
    "movies": movies,
    "imdb": imdb,
    "ranking": ranking,
    "search": search,
    "admin": admin,
    "best": best,
    "watched": watched,
    "ghibli": ghibli,
    "http": http,
    "pages": pages,
}
# The share of the cores that others may use.
BUSY = 0.3


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, _end)
    names = list(BENCHMARKS) if options.benchmark == "all" else [options.benchmark]
    try:
        _write(f"Measured on {description()}, PostgreSQL {server_version()}.")
        if load() > BUSY:
            tell(f"the cores are {load():.0%} busy already: the figures will be the worse for it")
        for name in names:
            benchmark = BENCHMARKS[name]
            _write(benchmark.report(options.films or benchmark.FILMS))
    except BenchmarkFailed as error:
        sys.stderr.write(f"bench: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("benchmark", nargs="?", choices=[*BENCHMARKS, "all"], default="all")
    parser.add_argument(
        "--films",
        type=_at_least_100,
        metavar="N",
        help="this many instead of "
        + ", ".join(f"{benchmark.FILMS:,} ({name})" for name, benchmark in BENCHMARKS.items()),
    )
    return parser.parse_args()


def _at_least_100(text: str) -> int:
    number = int(text)
    if number < 100:
        raise argparse.ArgumentTypeError(f"{number} films are too few to measure anything")
    return number


def _end(number: int, frame: object) -> None:
    """End by way of the `finally`s, which drop the database and end what was started."""
    raise KeyboardInterrupt


def _write(text: str) -> None:
    sys.stdout.write(text + "\n\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
