"""Makes checked and typed rows of the records of an export. Pure."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import msgspec

from movies.imdb_ids import normalise_imdb_id
from movies.watched.columns import Columns, Source, find_columns
from movies.watched.errors import UploadRefused
from movies.watched.files import NamedFile
from movies.watched.records import LineBudget, Record, read_records

# In all files of an upload.
MOST_ROWS = 100_000
# A list that Letterboxd exports has its own name and description above the header.
HEADER_WITHIN_ROWS = 10
# In characters, of a field that is in the answer: longer than any title.
LONGEST_FIELD = 300

YEAR = re.compile(r"[12][0-9]{3}")


class Row(msgspec.Struct, gc=False):
    """A row by its number in the file; `imdb_id` of IMDb's, `uri` of Letterboxd's."""

    number: int
    title: str | None
    year: int | None
    # On IMDb's scale of 1 to 10.
    personal_rating: float | None
    imdb_id: str | None = None
    title_type: str = ""
    uri: str = ""
    # Whether it says which film it is.
    is_valid: bool = True


class Export(msgspec.Struct):
    """A file of IMDb's or Letterboxd's with its rows, in their order."""

    file: str
    source: Source
    rows: list[Row]


def read_exports(files: Sequence[NamedFile]) -> list[Export]:
    """The files' rows. Raises UploadRefused for one that is no export, or too many rows."""
    exports: list[Export] = []
    budget = LineBudget()
    for file in files:
        most_rows = MOST_ROWS - sum(len(export.rows) for export in exports)
        exports.append(_read_export(file, read_records(file, budget), most_rows))
    return exports


def _read_export(file: NamedFile, records: Iterator[Record], most_rows: int) -> Export:
    columns = _read_header(file, records)
    parse = _imdb_parser(columns) if columns.imdb_id is not None else _letterboxd_parser(columns)
    filled = islice(_without_blank_lines(records), most_rows + 1)
    rows = [parse(number, fields) for number, fields in filled]
    if len(rows) > most_rows:
        reason = f"the upload has more than {MOST_ROWS:,} rows, which is the most that is taken."
        raise UploadRefused(reason, file=file.name, row=rows[-1].number)
    return Export(file.name, _source(columns, rows), rows)


def _read_header(file: NamedFile, records: Iterator[Record]) -> Columns:
    """The export's columns; the records up to the header are taken from the iterator."""
    for _, fields in islice(records, HEADER_WITHIN_ROWS):
        if columns := find_columns(fields, file.name):
            return columns
    raise UploadRefused(
        "there is no header of an IMDb export (Const, Title, …) "
        "or of a Letterboxd one (Date, Name, Year, …).",
        file=file.name,
        row=1,
    )


def _without_blank_lines(records: Iterator[Record]) -> Iterator[Record]:
    """A row of nothing but commas is a row."""
    return (
        (number, fields)
        for number, fields in records
        if len(fields) > 1 or (fields and fields[0].strip())
    )


def _source(columns: Columns, rows: Sequence[Row]) -> Source:
    """In ratings every film is rated, or nearly; in a list the most are not."""
    unrated = sum(row.personal_rating is None for row in rows)
    if columns.may_be_list and 2 * unrated > len(rows):
        return Source.IMDB_LIST
    return columns.source


def _imdb_parser(columns: Columns) -> Callable[[int, Sequence[str]], Row]:
    def parse(number: int, fields: Sequence[str]) -> Row:
        imdb_id = normalise_imdb_id(_field(fields, columns.imdb_id))
        year = _field(fields, columns.year)
        return Row(
            number,
            _field(fields, columns.title)[:LONGEST_FIELD] or None,
            int(year) if YEAR.fullmatch(year) else None,
            _rating(_field(fields, columns.rating)),
            imdb_id=imdb_id,
            # One and the same for all rows of that type: there may be 100,000 of them.
            title_type=sys.intern(_field(fields, columns.title_type)[:LONGEST_FIELD]),
            is_valid=imdb_id is not None,
        )

    return parse


def _letterboxd_parser(columns: Columns) -> Callable[[int, Sequence[str]], Row]:
    def parse(number: int, fields: Sequence[str]) -> Row:
        title = _field(fields, columns.title)[:LONGEST_FIELD] or None
        year = _field(fields, columns.year)
        is_year = YEAR.fullmatch(year) is not None
        return Row(
            number,
            title,
            int(year) if is_year else None,
            _rating(_field(fields, columns.rating), stars=True),
            uri=_field(fields, columns.uri),
            # It leaves the year out for a film that has no date yet.
            is_valid=title is not None and (is_year or not year),
        )

    return parse


def _field(fields: Sequence[str], index: int | None) -> str:
    """Trimmed; empty in a row that is too short, and where the file has no such column."""
    return fields[index].strip() if index is not None and index < len(fields) else ""


def _rating(text: str, *, stars: bool = False) -> float | None:
    """From 1 to 10, out of five stars doubled; None for 0, for none, and for what is no rating."""
    try:
        rating = float(text.replace(",", ".")) * (2 if stars else 1)
    except ValueError:
        return None
    if not 1 <= rating <= 10:
        return None
    return int(rating) if rating.is_integer() else rating
