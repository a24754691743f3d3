"""Reads the films of a JSON file that is a list of them, whoever has made it: as a table, in which
`ids.imdb` is the column of what stands in `ids`. Pure."""

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Raw

from movies.watched.columns import find_columns
from movies.watched.files import NamedFile
from movies.watched.records import LONGEST_RECORD, Record
from movies.watched.rows import MOST_ROWS, Export, read_records_as

# In a film's: what it is in a list with, its ids, more of it.
MOST_OBJECTS = 10 * MOST_ROWS
# How many of the first films tell the columns, which one may have and another not.
TELLING_OBJECTS = 100
# How deep an object in an object is looked at.
DEEPEST = 3
# Their titles are no film's.
NO_FILMS = {"show", "shows", "season", "episode", "series", "anime", "person", "list", "user"}
JSON_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
# What msgspec raises for a file that is not what it should be.
NOT_READ = (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError)


class Anything(msgspec.Struct, gc=False):
    """An object, whatever is in it."""


class Lists(msgspec.Struct, gc=False):
    """Under which names a file has its films beside other things."""

    movies: Raw = Raw()
    films: Raw = Raw()
    Movies: Raw = Raw()
    items: Raw = Raw()
    Items: Raw = Raw()
    results: Raw = Raw()
    data: Raw = Raw()


def is_json(file: NamedFile) -> bool:
    return JSON_BEGINS.match(file.content) is not None


def json_text(file: NamedFile) -> bytes:
    """Without the mark that some programs begin a text with, which JSON has not."""
    return file.content.removeprefix(b"\xef\xbb\xbf").strip()


def read_json_table(file: NamedFile, most_rows: int) -> Export | None:
    """The films of a file by their place in it; None where it is no list of films."""
    content = json_text(file)
    if content.count(b"{") > MOST_OBJECTS:
        return None
    try:
        objects = _objects(content)
        header = list(
            dict.fromkeys(n for each in objects[:TELLING_OBJECTS] for n in _values(each))
        )
        columns = find_columns(header, file.name)
        if columns is None:
            return None
        return read_records_as(file, columns, _records(objects, header), most_rows)
    except NOT_READ:
        return None


def _objects(content: bytes) -> Sequence[Raw]:
    """Of a list, of the first list in an object, or of an object in each line."""
    if content.startswith(b"["):
        return _list_of(Raw(content))
    try:
        lists = msgspec.json.decode(content, type=Lists)
    except msgspec.DecodeError:
        return [Raw(line) for line in content.splitlines()[: MOST_ROWS + 1] if line.strip()]
    named = (getattr(lists, name) for name in Lists.__struct_fields__)
    return next((_list_of(each) for each in named if bytes(each)[:1] == b"["), [])


def _list_of(content: Raw) -> Sequence[Raw]:
    # First without keeping them: of what is no object there may be any number.
    msgspec.json.decode(content, type=list[Anything])
    return msgspec.json.decode(content, type=list[Raw])


def _records(objects: Sequence[Raw], header: Sequence[str]) -> Iterator[Record]:
    for number, each in enumerate(objects, 1):
        values = _values(each)
        yield number, [values.get(name, "") for name in header]


def _values(content: Raw, depth: int = 1) -> dict[str, str]:
    """What stands in an object, and in objects in it, as text; without lists."""
    if len(bytes(content)) > LONGEST_RECORD:
        raise msgspec.DecodeError("it is longer than a record can be")
    values: dict[str, str] = {}
    for name, value in msgspec.json.decode(content, type=dict[str, Raw]).items():
        first = bytes(value)[:1]
        if first == b"{":
            if depth < DEEPEST and name.casefold() not in NO_FILMS:
                inner = _values(value, depth + 1)
                values |= {f"{name}.{each}": text for each, text in inner.items()}
        elif first != b"[":
            values[name] = _text(msgspec.json.decode(value))
    return values


def _text(value: str | float | bool | None) -> str:
    if value is None:
        return ""
    return str(value).casefold() if isinstance(value, bool) else str(value)
