"""Reads a CSV file's bytes as records, in whatever encoding, with whatever delimiter and line
ends. Pure."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator

from movies.watched.errors import FileUnreadable, UploadRefused
from movies.watched.files import NamedFile

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
CHUNK_BYTES = 64 * 1024
# What stands where a byte could not be decoded; it may also be in the text itself.
REPLACEMENT = "\ufffd"
# A comma in the exports; spreadsheets of half the world save with semicolons.
DELIMITERS = ",;\t|"
# In all files of an upload: twice the rows that are taken, for blank lines and those in quotes.
MOST_LINES = 200_000
# How a row of an export begins, by itself: with IMDb's id, after its position in the list in some
# years, or with Letterboxd's day and, further on, its address.
EXPORT_ROW = re.compile(
    r'(?:"?[0-9]*"?[,;\t])?"?tt[0-9]{7,10}"?[,;\t]'
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}[,;\t].*[,;\t]https://boxd\.it/"
)
# In characters: the longest review or note is far below; csv's own limit of a field is 131,072.
LONGEST_RECORD = 100_000

# How files begin that are often taken for tables, and what they are.
OTHER_KINDS = {
    b"%PDF-": "a PDF",
    b"\xff\xd8\xff": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Excel file: save it as CSV",
    b"Rar!\x1a\x07": "a RAR archive: add the files in it, or a zip of them",
    b"7z\xbc\xaf": "a 7z archive: add the files in it, or a zip of them",
    b"\x1f\x8b": "a gzip archive: add the file in it, or a zip of it",
    b"{\\rtf": "a text document",
    b"<?xml": "an XML file: export it as CSV or JSON",
    b"<!DOCTYPE html": "a web page, and not the file that it leads to",
    b"<!doctype html": "a web page, and not the file that it leads to",
    b"<html": "a web page, and not the file that it leads to",
}

# The number of a row, as a spreadsheet numbers it, and its fields.
Record = tuple[int, list[str]]


class LineBudget:
    """How many more lines the files of one upload may have, whatever is in them: 32 MB of blank
    ones would take half a minute."""

    def __init__(self) -> None:
        self.left = MOST_LINES


def read_records(file: NamedFile, budget: LineBudget) -> Iterator[Record]:
    """Each record of the file: the first is row 1, blank lines count, and the lines of a quoted
    field are one row. A blank line has no fields.

    Raises FileUnreadable with the number of the row that cannot be read, and UploadRefused where
    the budget is used up.
    """
    for beginning, kind in OTHER_KINDS.items():
        if file.content.startswith(beginning):
            raise FileUnreadable(f"this is no table, but {kind}.", file=file.name, row=1)
    lines = _LineReader(file.content, budget)
    reader = csv.reader(lines, delimiter=lines.delimiter)
    for number in itertools.count(1):
        try:
            fields = next(reader, None)
            lines.end_record()
        except LinesUsedUp as error:
            raise UploadRefused(f"{error}.", file=file.name, row=number) from None
        except csv.Error as error:
            raise FileUnreadable(f"{error}.", file=file.name, row=number) from None
        if fields is None:
            return
        yield number, fields


def split_quoted_whole(fields: list[str]) -> list[str]:
    """The fields of a record that stands in its first field, with its own quotation marks
    doubled: a spreadsheet that has opened the file as one column saves it so. Any other as it
    is."""
    if not fields or any(fields[1:]):
        return fields
    delimiter = max(DELIMITERS, key=fields[0].count)
    try:
        return next(csv.reader([fields[0]], delimiter=delimiter), fields)
    except csv.Error:
        # With a line end outside of quotation marks, which no such record has.
        return fields


def detect_encoding(content: bytes) -> str:
    """By its byte order mark; without one UTF-8, or what is not, cp1252, which IMDb wrote until
    2016."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return encoding
    return "utf-8" if _is_utf8(content) else "cp1252"


def _is_utf8(content: bytes) -> bool:
    """Whether it is so at all, or for the most part: of the letters beyond ASCII a stray byte
    costs itself alone, while in cp1252 hardly two in a row are one of UTF-8's."""
    good = content.count(REPLACEMENT.encode())
    bad = -good  # those of the text's own look like replaced bytes
    for text in _decode_utf8(content):
        if not text.isascii():
            replaced = text.count(REPLACEMENT)
            bad += replaced
            good += len(text) - len(text.encode("ascii", "ignore")) - replaced
    return good >= bad


def _decode_utf8(content: bytes) -> Iterator[str]:
    """In pieces: a whole file in memory as text can be four times its size."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    whole = memoryview(content)
    for start in range(0, len(whole), CHUNK_BYTES):
        yield decoder.decode(whole[start : start + CHUNK_BYTES])
    yield decoder.decode(b"", final=True)


class LinesUsedUp(csv.Error):
    """The upload has more lines than are taken."""


class _LineReader:
    """The lines of a text, checked while csv puts them together to records.

    Raises csv.Error for what is no text, or would be a record or a file without end.
    """

    def __init__(self, content: bytes, budget: LineBudget) -> None:
        self._budget = budget
        self._text = io.TextIOWrapper(
            io.BytesIO(content), detect_encoding(content), errors="replace", newline=""
        )
        first_line = self._text.readline(LONGEST_RECORD)
        self._text.seek(0)
        self.delimiter = max(DELIMITERS, key=first_line.count)
        self._record: list[str] = []
        self._characters = 0

    def __iter__(self) -> Iterator[str]:
        # No further than one too many: it may be all of the file.
        while line := self._text.readline(LONGEST_RECORD + 1):
            if not self._budget.left:
                raise LinesUsedUp(
                    f"the upload has more than {MOST_LINES:,} lines, blank ones included"
                )
            self._budget.left -= 1
            self._record.append(line)
            self._characters += len(line)
            if self._characters > LONGEST_RECORD:
                raise csv.Error(f"it is longer than {LONGEST_RECORD:,} characters")
            if "\0" in line:
                raise csv.Error("it has a NUL character, so this is not a text file")
            yield line

    def end_record(self) -> None:
        """To be called after each. A quote that stays open would swallow the rows after it: all
        that come, or those before the next quote."""
        is_open = len(self._record) > 1 and (
            "".join(self._record).count('"') % 2 or any(map(EXPORT_ROW.match, self._record[1:]))
        )
        if is_open:
            raise csv.Error("it has a quotation mark that is opened and never closed")
        self._record.clear()
        self._characters = 0
