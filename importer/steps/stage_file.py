"""What the steps share that read a downloaded file of lines."""

from collections.abc import Callable
from typing import TypeVar

from importer.errors import ItemFailed
from importer.files.downloaded_file import DownloadedFile
from importer.files.line_parsers import BrokenLine
from importer.runs.context import StepContext
from importer.store.failures import record_failure

# Failures of lines beyond this many are only counted: the file that they are in is kept.
KEPT_BROKEN_LINES = 1000
GREATEST_BROKEN_SHARE = 0.05

T = TypeVar("T")


def stage_file(
    context: StepContext,
    file: DownloadedFile,
    parse: Callable[[bytes, int], tuple[list[T], list[BrokenLine]]],
    stage: Callable[[list[T]], None],
) -> list[BrokenLine]:
    """Give all that `parse` makes of the file to `stage`; its broken lines.

    StepFailed, and the file set aside, when it is damaged or too many of its lines are broken.
    """
    context.progress.begin(f"reading {file.name}", "bytes", file.size)
    broken: list[BrokenLine] = []
    number = 1
    for block in file.blocks(context.progress.report):
        found, bad = parse(block, number)
        stage(found)
        broken += bad
        number += block.count(b"\n")
        if len(broken) > KEPT_BROKEN_LINES and len(broken) > GREATEST_BROKEN_SHARE * number:
            raise file.reject(f"{len(broken):,} of its first {number:,} lines are broken")
    return broken


def record_broken_lines(context: StepContext, kind: str, broken: list[BrokenLine]) -> None:
    """Record them as failures, with their numbers, within the caller's transaction."""
    for line in broken[:KEPT_BROKEN_LINES]:
        failure = ItemFailed(line.message, dump=line.line)
        record_failure(context.run, kind, failure, line_number=line.number)
