"""Extracts the CSV files of an upload: taken as they are, or the entries of a zip archive. Pure.

Nothing is written to a disk, and what an archive says of itself is checked before it is believed.
"""

import io
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from movies.watched.errors import UploadRefused, UploadTooLarge

# Of a request, and of what its archives hold: 100,000 rows of IMDb's longest export.
MOST_BYTES = 32_000_000
MOST_FILES = 20
# Letterboxd's archive has a file for each of a person's lists. What zipfile keeps of an entry in
# memory is more than what it takes in the archive.
MOST_ENTRIES = 5_000
# In characters: it is in the answer with every row.
LONGEST_FILE_NAME = 200

ARCHIVE_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
ENTRY_SIGNATURE = b"PK\x01\x02"
ENCRYPTED = 0x1
# Others could ask for gigabytes as their dictionary.
COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What zipfile raises for what is no zip, or a broken one.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError,
)  # fmt: skip

# What Letterboxd's archive says of films that somebody has seen or wants to see, ratings first.
# Its diary, reviews and likes are of films that are in watched.csv too; lists/ can be of anything,
# and deleted/ is what its owner threw away.
LETTERBOXD_FILES = ("ratings.csv", "watched.csv", "watchlist.csv")
# In the header of each of them, and in no file of IMDb's, who calls its ratings that as well.
LETTERBOXD_COLUMN = b"Letterboxd URI"
HEADER_BYTES = 200


class NamedFile(NamedTuple):
    """A file's name, as its sender has it, and its bytes. One out of an archive has its path in
    it, after the archive's own name where that did not come alone."""

    name: str
    content: bytes


class Entry(NamedTuple):
    """A file in an archive: its path below the folder that all are in, and what zipfile has."""

    path: PurePosixPath
    info: zipfile.ZipInfo


def extract_csv_files(files: Iterable[NamedFile]) -> list[NamedFile]:
    """The files with rows in them, in order, each with a name of its own.

    Raises UploadRefused for too many or too large ones, and for an archive that cannot be read.
    """
    files = list(files)
    if not files:
        raise UploadRefused("No file was sent.")
    if len(files) > MOST_FILES:
        raise UploadRefused(f"{len(files)} files are too many: {MOST_FILES} are taken.")
    extracted: list[NamedFile] = []
    for file in files:
        folder = f"{file.name}/" if len(files) > 1 else ""
        bytes_left = MOST_BYTES - sum(len(each.content) for each in extracted)
        extracted += _extract(file, folder, bytes_left)
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


def _extract(file: NamedFile, folder: str, most_bytes: int) -> list[NamedFile]:
    """A file that is no archive as it is; of an archive the entries that count, in `folder`."""
    if not file.content:
        raise UploadRefused("the file is empty.", file=file.name)
    if not file.content.startswith(ARCHIVE_SIGNATURES):
        if len(file.content) > most_bytes:
            raise UploadTooLarge(f"It is too large: {MOST_BYTES:,} bytes are taken.")
        return [file]
    if file.content.count(ENTRY_SIGNATURE) > MOST_ENTRIES:
        raise UploadRefused("the zip has too many files in it.", file=file.name)
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            return [
                NamedFile(f"{folder}{path}", _read_entry(archive, info))
                for path, info in _select_entries(file.name, archive, most_bytes)
            ]
    except BROKEN_ARCHIVE:
        raise UploadRefused("the zip is broken.", file=file.name) from None


def _select_entries(archive_name: str, archive: zipfile.ZipFile, most_bytes: int) -> list[Entry]:
    """The entries that count; UploadRefused for an archive that nobody makes in good faith."""
    entries = _csv_entries(archive_name, archive.infolist())
    selected = _letterboxd_entries(archive, entries) or entries
    _check_sizes(archive_name, [info for _, info in selected], most_bytes)
    return selected


def _csv_entries(archive_name: str, infos: list[zipfile.ZipInfo]) -> list[Entry]:
    """The CSV files; UploadRefused for what cannot be read without a danger."""
    if not all(info.filename for info in infos):
        # Python 3.11 would stumble over it, later ones would not.
        raise zipfile.BadZipFile("it has a file without a name")
    infos = [info for info in infos if not info.is_dir()]
    for info in infos:
        if _is_outside(info.filename):
            reason = f"the zip has a file with the path {info.filename[:100]!r}."
            raise UploadRefused(reason, file=archive_name)
    entries = [
        entry for entry in _below_common_folder(infos) if entry.path.suffix.lower() == ".csv"
    ]
    for _, info in entries:
        _check_compression(archive_name, info)
    return entries


def _is_outside(path: str) -> bool:
    """Whether it is no path inside the archive's own folder, on any system."""
    parts = path.replace("\\", "/").split("/")
    return not parts[0] or parts[0].endswith(":") or ".." in parts


def _below_common_folder(infos: Sequence[zipfile.ZipInfo]) -> Iterator[Entry]:
    """With their paths, less the one folder that all are in where somebody zipped a folder."""
    # Left by macOS beside the files themselves.
    own = [info for info in infos if not info.filename.startswith("__MACOSX/")]
    paths = [PurePosixPath(info.filename) for info in own]
    tops = {path.parts[0] for path in paths if len(path.parts) > 1}
    is_folder = len(tops) == 1 and all(len(path.parts) > 1 for path in paths)
    for path, info in zip(paths, own, strict=True):
        yield Entry(path.relative_to(*tops) if is_folder else path, info)


def _check_compression(archive_name: str, info: zipfile.ZipInfo) -> None:
    if info.flag_bits & ENCRYPTED:
        raise UploadRefused(f"{info.filename} in the zip is encrypted.", file=archive_name)
    if info.compress_type not in COMPRESSIONS:
        raise UploadRefused(f"{info.filename} in the zip is packed unusually.", file=archive_name)


def _check_sizes(archive_name: str, infos: Sequence[zipfile.ZipInfo], most_bytes: int) -> None:
    """Before any is read, by what they say of themselves: reading stops there."""
    if not infos or len(infos) > MOST_FILES:
        reason = f"the zip holds {'too many' if infos else 'no'} CSV files."
        raise UploadRefused(reason, file=archive_name)
    for info in infos:
        if not info.file_size:
            raise UploadRefused(f"{info.filename} in the zip is empty.", file=archive_name)
    if sum(info.file_size for info in infos) > most_bytes:
        reason = f"the zip holds too much: {MOST_BYTES:,} bytes are taken, of all files together."
        raise UploadTooLarge(reason, file=archive_name)


def _letterboxd_entries(archive: zipfile.ZipFile, entries: Iterable[Entry]) -> list[Entry]:
    """The files of films in Letterboxd's archive; none in another one, of which each file
    counts."""
    found = [
        entry for name in LETTERBOXD_FILES for entry in entries if str(entry.path).lower() == name
    ]
    return found if all(_is_letterboxd(archive, info) for _, info in found) else []


def _is_letterboxd(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    with archive.open(info) as packed:
        return LETTERBOXD_COLUMN in packed.read(HEADER_BYTES)


def _read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """In pieces: at once zipfile would unpack all there is, whatever size the entry says it has,
    and hold it twice."""
    content = io.BytesIO()
    with archive.open(info) as packed:
        shutil.copyfileobj(packed, content)
    return content.getvalue()
