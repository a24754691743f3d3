"""Extracts the files of an upload: taken as they are, or the entries of zip archives. Pure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from movies.watched.archives import is_archive, is_of_system, read_archive
from movies.watched.errors import FileUnreadable, UnreadFiles, UploadRefused, UploadTooLarge

# Of a request, and of what its archives hold: 100,000 rows of IMDb's longest export.
MOST_BYTES = 32_000_000
# Of an upload, and of each archive.
MOST_FILES = 20
# In characters: it is in the answer with every row.
LONGEST_FILE_NAME = 200


class NamedFile(NamedTuple):
    """A file's name, as its sender has it, and its bytes. One out of an archive has its path in
    it, after the archive's own name where that did not come alone."""

    name: str
    content: bytes


def extract_files(
    files: Iterable[NamedFile], unread: UnreadFiles | None = None
) -> list[NamedFile]:
    """The files with rows in them, in order, each with a name of its own; what cannot be read is
    put among the unread ones.

    Raises UploadRefused where nothing is left, and for too many or too large files.
    """
    unread = unread or UnreadFiles()
    files = list(files)
    if not files:
        raise UploadRefused("No file was sent.")
    if len(files) > MOST_FILES:
        raise UploadRefused(f"{len(files)} files are too many: {MOST_FILES} are taken.")
    extracted: list[NamedFile] = []
    for file in files:
        folder = f"{file.name}/" if len(files) > 1 else ""
        bytes_left = MOST_BYTES - sum(len(each.content) for each in extracted)
        try:
            extracted += _extract(file, folder, bytes_left, unread)
        except FileUnreadable as error:
            unread.add(error)
    if not extracted:
        unread.refuse()
    return list(_with_unique_names(extracted))


def _with_unique_names(files: Iterable[NamedFile]) -> Iterator[NamedFile]:
    """The second ratings.csv as `ratings.csv (2)`. Of a long name the end stays: it says what is
    in the file."""
    used: set[str] = set()
    for name, content in files:
        name = name[-LONGEST_FILE_NAME:]
        number, unique = 1, name
        while unique in used:
            number += 1
            unique = f"{name} ({number})"
        used.add(unique)
        yield NamedFile(unique, content)


def _extract(
    file: NamedFile, folder: str, most_bytes: int, unread: UnreadFiles
) -> list[NamedFile]:
    """A file that is no archive as it is; of an archive the entries that count, in `folder`."""
    if not file.content:
        raise FileUnreadable("the file is empty.", file=file.name)
    if is_of_system(file.name):
        raise FileUnreadable("it is a file of the system, and has no films.", file=file.name)
    if is_archive(file.content):
        entries = read_archive(*file, most_files=MOST_FILES, most_bytes=most_bytes, unread=unread)
        return [NamedFile(f"{folder}{path}", content) for path, content in entries]
    if len(file.content) > most_bytes:
        raise UploadTooLarge(f"It is too large: {MOST_BYTES:,} bytes are taken.")
    return [file]
