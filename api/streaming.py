"""Writes the answer to an upload as JSON in pieces: as a whole it can be larger than all else
that an upload takes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from movies.watched.summary import Watched

# The last fields of the answer, with an item for every row.
LISTS = ("matched", "unmatched", "duplicates")
ITEMS_IN_A_PIECE = 500


def stream_json(watched: Watched) -> Iterator[bytes]:
    """What msgspec.json.encode would make of it at once."""
    fields = msgspec.structs.asdict(watched)
    lists = {name: fields.pop(name) for name in LISTS}
    # Here and not in the generator: what fails there does so when 200 has been said.
    return _pieces(msgspec.json.encode(fields), lists)


def _pieces(head: bytes, lists: Mapping[str, Sequence[Any]]) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    yield head.removesuffix(b"}")
    for name, items in lists.items():
        yield f',"{name}":['.encode()
        for start in range(0, len(items), ITEMS_IN_A_PIECE):
            separator = b"," if start else b""
            yield separator + encoder.encode(items[start : start + ITEMS_IN_A_PIECE])[1:-1]
        yield b"]"
    yield b"}"
