"""A file of made-up payloads, for where there is none of TMDB's."""

import gzip
from pathlib import Path

import msgspec

from tools.sandbox.synthetic import Synthetic


def write_payloads(folder: Path, films: int, *, is_whole: bool = True) -> Path:
    """Write so many made-up films, with all of their parts or none, and IMDb's ratings of them
    beside; the films' file."""
    world = Synthetic(films)
    payload = world.whole if is_whole else world.payload
    path = folder / "films.ndjson.gz"
    with gzip.open(path, "wb", compresslevel=1) as packed:
        packed.writelines(msgspec.json.encode(payload(number)) + b"\n" for number in world.ids())
    with gzip.open(folder / "imdb-title-ratings.tsv.gz", "wb") as packed:
        packed.writelines(world.imdb_lines())
    return path
