"""The command line of the proofs: `script/prove stored|lenses|kills|faults FILE.ndjson.gz`,
`script/prove attacks|machines`, or `script/prove all`.

Says what was proven and ends with 0, or lists what is wrong and ends with 1; 2 when there is
nothing to prove it with.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tools.postgres import EmbeddedPostgresError, database_url
from tools.proofs import attacks, faults, kills, lenses, machines, restarts, stored, workers
from tools.proofs.outcome import ImportBroken, say
from tools.proofs.payloads import NotPayloads, read_ratings, read_world
from tools.sandbox.payload_file import write_payloads

SIGNALS = {"KILL": signal.SIGKILL, "TERM": signal.SIGTERM, "INT": signal.SIGINT}
# What breaks one film breaks thousands at times.
SHOWN = 200
# A third of a megabyte of export takes some seconds at this rate.
BYTES_PER_SECOND = 60_000
# Every fault that the sandbox has; those that pause the whole import are rare, and of the others
# each group strikes some twentieth of the films.
FAULTS = (
    "all=0.05,429=0.002,429-retry-after=0.002,429-absurd=0.002,parts=0.002,odd=0.005,"
    "discover-422=0.02,discover-500=0.05,discover-not-json=0.02,discover-page-1=0.05"
)


def main() -> int:
    options = parse_options()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that everything is tidied up
    begun = time.monotonic()
    wrong = 0
    try:
        for problem in options.proof(options):
            wrong += 1
            if wrong <= SHOWN:
                say(f"WRONG: {problem}")
    except (NotPayloads, ImportBroken, EmbeddedPostgresError, OSError, psycopg.Error) as error:
        say(f"cannot prove anything: {error}")
        return 2
    except KeyboardInterrupt:
        say("stopped")
        return 130
    except subprocess.CalledProcessError as error:
        say(f"cannot prove anything: {error.cmd} failed")
        return 2
    outcome = "proven"
    if wrong:
        unseen = f", {wrong - SHOWN:,} of them not shown" if wrong > SHOWN else ""
        outcome = f"{wrong:,} differences{unseen}"
    say(f"{options.name}: {outcome}, in {time.monotonic() - begun:.0f} s")
    return 1 if wrong else 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/prove", description=__doc__)
    proofs = parser.add_subparsers(dest="name", required=True)

    def add(name: str, proof: object, summary: str) -> argparse.ArgumentParser:
        added = proofs.add_parser(name, help=summary, description=summary)
        added.add_argument("file", type=Path, metavar="FILE.ndjson.gz", help="TMDB's payloads")
        added.set_defaults(proof=proof)
        return added

    storing = add("stored", prove_stored, "DATABASE_URL holds what the file says, film by film")
    storing.add_argument("--imdb", type=Path, metavar="FILE.tsv.gz", help="IMDb's ratings, too")
    reading = add("lenses", prove_lenses, "the lists of thirty countries by two lenses, to read")
    reading.add_argument("--imdb", type=Path, metavar="FILE.tsv.gz", help="IMDb's ratings, too")
    reading.add_argument(
        "--details",
        type=Path,
        nargs="*",
        default=[],
        metavar="FILE.ndjson.gz",
        help="payloads that have the films' companies, where FILE has not",
    )
    killing = add("kills", prove_kills, "an import that is killed again and again loses nothing")
    killing.add_argument("--times", type=natural, help="how often (22; 11 with --workers)")
    killing.add_argument("--seed", type=int, default=1, help="of the moments")
    killing.add_argument("--bytes-per-second", type=natural, default=BYTES_PER_SECOND)
    how = killing.add_mutually_exclusive_group()
    how.add_argument("--signal", choices=SIGNALS, default="KILL", help="instead of KILL")
    how.add_argument(
        "--postgres", action="store_true", help="restart a PostgreSQL of its own instead"
    )
    killing.add_argument(
        "--workers", action="store_true", help="disturb two workers instead of one command"
    )
    failing = add("faults", prove_faults, "an import from a TMDB that fails ends well")
    failing.add_argument("--faults", default=FAULTS, help=f"of the sandbox ({FAULTS})")
    failing.add_argument("--seed", type=int, default=1, help="of the faults")
    attacking = proofs.add_parser("attacks", help=attacks.__doc__, description=attacks.__doc__)
    attacking.set_defaults(proof=prove_attacks)
    killing_parts = proofs.add_parser(
        "machines", help=machines.__doc__, description=machines.__doc__
    )
    killing_parts.add_argument("--films", type=natural, default=3_000, help="how many (3000)")
    killing_parts.add_argument(
        "--only", nargs="*", default=[], metavar="NAME", help="these parts of the table"
    )
    killing_parts.set_defaults(proof=prove_machines)
    proving_all = proofs.add_parser("all", help=prove_all.__doc__, description=prove_all.__doc__)
    proving_all.add_argument("--films", type=natural, default=2_000, help="how many (2000)")
    proving_all.set_defaults(proof=prove_all)
    return parser.parse_args()


def natural(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("has to be 1 or more")
    return number


def prove_stored(options: argparse.Namespace) -> Iterator[str]:
    world = read_world(options.file)
    with psycopg.connect(database_url()) as connection:
        yield from map(str, stored.differences(connection, world))
        say(f"compared {len(world.films):,} films")
        if options.imdb:
            ratings = read_ratings(options.imdb)
            yield from map(str, stored.ratings(connection, ratings))
            say(f"compared {len(ratings):,} ratings of IMDb's")


def prove_lenses(options: argparse.Namespace) -> Iterator[str]:
    imdb = read_ratings(options.imdb) if options.imdb else {}
    return lenses.prove(options.file, imdb, options.details)


def prove_kills(options: argparse.Namespace) -> Iterator[str]:
    times = options.times or (11 if options.workers else 22)
    how = {"seed": options.seed, "times": times, "rate": options.bytes_per_second}
    if options.postgres:
        disturb = workers.prove_restarts if options.workers else restarts.prove
        return disturb(options.file, **how)
    if options.workers:
        return workers.prove_kills(database_url(), options.file, **how)
    by = SIGNALS[options.signal]
    return kills.prove(database_url(), options.file, by=by, **how)


def prove_faults(options: argparse.Namespace) -> Iterator[str]:
    return faults.prove(database_url(), options.file, spec=options.faults, seed=options.seed)


def prove_attacks(options: argparse.Namespace) -> Iterator[str]:
    return attacks.prove(database_url())


def prove_machines(options: argparse.Namespace) -> Iterator[str]:
    return machines.prove(options.films, options.only)


def prove_all(options: argparse.Namespace) -> Iterator[str]:
    """kills, restarts of PostgreSQL, both of two workers, and faults, on made-up films"""
    server = database_url()
    disturbed = {"seed": 1, "rate": BYTES_PER_SECOND}
    with tempfile.TemporaryDirectory(prefix="proof-") as folder:
        path = write_payloads(Path(folder), options.films)
        say("# kills")
        yield from kills.prove(server, path, by=signal.SIGKILL, times=22, **disturbed)
        say("# restarts of PostgreSQL")
        yield from restarts.prove(path, times=11, **disturbed)
        say("# kills of the one of two workers that is at work")
        yield from workers.prove_kills(server, path, times=11, **disturbed)
        say("# restarts of PostgreSQL under two workers")
        yield from workers.prove_restarts(path, times=11, **disturbed)
        say("# faults")
        yield from faults.prove(server, path, spec=FAULTS, seed=1)


if __name__ == "__main__":
    sys.exit(main())
