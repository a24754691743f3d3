"""The rows of an export, checked and typed. Pure."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import msgspec

from movies.imdb_ids import normalise_imdb_id
from movies.watched.columns import Columns, Source, columns
from movies.watched.errors import UploadRefused
from movies.watched.files import NamedFile
from movies.watched.records import lines_allowed, records

# In all files of an upload.
MOST_ROWS = 100_000
# A list that Letterboxd exports has its own name and description above the header.
HEADER_WITHIN = 10
# Of what is said back of a row: longer than any title.
MOST_CHARACTERS = 300

YEAR = re.compile(r"[12][0-9]{3}")


class Row(msgspec.Struct, gc=False):
    """A row by its number in the file; `imdb_id` of IMDb's, `uri` of Letterboxd's."""

    number: int
    name: str | None
    year: int | None
    # On IMDb's scale of 1 to 10.
    rating: float | None
    imdb_id: str | None = None
    title_type: str = ""
    uri: str = ""
    # Whether it says which film it is.
    is_valid: bool = True


class FilmList(msgspec.Struct):
    """A file's rows, in their order."""

    file: str
    source: Source
    rows: list[Row]


def film_lists(files: Sequence[NamedFile]) -> list[FilmList]:
    """What the files say. Raises UploadRefused for one that is no export, or too many rows."""
    lists: list[FilmList] = []
    lines = lines_allowed()
    for file in files:
        most = MOST_ROWS - sum(len(each.rows) for each in lists)
        lists.append(_film_list(file, records(file, lines), most))
    return lists


def _film_list(file: NamedFile, numbered: Iterator[tuple[int, list[str]]], most: int) -> FilmList:
    found = _header(file, numbered)
    read = _imdb_reader(found) if found.imdb_id is not None else _letterboxd_reader(found)
    rows = [read(number, fields) for number, fields in islice(_filled(numbered), most + 1)]
    if len(rows) > most:
        reason = f"the upload has more than {MOST_ROWS:,} rows, which is the most that is taken."
        raise UploadRefused(reason, file=file.name, row=rows[-1].number)
    return FilmList(file.name, _source(found, rows), rows)


def _header(file: NamedFile, numbered: Iterator[tuple[int, list[str]]]) -> Columns:
    """Of the export's columns; the records up to it are taken from the iterator."""
    for _, fields in islice(numbered, HEADER_WITHIN):
        if found := columns(fields, file.name):
            return found
    raise UploadRefused(
        "there is no header of an IMDb export (Const, Title, …) "
        "or of a Letterboxd one (Date, Name, Year, …).",
        file=file.name,
        row=1,
    )


def _filled(numbered: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Without blank lines. A row of nothing but commas is a row."""
    return (
        (number, fields)
        for number, fields in numbered
        if len(fields) > 1 or (fields and fields[0].strip())
    )


def _source(found: Columns, rows: Sequence[Row]) -> Source:
    """In ratings every film is rated, or nearly; in a list the most are not."""
    unrated = sum(row.rating is None for row in rows)
    if found.may_be_list and 2 * unrated > len(rows):
        return Source.IMDB_LIST
    return found.source


def _imdb_reader(found: Columns) -> Callable[[int, Sequence[str]], Row]:
    def read(number: int, fields: Sequence[str]) -> Row:
        imdb_id = normalise_imdb_id(_field(fields, found.imdb_id))
        year = _field(fields, found.year)
        return Row(
            number,
            _field(fields, found.name)[:MOST_CHARACTERS] or None,
            int(year) if YEAR.fullmatch(year) else None,
            _rating(_field(fields, found.rating)),
            imdb_id=imdb_id,
            # One and the same for all rows of that type: there may be 100,000 of them.
            title_type=sys.intern(_field(fields, found.title_type)[:MOST_CHARACTERS]),
            is_valid=imdb_id is not None,
        )

    return read


def _letterboxd_reader(found: Columns) -> Callable[[int, Sequence[str]], Row]:
    def read(number: int, fields: Sequence[str]) -> Row:
        name = _field(fields, found.name)[:MOST_CHARACTERS] or None
        year = _field(fields, found.year)
        is_year = YEAR.fullmatch(year) is not None
        return Row(
            number,
            name,
            int(year) if is_year else None,
            _rating(_field(fields, found.rating), stars=True),
            uri=_field(fields, found.uri),
            # It leaves the year out for a film that has no date yet.
            is_valid=name is not None and (is_year or not year),
        )

    return read


def _field(fields: Sequence[str], place: int | None) -> str:
    """Trimmed; empty in a row that is too short, and where the file has no such column."""
    return fields[place].strip() if place is not None and place < len(fields) else ""


def _rating(text: str, *, stars: bool = False) -> float | None:
    """From 1 to 10, out of five stars doubled; None for 0, for none, and for what is no rating."""
    try:
        rating = float(text.replace(",", ".")) * (2 if stars else 1)
    except ValueError:
        return None
    if not 1 <= rating <= 10:
        return None
    return int(rating) if rating.is_integer() else rating
