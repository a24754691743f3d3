"""Makes checked and typed rows of the records of a table. Pure."""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

import msgspec

from movies.imdb_ids import normalise_imdb_id
from movies.watched.columns import Columns, find_columns
from movies.watched.errors import FileUnreadable, UploadRefused
from movies.watched.fields import (
    is_span_of_years,
    names_episode,
    parse_day,
    parse_imdb_id,
    parse_number,
    parse_rating,
    parse_seen,
    parse_state,
    parse_year,
    split_year,
)
from movies.watched.files import NamedFile
from movies.watched.records import LineBudget, Record, read_records, split_quoted_whole
from movies.watched.sources import Source
from movies.watched.title_types import is_film

# In all files of an upload.
MOST_ROWS = 100_000
# A list that Letterboxd exports has its own name and description above the header.
HEADER_WITHIN_ROWS = 10
# In characters, of a field that is in the answer: longer than any title.
LONGEST_FIELD = 300
# In characters, of what a file begins with where that is no header.
SHOWN_LENGTH = 80
# Within which an address of Letterboxd's tells that the file is one of theirs.
ADDRESS_WITHIN_BYTES = 4_000
LETTERBOXD_ADDRESSES = (b"boxd.it/", b"letterboxd.com/")

Parser = Callable[[int, Sequence[str]], "Row"]


class Row(msgspec.Struct, gc=False):
    """A row by its number in the file; `imdb_id` of IMDb's, `uri` of Letterboxd's."""

    number: int
    title: str | None
    year: int | None
    # On IMDb's scale of 1 to 10.
    personal_rating: float | None = None
    imdb_id: str | None = None
    title_type: str = ""
    uri: str = ""
    # Whether it says which film it is.
    is_valid: bool = True
    tmdb_id: int | None = None
    # None where it is the title.
    original_title: str | None = None
    # Minutes.
    runtime: int | None = None
    # Days, as ISO 8601 has them.
    rated_on: str | None = None
    watched_on: str | None = None
    # What the row itself says of that, whatever its file is.
    is_seen: bool | None = None
    # None where nothing tells.
    is_film: bool | None = None


class Export(msgspec.Struct):
    """A file with its rows, in their order."""

    file: str
    source: Source
    rows: list[Row]
    is_diary: bool = False
    # How many there were before they were taken.
    row_count: int = 0
    # Of nothing but delimiters; not among the rows.
    blank_rows: int = 0
    # Ratings and days that are none.
    odd_values: int = 0

    def __post_init__(self) -> None:
        self.row_count = len(self.rows)


def read_table(file: NamedFile, budget: LineBudget, most_rows: int) -> Export:
    """A CSV file's rows. Raises FileUnreadable for one that is no export, UploadRefused for too
    many rows."""
    records = read_records(file, budget)
    return read_records_as(file, _read_header(file, records), records, most_rows)


def read_records_as(
    file: NamedFile, columns: Columns, records: Iterator[Record], most_rows: int
) -> Export:
    """The rows of the records of a file whose columns are known."""
    odd = OddValues()
    parse = _parser(columns, odd)
    blank = BlankRows()
    filled = islice(blank.left_out(records), most_rows + 1)
    parse_record = partial(_parse_alone if columns.is_alone else _parse_whole, parse)
    rows = [parse_record(number, fields) for number, fields in filled]
    if len(rows) > most_rows:
        raise too_many_rows(file.name, rows[-1].number)
    source = _source(columns, rows)
    return Export(
        file.name,
        source,
        rows,
        columns.is_diary,
        blank_rows=blank.count,
        odd_values=odd.count,
    )


def too_many_rows(file_name: str, row: int) -> UploadRefused:
    reason = f"the upload has more than {MOST_ROWS:,} rows, which is the most that is taken."
    return UploadRefused(reason, file=file_name, row=row)


def _read_header(file: NamedFile, records: Iterator[Record]) -> Columns:
    """The export's columns; the records up to the header are taken from the iterator."""
    beginning = file.content[:ADDRESS_WITHIN_BYTES].replace(b"\0", b"")
    has_address = any(address in beginning for address in LETTERBOXD_ADDRESSES)
    first: list[str] = []
    for _, fields in islice(records, HEADER_WITHIN_ROWS):
        first = first or [field.strip() for field in fields if field.strip()]
        for header in (fields, split_quoted_whole(fields)):
            if columns := find_columns(header, file.name, has_letterboxd_address=has_address):
                return columns
    raise FileUnreadable(
        "there is no header of an IMDb export (Const, Title, …), "
        "of a Letterboxd one (Date, Name, Year, …), or of another table with the films' ids or "
        f"titles (Title, Year).{_beginning(first)}",
        file=file.name,
        row=1,
    )


def _beginning(fields: Sequence[str]) -> str:
    """How the file begins, for who has to find what is wrong with it."""
    shown = ", ".join(fields)
    if not shown.isprintable():
        return ""
    cut = f"{shown[:SHOWN_LENGTH]}…" if len(shown) > SHOWN_LENGTH else shown
    return f" It begins with “{cut}”." if cut else ""


class OddValues:
    """Ratings and days of rows that are none: what they are of is read without them."""

    NAMES = frozenset({"personal_rating", "rated_on", "watched_on"})
    # A film that is not rated, as some files have it.
    UNRATED = frozenset({"0", "0.0", "-", "–", "N/A", "null", "None"})

    def __init__(self) -> None:
        self.count = 0

    def is_odd(self, name: str, text: str) -> bool:
        if name == "watched_on" and parse_seen(text) is not None:
            return False  # whether, and not when
        return name in self.NAMES and text not in self.UNRATED


