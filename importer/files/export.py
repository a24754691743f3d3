"""TMDB's daily export of movie ids: found, downloaded, and removed when it is old.

https://developer.themoviedb.org/docs/daily-id-exports: a gzip file of one JSON object a line,
written from 07:00 UTC, there by 08:00, kept three months.
"""

import datetime
import logging
from dataclasses import dataclass
from pathlib import Path

from importer.errors import StepFailed
from importer.files.download import NotPublished, download
from importer.files.downloaded_file import DownloadedFile
from importer.runs.progress import Progress

log = logging.getLogger(__name__)

NAME = "the export"
DAYS_BACK = 7
KEPT_DAYS = 2


@dataclass(frozen=True)
class Export(DownloadedFile):
    """An export that has been downloaded whole."""

    date: datetime.date


def download_newest(
    files_url: str, folder: Path, today: datetime.date, progress: Progress
) -> Export:
    """The export of today, or of the nearest of the days before that has one."""
    days = [today - datetime.timedelta(days=back) for back in range(DAYS_BACK + 1)]
    for day in days:
        try:
            return download_export(files_url, folder, day, progress)
        except NotPublished:
            log.info("there is no export of %s yet", day)
    raise StepFailed(f"{files_url} has no export of {days[-1]} or any later day")


def download_day(files_url: str, folder: Path, day: datetime.date, progress: Progress) -> Export:
    """The export of this day; StepFailed when there is none."""
    try:
        return download_export(files_url, folder, day, progress)
    except NotPublished:
        raise StepFailed(f"{files_url} has no export of {day}") from None


def download_export(
    files_url: str, folder: Path, day: datetime.date, progress: Progress
) -> Export:
    name = f"movie_ids_{day:%m_%d_%Y}.json.gz"
    download(f"{files_url}/{name}", folder / name, NAME, progress)
    return Export(folder / name, NAME, day)


def remove_old(folder: Path) -> None:
    """Keep what there is of the newest days only: exports, parts, and what was set aside."""
    files = sorted(folder.glob("movie_ids_*"), key=lambda path: path.stat().st_mtime)
    days = list(dict.fromkeys(path.name[: len("movie_ids_MM_DD_YYYY")] for path in files[::-1]))
    for path in files:
        if not path.name.startswith(tuple(days[:KEPT_DAYS])):
            path.unlink()
