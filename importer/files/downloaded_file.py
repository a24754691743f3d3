"""Downloaded gzip files of lines: read block by block, or set aside when they cannot be used."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from importer.errors import StepFailed

# Lines become many small objects: blocks four times as large took 33 MB more, and no less time.
BLOCK_BYTES = 256 * 1024
# How much of an unusable file goes into its failure; the file itself is kept beside it.
DUMP_BYTES = 64 * 1024


@dataclass(frozen=True)
class DownloadedFile:
    """A file that has been downloaded whole, and what messages call it."""

    path: Path
    name: str

    @property
    def size(self) -> int:
        """Bytes of the compressed file."""
        return self.path.stat().st_size

    def blocks(self, report: Callable[[int], None]) -> Iterator[bytes]:
        """Its lines in blocks of whole lines; reports the compressed bytes that are read.

        StepFailed, and the file set aside, when it is not a whole gzip file.
        """
        rest = b""
        try:
            with self.path.open("rb") as raw, gzip.open(raw) as lines:
                while block := lines.read(BLOCK_BYTES):
                    whole, newline, rest = (rest + block).rpartition(b"\n")
                    if len(rest) > BLOCK_BYTES:
                        raise self.reject("a line of it does not end")
                    if newline:
                        yield whole + newline
                    report(min(raw.tell(), self.size))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise self.reject(f"it is damaged or cut off: {error}") from None
        if rest:
            yield rest

    def reject(self, why: str) -> StepFailed:
        """Set it aside, so that the next run downloads it anew; its beginning is the dump."""
        with self.path.open("rb") as file:
            dump = file.read(DUMP_BYTES)
        aside = self.path.with_name(self.path.name + ".unusable")
        self.path.replace(aside)
        return StepFailed(f"{self.name} cannot be used ({why}); kept as {aside.name}", dump=dump)
