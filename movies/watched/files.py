"""What was uploaded, as text files by name: taken as they are, or out of a zip. Pure.

Nothing is written to a disk, and what a zip says of itself is checked before it is believed.
"""

import io
import shutil
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
# What zipfile raises for what is no zip, or a broken one; IndexError for a file without a name.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, IndexError,
)  # fmt: skip

# What Letterboxd's zip says of films that somebody has seen or wants to see, ratings first. Its
# diary, reviews and likes are of films that are in watched.csv too; lists/ can be of anything,
# and deleted/ is what its owner threw away.
LETTERBOXD = ("ratings.csv", "watched.csv", "watchlist.csv")
# In the header of each of them, and in no file of IMDb's, who calls its ratings that as well.
LETTERBOXD_COLUMN = b"Letterboxd URI"
HEADER_BYTES = 200


class NamedFile(NamedTuple):
    """A file's name, as its sender has it, and its bytes. One out of a zip has its path in it,
    after the zip's own name where that did not come alone."""

    name: str
    content: bytes


# A zip's entry, with its path below the top.
Entry = tuple[PurePosixPath, zipfile.ZipInfo]


def csv_files(uploads: Iterable[NamedFile]) -> list[NamedFile]:
    """The files with rows in them, in order, each with a name of its own. Raises UploadRefused."""
    uploads = list(uploads)
    if not uploads:
        raise UploadRefused("No file was sent.")
    if len(uploads) > MOST_FILES:
        raise UploadRefused(f"{len(uploads)} files are too many: {MOST_FILES} are taken.")
    found: list[NamedFile] = []
    for upload in uploads:
        folder = f"{upload.name}/" if len(uploads) > 1 else ""
        left = MOST_BYTES - sum(len(file.content) for file in found)
        found += _unpacked(upload, folder, left)
    return list(_distinct(found))


def _distinct(files: Iterable[NamedFile]) -> Iterator[NamedFile]:
    """The second ratings.csv as `ratings.csv (2)`. Of a long name the end stays: it says what is
    in the file."""
    taken: set[str] = set()
    for name, content in files:
        name = name[-MOST_CHARACTERS:]
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name} ({number})"
        taken.add(free)
        yield NamedFile(free, content)


def _unpacked(upload: NamedFile, folder: str, most_bytes: int) -> list[NamedFile]:
    if not upload.content:
        raise UploadRefused("the file is empty.", file=upload.name)
    if not upload.content.startswith(ZIP_BEGINNINGS):
        if len(upload.content) > most_bytes:
            raise UploadTooLarge(f"It is too large: {MOST_BYTES:,} bytes are taken.")
        return [upload]
    if upload.content.count(ZIP_ENTRY) > MOST_ENTRIES:
        raise UploadRefused("the zip has too many files in it.", file=upload.name)
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            return [
                NamedFile(f"{folder}{path}", _content(archive, entry))
                for path, entry in _wanted(upload.name, archive, most_bytes)
            ]
    except UNREADABLE:
        raise UploadRefused("the zip is broken.", file=upload.name) from None


def _wanted(zip_name: str, archive: zipfile.ZipFile, most_bytes: int) -> list[Entry]:
    """The files that count; UploadRefused for a zip that nobody would make in good faith."""
    files = _csv_entries(zip_name, archive.infolist())
    wanted = _letterboxds(archive, files) or files
    _check_sizes(zip_name, [entry for _, entry in wanted], most_bytes)
    return wanted


def _csv_entries(zip_name: str, entries: Iterable[zipfile.ZipInfo]) -> list[Entry]:
    """Those that can be read without a danger."""
    entries = [entry for entry in entries if not entry.is_dir()]
    for entry in entries:
        if _leads_out(entry.filename):
            reason = f"the zip has a file with the path {entry.filename[:100]!r}."
            raise UploadRefused(reason, file=zip_name)
    found = [(path, entry) for path, entry in _below_top(entries) if path.suffix.lower() == ".csv"]
    for _, entry in found:
        _check_packing(zip_name, entry)
    return found


def _leads_out(path: str) -> bool:
    """Whether it is no path inside the zip's own folder, on any system."""
    parts = path.replace("\\", "/").split("/")
    return not parts[0] or parts[0].endswith(":") or ".." in parts


def _below_top(entries: Sequence[zipfile.ZipInfo]) -> Iterator[Entry]:
    """With their paths, less the one folder that all are in where somebody zipped a folder."""
    # Left by macOS beside the files themselves.
    own = [entry for entry in entries if not entry.filename.startswith("__MACOSX/")]
    paths = [PurePosixPath(entry.filename) for entry in own]
    tops = {path.parts[0] for path in paths if len(path.parts) > 1}
    is_folder = len(tops) == 1 and all(len(path.parts) > 1 for path in paths)
    for path, entry in zip(paths, own, strict=True):
        yield (path.relative_to(*tops) if is_folder else path), entry


def _check_packing(zip_name: str, entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED:
        raise UploadRefused(f"{entry.filename} in the zip is encrypted.", file=zip_name)
    if entry.compress_type not in COMPRESSIONS:
        raise UploadRefused(f"{entry.filename} in the zip is packed unusually.", file=zip_name)


def _check_sizes(zip_name: str, entries: Sequence[zipfile.ZipInfo], most_bytes: int) -> None:
    """Before any is read, by what they say of themselves: reading stops there."""
    if not entries or len(entries) > MOST_FILES:
        reason = f"the zip holds {'too many' if entries else 'no'} CSV files."
        raise UploadRefused(reason, file=zip_name)
    for entry in entries:
        if not entry.file_size:
            raise UploadRefused(f"{entry.filename} in the zip is empty.", file=zip_name)
    if sum(entry.file_size for entry in entries) > most_bytes:
        reason = f"the zip holds too much: {MOST_BYTES:,} bytes are taken, of all files together."
        raise UploadTooLarge(reason, file=zip_name)


def _letterboxds(archive: zipfile.ZipFile, files: Iterable[Entry]) -> list[Entry]:
    """Letterboxd's lists of films, if it is Letterboxd's zip: of another one each file counts."""
    lists = [
        (path, entry)
        for known in LETTERBOXD
        for path, entry in files
        if str(path).lower() == known
    ]
    return lists if all(_is_letterboxds(archive, entry) for _, entry in lists) else []


def _is_letterboxds(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    with archive.open(entry) as packed:
        return LETTERBOXD_COLUMN in packed.read(HEADER_BYTES)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """In pieces: at once zipfile would unpack all there is, whatever size the entry says it has,
    and hold it twice."""
    content = io.BytesIO()
    with archive.open(entry) as packed:
        shutil.copyfileobj(packed, content)
    return content.getvalue()
