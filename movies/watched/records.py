"""A CSV file's bytes as its records, in whatever encoding and with whatever line ends. Pure."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator

from movies.watched.errors import UploadRefused
from movies.watched.files import NamedFile

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
AT_A_TIME = 64 * 1024
# What stands where a byte could not be decoded; it may also be in the text itself.
REPLACEMENT = "\ufffd"
# A comma in the exports; spreadsheets of half the world save with semicolons.
DELIMITERS = ",;\t"
# In all files of an upload: twice the rows that are taken, for blank lines and those in quotes.
MOST_LINES = 200_000
# How a row of an export begins, by itself: with IMDb's id, after its position in the list in some
# years, or with Letterboxd's day and, further on, its address.
EXPORTED = re.compile(
    r'(?:"?[0-9]*"?[,;\t])?"?tt[0-9]{7,10}"?[,;\t]'
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}[,;\t].*[,;\t]https://boxd\.it/"
)
# The longest review or note is far below; less than csv's own limit of a field, 131,072.
MOST_CHARACTERS = 100_000


def lines_allowed() -> Iterator[object]:
    """Of one upload, for the records of all its files."""
    return iter(range(MOST_LINES))


def records(file: NamedFile, allowed: Iterator[object]) -> Iterator[tuple[int, list[str]]]:
    """Each record's fields with its number, as a spreadsheet numbers its rows: the first is 1,
    blank lines count, and the lines of a quoted field are one row. A blank line has no fields.

    One of `allowed` is taken for each line, whatever is in it: 32 MB of blank ones would take half
    a minute. Raises UploadRefused with the number of the row that cannot be read.
    """
    lines = _Lines(file.content, allowed)
    reader = csv.reader(lines, delimiter=lines.delimiter)
    for number in itertools.count(1):
        try:
            fields = next(reader, None)
            lines.end_record()
        except csv.Error as error:
            raise UploadRefused(f"{error}.", file=file.name, row=number) from None
        if fields is None:
            return
        yield number, fields


def encoding_of(content: bytes) -> str:
    """By its mark; without one UTF-8, or what is not, cp1252, which IMDb wrote until 2016."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return encoding
    return "utf-8" if _is_utf8(content) else "cp1252"


def _is_utf8(content: bytes) -> bool:
    """Whether it is so at all, or for the most part: of the letters beyond ASCII a stray byte
    costs itself alone, while in cp1252 hardly two in a row are one of UTF-8's."""
    good = content.count(REPLACEMENT.encode())
    bad = -good  # those of the text's own look like replaced bytes
    for text in _as_utf8(content):
        if not text.isascii():
            replaced = text.count(REPLACEMENT)
            bad += replaced
            good += len(text) - len(text.encode("ascii", "ignore")) - replaced
    return good >= bad


def _as_utf8(content: bytes) -> Iterator[str]:
    """In pieces: a whole file in memory as text can be four times its size."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    whole = memoryview(content)
    for start in range(0, len(whole), AT_A_TIME):
        yield decoder.decode(whole[start : start + AT_A_TIME])
    yield decoder.decode(b"", final=True)


class _Lines:
    """The lines of a text, watched over while csv puts them together to records.

    Raises csv.Error for what is no text, or would be a record or a file without end.
    """

    def __init__(self, content: bytes, allowed: Iterator[object]) -> None:
        self._allowed = allowed
        self.text = io.TextIOWrapper(
            io.BytesIO(content), encoding_of(content), errors="replace", newline=""
        )
        first = self.text.readline(MOST_CHARACTERS)
        self.text.seek(0)
        self.delimiter = max(DELIMITERS, key=first.count)
        self._record: list[str] = []
        self._characters = 0

    def __iter__(self) -> Iterator[str]:
        # No further than one too many: it may be all of the file.
        while line := self.text.readline(MOST_CHARACTERS + 1):
            if next(self._allowed, None) is None:
                raise csv.Error(
                    f"the upload has more than {MOST_LINES:,} lines, blank ones included"
                )
            self._record.append(line)
            self._characters += len(line)
            if self._characters > MOST_CHARACTERS:
                raise csv.Error(f"it is longer than {MOST_CHARACTERS:,} characters")
            if "\0" in line:
                raise csv.Error("it has a NUL character, so this is not a text file")
            yield line

    def end_record(self) -> None:
        """To be called after each. A quote that stays open would swallow the rows after it: all
        that come, or those before the next quote."""
        is_open = len(self._record) > 1 and (
            "".join(self._record).count('"') % 2 or any(map(EXPORTED.match, self._record[1:]))
        )
        if is_open:
            raise csv.Error("it has a quotation mark that is opened and never closed")
        self._record.clear()
        self._characters = 0
