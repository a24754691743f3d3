"""Extracts the files that count from a zip archive. Pure.

Nothing is written to a disk, and what an archive says of itself is checked before it is believed.
"""

import io
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from movies.watched.errors import FileUnreadable, UnreadFiles, UploadTooLarge
from movies.watched.not_needed import reason_not_needed

# What zipfile keeps of an entry in memory is more than what it takes in the archive. Letterboxd's
# archive has a file for each of a person's lists.
MOST_ENTRIES = 5_000
# How many of an archive's files are told one by one that they are not read.
MOST_TOLD = 20

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
ENTRY_SIGNATURE = b"PK\x01\x02"
ENCRYPTED = 0x1
# Others could ask for gigabytes as their dictionary.
COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What zipfile raises for what is no zip, or a broken one.
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError,
)  # fmt: skip
READABLE = {".csv", ".json", ".tsv"}
# What Excel's and LibreOffice's have in them.
WORKBOOKS = {"xl/workbook.xml", "content.xml"}

# What Letterboxd's archive says of films that somebody has seen or wants to see, ratings first.
# Its reviews and likes are of films that are in watched.csv too; lists/ can be of anything, and
# deleted/ is what its owner threw away.
LETTERBOXD_FILES = ("ratings.csv", "watched.csv", "watchlist.csv")
# When a film was watched is in the diary alone.
LETTERBOXD_DIARY = "diary.csv"
# In the header of each of them, and in no file of IMDb's, who calls its ratings that as well.
LETTERBOXD_COLUMN = b"Letterboxd URI"
DIARY_COLUMN = b"Watched Date"
HEADER_BYTES = 200

# What Trakt's archive says of films; the history has each time that one was watched, of which
# watched-movies has the last.
TRAKT_FILES = re.compile(
    r"(ratings-movies|watched-movies|(lists-)?watchlist|lists-(list-|favorites).*)(-\d+)?\.json"
)
TRAKT_HISTORY = re.compile(r"(watched-)?history(-\d+)?\.json")


class Entry(NamedTuple):
    """A file in an archive: its path below the folder that all are in, and what zipfile has."""

    path: PurePosixPath
    info: zipfile.ZipInfo


def is_archive(content: bytes) -> bool:
    return content.startswith(SIGNATURES)


