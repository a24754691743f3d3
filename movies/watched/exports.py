"""Reads the files of an upload, each in the form that it has. Pure."""

from collections.abc import Sequence

from movies.watched.errors import FileUnreadable, UnreadFiles
from movies.watched.files import NamedFile
from movies.watched.json_tables import is_json, read_json_table
from movies.watched.records import LineBudget
from movies.watched.rows import MOST_ROWS, Export, read_table
from movies.watched.trakt import read_items


def read_exports(files: Sequence[NamedFile], unread: UnreadFiles | None = None) -> list[Export]:
    """The rows of those that can be read; the others are put among the unread ones.

    Raises UploadRefused where none is left, or for too many rows.
    """
    unread = unread or UnreadFiles()
    exports: list[Export] = []
    budget = LineBudget()
    for file in files:
        most_rows = MOST_ROWS - sum(len(export.rows) for export in exports)
        try:
            exports.append(
                _read_json(file, most_rows)
                if is_json(file)
                else read_table(file, budget, most_rows)
            )
        except FileUnreadable as error:
            unread.add(error)
    if not exports:
        unread.refuse()
    return exports


def _read_json(file: NamedFile, most_rows: int) -> Export:
    """As Trakt has it, or else as any list of films."""
    try:
        return read_items(file, most_rows)
    except FileUnreadable:
        if table := read_json_table(file, most_rows):
            return table
        raise
