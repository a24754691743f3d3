"""The command line: `script/screenshots FOLDER [STATE …]` takes pictures of the site in all states
that `states.py` names, and lays them out on sheets."""

import argparse
import signal
import sys
from pathlib import Path

from tools.benchmarks.report import tell
from tools.screenshots.contact_sheets import write_sheets
from tools.screenshots.gallery import LOOKS, SIZES, Chosen, take
from tools.screenshots.pictured_site import PicturedSite, pictured_site
from tools.screenshots.states import STATES


def main() -> int:
    options = parse_options()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that everything is tidied up
    options.folder.mkdir(parents=True, exist_ok=True)
    chosen = Chosen(
        options.folder,
        tuple(options.state),
        tuple(options.sizes),
        tuple(options.looks),
        options.whole,
        options.seconds,
    )
    try:
        if options.site:
            write(PicturedSite(*options.site), chosen)
        else:
            with pictured_site(options.movies) as site:
                write(site, chosen)
    except KeyboardInterrupt:
        return 130
    return 0


def write(site: PicturedSite, chosen: Chosen) -> None:
    pictures = list(take(site, chosen))
    sheets = list(write_sheets(pictures, chosen.folder))
    tell(f"{len(pictures)} pictures and {len(sheets)} sheets are in {chosen.folder}")


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    names = [state.name for state in STATES]
    parser.add_argument("state", nargs="*", help="all, or some of: " + ", ".join(names))
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--looks", nargs="+", choices=LOOKS, default=["light", "dark"])
    parser.add_argument("--whole", action="store_true", help="pages down to their end")
    parser.add_argument(
        "--movies", type=Path, metavar="FILE.ndjson.gz", help="payloads, one a line"
    )
    parser.add_argument(
        "--site",
        nargs=2,
        metavar="URL",
        help="one that runs, and one whose database is away, instead of two of its own",
    )
    parser.add_argument(
        "--seconds", type=float, default=1_200, help="at the most, for all of them"
    )
    options = parser.parse_args()
    if unknown := set(options.state) - set(names):
        parser.error(f"there is no state {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    sys.exit(main())