class BlankRows:
    """A row of nothing but delimiters is a blank line: it is counted, other ones are not."""

    def __init__(self) -> None:
        self.count = 0

    def left_out(self, records: Iterator[Record]) -> Iterator[Record]:
        for number, fields in records:
            if any(map(str.strip, fields)):
                yield number, fields
            else:
                self.count += len(fields) > 1


def _source(columns: Columns, rows: Sequence[Row]) -> Source:
    """In ratings every film is rated, or nearly; in a list the most are not."""
    unrated = sum(row.personal_rating is None for row in rows)
    if columns.unrated_source and 2 * unrated > len(rows):
        return columns.unrated_source
    return columns.source


def _parse_whole(parse: Parser, number: int, fields: list[str]) -> Row:
    """The row, taken apart first where it stands in one field as a whole."""
    if len(fields) == 1:
        return parse(number, split_quoted_whole(fields))
    row = parse(number, fields)
    return row if row.is_valid else parse(number, split_quoted_whole(fields))


def _parse_alone(parse: Parser, number: int, fields: list[str]) -> Row:
    """The row of a table of one column: what looks like several is one title with commas."""
    return parse(number, [",".join(fields).rstrip(", ")])


def _parser(columns: Columns, odd: OddValues) -> Parser:
    """What makes a row of a record: of the columns that the file has each by itself, since there
    may be 100,000 rows."""
    is_imdb = columns.source.site == "imdb"
    fields = [
        (name, index, parse)
        for name, index, parse in _field_parsers(columns, is_imdb=is_imdb)
        if index is not None
    ]
    is_table = columns.source.site == "table"
    has_types = columns.title_type is not None

    def parse_row(number: int, record: Sequence[str]) -> Row:
        row = Row(number, None, None)
        length = len(record)
        odd_values = 0
        for name, index, parse in fields:
            if index < length and (text := record[index].strip()):
                value = parse(text)
                if value is not None:
                    setattr(row, name, value)
                odd_values += value is None and odd.is_odd(name, text)
        if is_table:
            _take_year_of_title(row)
        _settle(row)
        if row.is_film is None and has_types:
            row.is_film = _is_film(columns, record, row)
        # IMDb's rows are by id: a row without one is none.
        row.is_valid = row.imdb_id is not None or (not is_imdb and _is_valid(columns, record, row))
        odd.count += odd_values * row.is_valid
        return row

    return parse_row


def _field_parsers(
    columns: Columns, *, is_imdb: bool
) -> list[tuple[str, int | None, Callable[[str], Any]]]:
    """The fields of a row, each with its column and what reads a text that is not empty."""
    return [
        ("title", columns.title, _shown),
        ("year", columns.year, parse_year),
        ("personal_rating", columns.rating, partial(parse_rating, stars=columns.has_stars)),
        ("imdb_id", columns.imdb_id, normalise_imdb_id if is_imdb else parse_imdb_id),
        ("tmdb_id", columns.tmdb_id, parse_number),
        # One and the same for all rows of that type.
        ("title_type", columns.title_type, lambda text: sys.intern(_shown(text))),
        ("uri", columns.uri, str),
        ("original_title", columns.original_title, _shown),
        ("runtime", columns.runtime, parse_number),
        ("rated_on", columns.rated_on, parse_day),
        ("watched_on", columns.watched_on, parse_day),
        ("is_seen", columns.status, parse_state),
        ("is_seen", columns.seen, parse_seen),
        ("is_film", columns.part_of_series, lambda text: False),
    ]


def _settle(row: Row) -> None:
    """What one of its fields says of another."""
    if row.original_title == row.title:
        row.original_title = None
    if row.watched_on:
        row.is_seen = True


def _take_year_of_title(row: Row) -> None:
    """`Heat (1995)`, as MovieLens and many a list has it."""
    if row.title and row.year is None and (found := split_year(row.title)):
        row.title, row.year = found


def _shown(text: str) -> str:
    return text[:LONGEST_FIELD]


def _is_valid(columns: Columns, record: Sequence[str], row: Row) -> bool:
    """Whether it has either id, or a name and a year."""
    if columns.id_source is not None and _field(record, columns.id_source).casefold() != "tmdb":
        row.tmdb_id = None  # another site's
    # Letterboxd leaves the year out for a film that has no date yet.
    is_named = row.title is not None and (row.year is not None or not _field(record, columns.year))
    return is_named or row.tmdb_id is not None


def _is_film(columns: Columns, record: Sequence[str], row: Row) -> bool | None:
    """By the type's word; where that is unknown, not if the row has the marks of a series: a span
    of years, an episode's title, or nobody who directed it."""
    by_type = is_film(row.title_type) if row.title_type else None
    if by_type is not None:
        return by_type
    is_undirected = (
        row.title_type != ""
        and columns.directors is not None
        and not _field(record, columns.directors)
    )
    is_episode = row.title is not None and names_episode(row.title)
    is_series = is_undirected or is_episode or is_span_of_years(_field(record, columns.year))
    return False if is_series else None


def _field(record: Sequence[str], index: int | None) -> str:
    """Trimmed; empty in a row that is too short, and where the file has no such column."""
    return record[index].strip() if index is not None and index < len(record) else ""
