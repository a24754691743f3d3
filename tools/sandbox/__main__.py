"""The command line: `python -m tools.sandbox --port 8081`, until SIGINT or SIGTERM."""

import argparse
import signal
import sys
from pathlib import Path

from tools.sandbox.faults import Faults
from tools.sandbox.ghibli import own_ghibli, read_ghibli
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import PayloadFile, Source, own_catalogue
from tools.sandbox.synthetic import Synthetic

ENDING = {signal.SIGINT, signal.SIGTERM}


def main() -> int:
    options = _options()
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        faults = Faults(options.faults, options.seed)
        with _sandbox(options, _source(options), faults) as sandbox:
            sys.stdout.write(f"sandbox listening on {sandbox.url} ({sandbox.source.name})\n")
            sys.stdout.flush()
            signal.sigwait(ENDING)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"sandbox: {error}\n")
        return 2
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=_port, default=8081, help="0 for any free one")
    films = parser.add_mutually_exclusive_group()
    films.add_argument(
        "--movies", type=Path, metavar="FILE.ndjson.gz", help="payloads, one a line"
    )
    parser.add_argument(
        "--pictures",
        action="store_true",
        help="its own films have posters and backdrops, drawn by it at /t/p/",
    )
    films.add_argument("--synthetic", type=_natural, metavar="N", help="N made-up films")
    parser.add_argument(
        "--ghibli",
        type=Path,
        metavar="FOLDER",
        help="with ghibli-films.json and ghibli-people.json, answers of the Studio Ghibli API",
    )
    parser.add_argument("--rate", type=_natural, default=0, help="requests a second; 0: any")
    parser.add_argument("--bytes-per-second", type=_natural, default=0, help="of the files")
    parser.add_argument("--faults", default="", metavar="NAME=SHARE,…")
    parser.add_argument("--seed", type=int, default=0, help="of the faults")
    return parser.parse_args()


def _natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is below 0")
    return number


def _port(text: str) -> int:
    if (number := _natural(text)) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is above 65535")
    return number


def _source(options: argparse.Namespace) -> Source:
    if options.movies is not None:
        return PayloadFile(options.movies)
    if options.synthetic is not None:
        return Synthetic(options.synthetic)
    return own_catalogue(with_pictures=options.pictures)


def _sandbox(options: argparse.Namespace, source: Source, faults: Faults) -> Sandbox:
    return Sandbox(
        source,
        host=options.host,
        port=options.port,
        rate=options.rate,
        bytes_per_second=options.bytes_per_second,
        faults=faults,
        ghibli=read_ghibli(options.ghibli) if options.ghibli else own_ghibli(),
    )


if __name__ == "__main__":
    sys.exit(main())
