"""What was uploaded, as text files by name: taken as they are, or out of a zip. Pure.

Nothing is written to a disk, and what a zip says of itself is checked before it is believed.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from movies.watched.errors import UploadRefused, UploadTooLarge

# Of a request, and of what its zips hold: 100,000 rows of IMDb's longest export.
MOST_BYTES = 32_000_000
MOST_FILES = 20
# Letterboxd's zip has a file for each of a person's lists. What zipfile keeps of one in memory
# is more than what it takes in the zip.
MOST_ENTRIES = 5_000
# Of a file's name, which is said back with every row.
MOST_CHARACTERS = 200

ZIP_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
ZIP_ENTRY = b"PK\x01\x02"
ENCRYPTED = 0x1
# Others could ask for gigabytes as their dictionary.
COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What zipfile raises for what is no zip, or a broken one.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)

# What Letterboxd's zip says of films that somebody has seen or wants to see, ratings first. Its
# diary, reviews and likes are of films that are in watched.csv too; lists/ can be of anything,
# and deleted/ is what its owner threw away.
LETTERBOXD = ("ratings.csv", "watched.csv", "watchlist.csv")


class NamedFile(NamedTuple):
    """A file's name, as its sender has it, and its bytes."""

    name: str
    content: bytes


def csv_files(uploads: Iterable[NamedFile]) -> list[NamedFile]:
    """The files with rows in them, in order, each with a name of its own. Raises UploadRefused."""
    uploads = list(uploads)
    if not uploads:
        raise UploadRefused("No file was sent.")
    if len(uploads) > MOST_FILES:
        raise UploadRefused(f"{len(uploads)} files are too many: {MOST_FILES} are taken.")
    found = [file for upload in uploads for file in _unpacked(upload)]
    if sum(len(file.content) for file in found) > MOST_BYTES:
        raise too_large()
    return list(_distinct(found))


def too_large() -> UploadTooLarge:
    return UploadTooLarge(f"It is too large: {MOST_BYTES:,} bytes are taken.")


def _distinct(files: Iterable[NamedFile]) -> Iterator[NamedFile]:
    """The second ratings.csv as `ratings.csv (2)`."""
    taken: set[str] = set()
    for name, content in files:
        name = name[:MOST_CHARACTERS]
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name} ({number})"
        taken.add(free)
        yield NamedFile(free, content)


def _unpacked(upload: NamedFile) -> list[NamedFile]:
    if not upload.content:
        raise UploadRefused("the file is empty.", file=upload.name)
    if not upload.content.startswith(ZIP_BEGINNINGS):
        return [upload]
    if upload.content.count(ZIP_ENTRY) > MOST_ENTRIES:
        raise UploadRefused("the zip has too many files in it.", file=upload.name)
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            return _read(upload.name, archive)
    except UNREADABLE:
        raise UploadRefused("the zip is broken.", file=upload.name) from None


def _read(zip_name: str, archive: zipfile.ZipFile) -> list[NamedFile]:
    """The entries that count; UploadRefused for a zip that nobody would make in good faith."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    for entry in entries:
        if _leads_out(entry.filename):
            reason = f"the zip has a file with the path {entry.filename[:100]!r}."
            raise UploadRefused(reason, file=zip_name)
    wanted = _wanted(entries)
    if not wanted or len(wanted) > MOST_FILES:
        reason = f"the zip holds {'too many' if wanted else 'no'} CSV files."
        raise UploadRefused(reason, file=zip_name)
    for entry in wanted.values():
        _check(zip_name, entry)
    # Reading stops at the size that an entry says it has, and fails where that is not so.
    if sum(entry.file_size for entry in wanted.values()) > MOST_BYTES:
        raise UploadTooLarge(
            f"the zip holds too much: {MOST_BYTES:,} bytes are taken.", file=zip_name
        )
    return [NamedFile(name, archive.read(entry)) for name, entry in wanted.items()]


def _leads_out(path: str) -> bool:
    """Whether it is no path inside the zip's own folder, on any system."""
    parts = path.replace("\\", "/").split("/")
    return not parts[0] or parts[0].endswith(":") or ".." in parts


def _wanted(entries: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """By name: Letterboxd's lists of films, or without any of them every CSV at the top."""
    at_top = {
        path.name: entry
        for path, entry in _below_top(entries)
        if len(path.parts) == 1 and path.suffix.lower() == ".csv"
    }
    of_films = {
        name: entry
        for known in LETTERBOXD
        for name, entry in at_top.items()
        if name.lower() == known
    }
    return of_films or at_top


def _below_top(
    entries: Sequence[zipfile.ZipInfo],
) -> Iterator[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """With their paths, less the one folder that all are in where somebody zipped a folder."""
    # Left by macOS beside the files themselves.
    own = [entry for entry in entries if not entry.filename.startswith("__MACOSX/")]
    paths = [PurePosixPath(entry.filename) for entry in own]
    tops = {path.parts[0] for path in paths if len(path.parts) > 1}
    is_folder = len(tops) == 1 and all(len(path.parts) > 1 for path in paths)
    for path, entry in zip(paths, own, strict=True):
        yield (path.relative_to(*tops) if is_folder else path), entry


def _check(zip_name: str, entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED:
        raise UploadRefused(f"{entry.filename} in the zip is encrypted.", file=zip_name)
    if entry.compress_type not in COMPRESSIONS:
        raise UploadRefused(f"{entry.filename} in the zip is packed unusually.", file=zip_name)
    if not entry.file_size:
        raise UploadRefused(f"{entry.filename} in the zip is empty.", file=zip_name)
