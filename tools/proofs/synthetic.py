"""A file of payloads to prove something with, for where there is none of TMDB's."""

import gzip
from pathlib import Path

import msgspec

from tools.sandbox.synthetic import Synthetic


def write_payloads(folder: Path, films: int) -> Path:
    """Write so many made-up films, and IMDb's ratings of them beside; the films' file."""
    world = Synthetic(films)
    path = folder / "films.ndjson.gz"
    with gzip.open(path, "wb") as packed:
        packed.writelines(
            msgspec.json.encode(world.whole(number)) + b"\n" for number in world.ids()
        )
    with gzip.open(folder / "imdb-title-ratings.tsv.gz", "wb") as packed:
        packed.writelines(world.imdb_lines())
    return path
