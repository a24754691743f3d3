"""The files that are downloaded whole: the daily export of ids and IMDb's ratings."""

import asyncio
import mmap
import re
import tempfile
import zlib
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from itertools import islice

from tools.sandbox.wire import Request, Response

File = bytes | mmap.mmap

KEPT_DAYS = 90
EXPORT_NAME = re.compile(r"movie_ids_(\d\d)_(\d\d)_(\d{4})\.json\.gz")
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
LINES_AT_A_TIME = 200

BROKEN_LINES = (
    b"this is no JSON\n",
    b'{"adult":false,"id":\n',
    b'{"adult":false,"original_title":"No id","popularity":1.0,"video":false}\n',
    b'{"id":900000001}\n',
    b'{"adult":false,"id":"900000002","original_title":"A","popularity":1.0,"video":false}\n',
    b'{"adult":false,"id":900000003,"original_title":"A","popularity":"high","video":false}\n',
    b'{"adult":false,"id":null,"original_title":null,"popularity":null,"video":null}\n',
    b'{"adult":false,"id":-5,"original_title":"A","popularity":1.0,"video":false}\n',
    b'{"adult":false,"id":99999999999,"original_title":"A","popularity":1.0,"video":false}\n',
    b'["a","list"]\n',
    b"null\n",
    b"\xff\xfe\x00\n",
    b"\n",
)


class Shelf:
    """Gzipped files, kept as long as the edition that they were made from is the same."""

    def __init__(self) -> None:
        self._files: dict[Hashable, File] = {}
        self._lock = asyncio.Lock()

    async def gzipped(
        self, name: str, edition: Hashable, lines: Callable[[], Iterable[bytes]]
    ) -> File:
        """The lines as one gzip file; `edition` None makes it anew."""
        async with self._lock:
            key = (name, edition)
            if edition is None or key not in self._files:
                self._files[key] = await _gzipped(lines())
            return self._files[key]


async def _gzipped(lines: Iterable[bytes]) -> mmap.mmap:
    """Pack into an unnamed temporary file, giving way to other requests as it goes."""
    packer = zlib.compressobj(level=1, wbits=31)
    rest = iter(lines)
    with tempfile.TemporaryFile() as file:
        while block := b"".join(islice(rest, LINES_AT_A_TIME)):
            file.write(packer.compress(block))
            await asyncio.sleep(0)
        file.write(packer.flush())
        file.flush()
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def export_day(name: str, today: date) -> date | None:
    """The day of an export's file name; None when no such file is kept."""
    match = EXPORT_NAME.fullmatch(name)
    if match is None:
        return None
    month, day, year = map(int, match.groups())
    try:
        asked = date(year, month, day)
    except ValueError:
        return None
    return asked if timedelta(0) <= today - asked < timedelta(KEPT_DAYS) else None


def faulty_lines(lines: Iterable[bytes], faults: frozenset[str]) -> Iterator[bytes]:
    """The export's lines with the faults that concern lines."""
    for number, line in enumerate(lines):
        if "export-lines" in faults and number % 40 == 0:
            yield BROKEN_LINES[number // 40 % len(BROKEN_LINES)]
        if "export-loss" not in faults or number % 3:
            yield line


def faulty_file(whole: File, faults: frozenset[str]) -> File:
    """The export with the faults that concern the file."""
    if "export-html" in faults:
        return b"<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>"
    if "export-empty" in faults:
        return b""
    if "export-truncated" in faults:
        return whole[: len(whole) // 2]
    if "export-corrupt" in faults:
        middle = len(whole) // 2
        spoilt = bytes(byte ^ 0xFF for byte in whole[middle : middle + 64])
        return whole[:middle] + spoilt + whole[middle + 64 :]
    return whole


def not_there() -> Response:
    """What TMDB's file store says to every file that it has not, or no longer."""
    body = b"<?xml version='1.0' encoding='UTF-8'?><Error><Code>AccessDenied</Code></Error>"
    return Response(403, body, {"Content-Type": "application/xml"})


def download(
    request: Request, file: File, day: date, *, cut: bool, bytes_per_second: int
) -> Response:
    """The file as of that day, or the part or confirmation of it that the request asks for.

    `cut` ends the connection at the middle of the file, so that what is asked for from there on
    comes whole.
    """
    headers = _description(file, day)
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(304, headers=headers)
    part = _part(request, headers, len(file))
    if part is None:
        status, part = 200, range(len(file))
    elif part:
        status = 206
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(file)}"
    else:
        return Response(416, headers={**headers, "Content-Range": f"bytes */{len(file)}"})
    middle = len(file) // 2
    cut_after = middle - part.start if cut and middle in part[1:] else None
    body = memoryview(file)[part.start : part.stop]
    return Response(status, body, headers, cut_after, bytes_per_second)


def _description(file: File, day: date) -> dict[str, str]:
    return {
        "ETag": f'"{day:%Y%m%d}-{zlib.crc32(file):08x}"',
        "Last-Modified": format_datetime(datetime.combine(day, time(), UTC), usegmt=True),
        "Accept-Ranges": "bytes",
        "Content-Type": "application/gzip",
    }


def _part(request: Request, headers: dict[str, str], size: int) -> range | None:
    """The bytes asked for, none of them if they are past the end; None: the whole file."""
    if request.headers.get("if-range", headers["ETag"]) not in headers.values():
        return None
    match = RANGE.fullmatch(request.headers.get("range", ""))
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(size, int(last) + 1) if last else size)
