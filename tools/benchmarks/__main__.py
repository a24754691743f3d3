"""The command line: `script/bench [NAME|all] [--films N]`, the names as in BENCHMARKS,
`script/bench http --catalogue URL` or `script/bench soak [--minutes N] [--rate N]`.

The figures come as Markdown on stdout. Each benchmark works in a database of its own, which is
gone at the end, beside the one that DATABASE_URL names (or the embedded server's); the films are
the sandbox's made-up ones.
"""

import argparse
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial

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
    proxies,
    ranking,
    search,
    soak,
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
    "proxies": proxies,
}
# The share of the cores that others may use.
BUSY = 0.3


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, _end)
    try:
        _write(f"Measured on {description()}, PostgreSQL {server_version()}.")
        if load() > BUSY:
            tell(f"the cores are {load():.0%} busy already: the figures will be the worse for it")
        for report in _reports(options):
            _write(report())
    except BenchmarkFailed as error:
        sys.stderr.write(f"bench: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _reports(options: argparse.Namespace) -> Iterator[Callable[[], str]]:
    """What is to be measured; the soak, which takes an hour, only by its name."""
    if options.benchmark == "soak":
        films = options.films or soak.FILMS
        yield partial(soak.report, films, options.minutes, options.rate)
        return
    if options.catalogue:
        yield partial(http.report, http.FILMS, options.catalogue)
        return
    for name in BENCHMARKS if options.benchmark == "all" else [options.benchmark]:
        benchmark = BENCHMARKS[name]
        yield partial(benchmark.report, options.films or benchmark.FILMS)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument(
        "benchmark", nargs="?", choices=[*BENCHMARKS, "soak", "all"], default="all"
    )
    parser.add_argument(
        "--films",
        type=_at_least_100,
        metavar="N",
        help="this many instead of "
        + ", ".join(f"{benchmark.FILMS:,} ({name})" for name, benchmark in BENCHMARKS.items()),
    )
    parser.add_argument(
        "--catalogue",
        metavar="URL",
        help="a database with a ranked catalogue, to be read instead of one of its own (http)",
    )
    parser.add_argument("--minutes", type=float, default=soak.MINUTES, help="of the soak")
    parser.add_argument("--rate", type=float, default=soak.RATE, help="its requests a second")
    options = parser.parse_args()
    if options.catalogue and options.benchmark != "http":
        parser.error("--catalogue is for http alone")
    return options


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
