"""Reads the lines of the files that are downloaded: TMDB's export of ids, IMDb's ratings. Pure."""

import re
from collections.abc import Callable
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from importer.tmdb.parse import UNREADABLE, MovieId, VoteCount
from movies import imdb_ids

LIKELY_ID = re.compile(rb'"id":\s*"?(\d{1,9})\b')
# The header, and how IMDb writes what it does not know.
IMDB_HEADER = "tconst\taverageRating\tnumVotes"
IMDB_NULL = "\\N"


class ExportLine(msgspec.Struct):
    """One line of the daily export."""

    id: MovieId
    popularity: float
    adult: bool = False
    video: bool = False


class BrokenLine(msgspec.Struct):
    """A line that is not what it should be; numbered from 1."""

    number: int
    message: str
    line: bytes
    # The film that it is about, where even that can be read.
    movie_id: int | None


class ImdbLine(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """One line of title.ratings.tsv."""

    imdb_id: Annotated[str, Meta(pattern=rf"^{imdb_ids.PATTERN}\Z")]
    rating: Annotated[float, Meta(ge=1, le=10)]
    votes: VoteCount


T = TypeVar("T")

export_line = msgspec.json.Decoder(ExportLine)


def parse_export(block: bytes, first_number: int) -> tuple[list[ExportLine], list[BrokenLine]]:
    """The records of whole lines of the export, and the lines that are none.

    `first_number` is the number of the first line, counted from 1.
    """
    try:
        return export_line.decode_lines(block), []
    except UNREADABLE:
        # Line by line only where one of them is broken: it takes four times as long.
        return one_by_one(block, first_number, lambda line: [export_line.decode(line)])


def parse_imdb(block: bytes, first_number: int) -> tuple[list[ImdbLine], list[BrokenLine]]:
    """The same for IMDb's file; its header, and titles without a rating, are neither."""
    try:
        return imdb_lines(block), []
    except UNREADABLE:
        return one_by_one(block, first_number, imdb_lines)


def imdb_lines(block: bytes) -> list[ImdbLine]:
    rows = [
        line.split("\t")
        for line in block.decode("ascii").split("\n")
        if line and line != IMDB_HEADER and IMDB_NULL not in line
    ]
    return msgspec.convert(rows, list[ImdbLine], strict=False)


def one_by_one(
    block: bytes, first_number: int, read: Callable[[bytes], list[T]]
) -> tuple[list[T], list[BrokenLine]]:
    """What `read` makes of each line, and the lines that it refuses."""
    found: list[T] = []
    broken: list[BrokenLine] = []
    for number, line in enumerate(block.split(b"\n"), first_number):
        if not line.strip():
            continue
        try:
            found += read(line)
        except UNREADABLE as error:
            broken.append(BrokenLine(number, f"line {number}: {error}", line, likely_id(line)))
    return found, broken


def likely_id(line: bytes) -> int | None:
    """The film's number in a line of the export that cannot be read as a whole."""
    match = LIKELY_ID.search(line)
    return int(match.group(1)) if match else None
