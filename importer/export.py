"""TMDB's daily export of movie ids: found, downloaded (and resumed), read.

https://developer.themoviedb.org/docs/daily-id-exports: a gzip file of one JSON object a line,
written from 07:00 UTC, there by 08:00, kept three months.
"""

import datetime
import errno
import gzip
import logging
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import requests
import urllib3
from django.conf import settings

from importer.errors import ImportStopped, StepFailed
from importer.progress import Progress
from importer.tmdb import CHUNK_BYTES, SILENCE, backoffs

log = logging.getLogger(__name__)

DAYS_BACK = 7
BLOCK_BYTES = 1024 * 1024
# How much of an unusable file goes into its failure; the file itself is kept beside it.
DUMP_BYTES = 64 * 1024
KEPT_DAYS = 2
DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
ABSENT = {403, 404}
# What another attempt may better.
PASSING = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    ConnectionError,
    TimeoutError,
)


class Absent(Exception):  # noqa: N818 - raised and caught in this file alone
    """There is no export of that day."""


@dataclass(frozen=True)
class Export:
    """An export that has been downloaded whole."""

    date: datetime.date
    path: Path

    @property
    def size(self) -> int:
        """Bytes of the compressed file."""
        return self.path.stat().st_size


def download_newest(
    files_url: str, folder: Path, today: datetime.date, progress: Progress
) -> Export:
    """The export of today, or of the nearest of the days before that has one."""
    days = [today - datetime.timedelta(days=back) for back in range(DAYS_BACK + 1)]
    for day in days:
        try:
            return download(files_url, folder, day, progress)
        except Absent:
            log.info("there is no export of %s yet", day)
    raise StepFailed(f"{files_url} has no export of {days[-1]} or any later day")


def download_day(files_url: str, folder: Path, day: datetime.date, progress: Progress) -> Export:
    """The export of this day; StepFailed when there is none."""
    try:
        return download(files_url, folder, day, progress)
    except Absent:
        raise StepFailed(f"{files_url} has no export of {day}") from None


def download(files_url: str, folder: Path, day: datetime.date, progress: Progress) -> Export:
    name = f"movie_ids_{day:%m_%d_%Y}.json.gz"
    target = Download(f"{files_url}/{name}", folder / name)
    waits = backoffs(settings.TMDB_BACKOFF_SECONDS)
    while True:
        before = target.received
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target.go_on(progress)
        except PASSING as error:
            problem = f"{type(error).__name__}: {error}"
        except OSError as error:
            with suppress(OSError):
                target.discard()
            full = "the disk is full: " if error.errno in DISK_FULL else ""
            raise StepFailed(f"{full}cannot write {target.path}: {error.strerror}") from None
        else:
            return Export(day, target.path)
        if target.received > before:
            waits = backoffs(settings.TMDB_BACKOFF_SECONDS)
        wait = next(waits)
        if wait is None:
            raise StepFailed(f"cannot download {target.url}: {problem}")
        if progress.stop.wait(wait):
            raise ImportStopped


class Download:
    """One file on its way to the disk; what is there of it already is not fetched again."""

    def __init__(self, url: str, path: Path) -> None:
        self.url = url
        self.path = path
        self.part = path.with_name(path.name + ".part")
        # Beside the file and its part: the ETag of what they are (a part of).
        self.etag = path.with_name(path.name + ".etag")

    @property
    def received(self) -> int:
        """Bytes of the part that is there."""
        return self.part.stat().st_size if self.part.exists() else 0

    def go_on(self, progress: Progress) -> None:
        """Fetch what is missing; one of PASSING when that breaks off."""
        with requests.get(
            self.url, headers=self.conditions(), timeout=SILENCE, stream=True
        ) as response:
            status = response.status_code
            if status == requests.codes.not_modified and self.path.exists():
                return
            if status in ABSENT:
                raise Absent
            if status == requests.codes.range_not_satisfiable:
                self.discard()
            elif 400 <= status < 500 and status != requests.codes.too_many_requests:
                raise StepFailed(f"{self.url} answered {status} {response.reason}")
            response.raise_for_status()
            self.receive(response, progress)
        self.part.replace(self.path)

    def conditions(self) -> dict[str, str]:
        headers = {"Accept-Encoding": "identity"}
        if not self.etag.exists():
            return headers
        etag = self.etag.read_text()
        if self.path.exists():
            return headers | {"If-None-Match": etag}
        if self.part.exists():
            return headers | {"Range": f"bytes={self.received}-", "If-Range": etag}
        return headers

    def receive(self, response: requests.Response, progress: Progress) -> None:
        resumed = response.status_code == requests.codes.partial_content
        if not resumed:
            # In this order: whenever it is killed, no ETag stands beside another file's bytes.
            self.path.unlink(missing_ok=True)
            self.discard()
            self.remember(response.headers.get("ETag"))
        there = self.received
        length = response.headers.get("Content-Length", "")
        total = there + int(length) if length.isdecimal() else None
        self.check_room(total, there)
        progress.begin(f"downloading {self.path.name}", "bytes", total, there)
        with self.part.open("ab" if resumed else "wb") as part:
            while chunk := response.raw.read1(CHUNK_BYTES):
                part.write(chunk)
                there += len(chunk)
                progress.report(there)
        progress.report(there)

    def remember(self, etag: str | None) -> None:
        # A weak ETag does not promise the same bytes, so nothing could be resumed on it.
        if etag and not etag.startswith("W/"):
            self.etag.write_text(etag)

    def check_room(self, total: int | None, there: int) -> None:
        free = shutil.disk_usage(self.path.parent).free
        if total is not None and total - there > free:
            raise OSError(errno.ENOSPC, f"{total - there:,} bytes are needed, {free:,} are free")

    def discard(self) -> None:
        self.part.unlink(missing_ok=True)
        self.etag.unlink(missing_ok=True)


def read_blocks(export: Export, report: Callable[[int], None]) -> Iterator[bytes]:
    """The file's lines in blocks of whole lines; reports the compressed bytes that are read.

    StepFailed, and the file set aside, when it is not a whole gzip file.
    """
    rest = b""
    try:
        with export.path.open("rb") as raw, gzip.open(raw) as lines:
            while block := lines.read(BLOCK_BYTES):
                whole, newline, after = (rest + block).rpartition(b"\n")
                rest = after
                if newline:
                    yield whole + newline
                report(min(raw.tell(), export.size))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise unusable(export, f"it is damaged or cut off: {error}") from None
    if rest:
        yield rest


def unusable(export: Export, why: str) -> StepFailed:
    """Set the file aside, so that the next run downloads it anew; its beginning is the dump."""
    with export.path.open("rb") as file:
        dump = file.read(DUMP_BYTES)
    aside = export.path.with_name(export.path.name + ".unusable")
    export.path.replace(aside)
    return StepFailed(
        f"the export of {export.date} cannot be used ({why}); it is kept as {aside.name}",
        dump=dump,
    )


def remove_old(folder: Path) -> None:
    """Keep what there is of the newest days only: exports, parts, and what was set aside."""
    files = sorted(folder.glob("movie_ids_*"), key=lambda path: path.stat().st_mtime)
    days = list(dict.fromkeys(path.name[: len("movie_ids_MM_DD_YYYY")] for path in files[::-1]))
    for path in files:
        if not path.name.startswith(tuple(days[:KEPT_DAYS])):
            path.unlink()