def read_archive(
    name: str, content: bytes, *, most_files: int, most_bytes: int, unread: UnreadFiles
) -> Iterator[tuple[str, bytes]]:
    """The archive's files that count, by their paths in it.

    A file in it that cannot be read is put among the unread ones, with the archive's name before
    its own. Raises FileUnreadable for an archive of which nothing can be read, or that nobody
    makes in good faith; UploadTooLarge where its files are more than most_bytes.
    """
    if content.count(ENTRY_SIGNATURE) > MOST_ENTRIES:
        raise FileUnreadable("the zip has too many files in it.", file=name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for path, info in _select_entries(name, archive, most_files, most_bytes, unread):
                yield str(path), _read_entry(archive, info)
    except BROKEN:
        raise FileUnreadable("the zip is broken.", file=name) from None


def _select_entries(
    name: str, archive: zipfile.ZipFile, most_files: int, most_bytes: int, unread: UnreadFiles
) -> list[Entry]:
    """The entries that count."""
    entries = list(_below_common_folder(_own_files(name, archive.infolist())))
    readable = [entry for entry in entries if entry.path.suffix.lower() in READABLE]
    problems = {id(entry): _problem(entry.info) for entry in readable}
    sound = [entry for entry in readable if not problems[id(entry)]]
    selected = _letterboxd_entries(archive, _trakt_entries(sound))
    errors = [
        FileUnreadable(f"{entry.path} in the zip {problems[id(entry)]}.", file=name)
        for entry in readable
        if problems[id(entry)]
    ]
    if not selected or len(selected) > most_files:
        reason = _too_many_or_none(entries, selected)
        raise errors[0] if errors and not selected else FileUnreadable(reason, file=name)
    if sum(entry.info.file_size for entry in selected) > most_bytes:
        reason = f"the zip holds too much: {most_bytes:,} bytes are left of what is taken."
        raise UploadTooLarge(reason, file=name)
    _tell_unread(name, entries, sound, errors, unread)
    _tell_not_needed(name, entries, selected, unread)
    return selected


def _too_many_or_none(entries: Sequence[Entry], selected: Sequence[Entry]) -> str:
    """Why no file of the zip is read; a workbook is a zip, too."""
    if any(str(path) in WORKBOOKS for path, _ in entries):
        return "this is a workbook: save its sheet as CSV, and add that."
    return f"the zip holds {'too many' if selected else 'no'} CSV files."


def _own_files(name: str, infos: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Without folders, and what a system leaves beside files."""
    if not all(info.filename for info in infos):
        # Python 3.11 would stumble over it, later ones would not.
        raise zipfile.BadZipFile("it has a file without a name")
    for info in infos:
        if not info.is_dir() and _is_outside(info.filename):
            reason = f"the zip has a file with the path {info.filename[:100]!r}."
            raise FileUnreadable(reason, file=name)
    return [info for info in infos if not info.is_dir() and not is_of_system(info.filename)]


def is_of_system(path: str) -> bool:
    """Whether macOS or Windows has left it beside files, and no person."""
    parts = path.split("/")
    return (
        "__MACOSX" in parts
        or parts[-1].startswith("._")
        or parts[-1].lower() in {".ds_store", "thumbs.db", "desktop.ini"}
    )


def _is_outside(path: str) -> bool:
    """Whether it is no path inside the archive's own folder, on any system."""
    parts = path.replace("\\", "/").split("/")
    return not parts[0] or parts[0].endswith(":") or ".." in parts


def _below_common_folder(infos: Sequence[zipfile.ZipInfo]) -> Iterator[Entry]:
    """With their paths, less the one folder that all are in where somebody zipped a folder."""
    paths = [PurePosixPath(info.filename) for info in infos]
    tops = {path.parts[0] for path in paths if len(path.parts) > 1}
    is_folder = len(tops) == 1 and all(len(path.parts) > 1 for path in paths)
    for path, info in zip(paths, infos, strict=True):
        yield Entry(path.relative_to(*tops) if is_folder else path, info)


def _problem(info: zipfile.ZipInfo) -> str:
    """Why it cannot be read, if that is so."""
    if info.flag_bits & ENCRYPTED:
        return "is encrypted"
    if info.compress_type not in COMPRESSIONS:
        return "is packed unusually"
    return "" if info.file_size else "is empty"


def _tell_unread(
    name: str,
    entries: Sequence[Entry],
    sound: Sequence[Entry],
    errors: Sequence[FileUnreadable],
    unread: UnreadFiles,
) -> None:
    """What is no table, where there is somebody to wonder about it: not of a site's own archive,
    whose files are known."""
    for error in errors[:MOST_TOLD]:
        unread.add(error)
    others = [entry for entry in entries if entry.path.suffix.lower() not in READABLE]
    if any(_is_known_archive(entry.path.name.lower()) for entry in sound):
        return
    for path, _ in others[:MOST_TOLD]:
        unread.add(FileUnreadable("it is neither a CSV nor a JSON file.", file=f"{name}/{path}"))


def _tell_not_needed(
    name: str, entries: Sequence[Entry], selected: Sequence[Entry], unread: UnreadFiles
) -> None:
    """Of a site's own archive the files that nothing is read of, so that nobody misses them."""
    if not any(_is_known_archive(entry.path.name.lower()) for entry in selected):
        return
    paths = {entry.path for entry in selected}
    left = [entry for entry in entries if entry.path not in paths and not _problem(entry.info)]
    for path, _ in left[:MOST_TOLD]:
        unread.add_not_needed(f"{name}/{path}", reason_not_needed(path))


def _is_known_archive(file_name: str) -> bool:
    return file_name == "watched.csv" or TRAKT_FILES.fullmatch(file_name) is not None


def _trakt_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Of Trakt's files those of films that are rated, watched, wanted or listed."""
    films = [entry for entry in entries if TRAKT_FILES.fullmatch(entry.path.name.lower())]
    history = [entry for entry in entries if TRAKT_HISTORY.fullmatch(entry.path.name.lower())]
    if not films and not history:
        return list(entries)
    has_watched = any(entry.path.name.lower().startswith("watched-movies") for entry in films)
    trakt = films if has_watched else [*films, *history]
    others = [entry for entry in entries if entry.path.suffix.lower() != ".json"]
    return [*trakt, *others]


def _letterboxd_entries(archive: zipfile.ZipFile, entries: Sequence[Entry]) -> list[Entry]:
    """Of each folder of Letterboxd's its files of films; of others each file counts."""
    selected: list[Entry] = []
    folders: list[PurePosixPath] = []
    for folder in sorted({entry.path.parent for entry in entries}, key=lambda path: path.parts):
        if any(folder.is_relative_to(known) for known in folders):
            continue
        if found := _letterboxd_folder(archive, [e for e in entries if e.path.parent == folder]):
            folders.append(folder)
            selected += found
    return selected + [
        entry
        for entry in entries
        if not any(entry.path.is_relative_to(folder) for folder in folders)
    ]


def _letterboxd_folder(archive: zipfile.ZipFile, entries: Sequence[Entry]) -> list[Entry]:
    """The files of films of a folder that is Letterboxd's export, ratings first; none of another
    one."""
    found = [
        entry for name in LETTERBOXD_FILES for entry in entries if entry.path.name.lower() == name
    ]
    if not all(_has(archive, info, LETTERBOXD_COLUMN) for _, info in found):
        return []
    diaries = [entry for entry in entries if entry.path.name.lower() == LETTERBOXD_DIARY]
    diaries = [diary for diary in diaries if _has(archive, diary.info, DIARY_COLUMN)]
    return found + diaries if found else []


def _has(archive: zipfile.ZipFile, info: zipfile.ZipInfo, column: bytes) -> bool:
    with archive.open(info) as packed:
        return column in packed.read(HEADER_BYTES)


def _read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """In pieces: at once zipfile would unpack all there is, whatever size the entry says it has,
    and hold it twice."""
    content = io.BytesIO()
    with archive.open(info) as packed:
        shutil.copyfileobj(packed, content)
    return content.getvalue()
