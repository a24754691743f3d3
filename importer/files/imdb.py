"""IMDb's ratings of all titles, downloaded.

https://developer.imdb.com/non-commercial-datasets/: a gzip file of tab-separated lines, made anew
every day under the same name.
"""

from pathlib import Path

from importer.errors import StepFailed
from importer.files.download import NotPublished, download
from importer.files.downloaded_file import DownloadedFile
from importer.runs.progress import Progress

NAME = "IMDb's file"
FILE = "title.ratings.tsv.gz"


def download_ratings(datasets_url: str, folder: Path, progress: Progress) -> DownloadedFile:
    """The file as IMDb has it now; StepFailed when it cannot be had."""
    try:
        download(f"{datasets_url}/{FILE}", folder / FILE, NAME, progress)
    except NotPublished as error:
        raise StepFailed(str(error)) from None
    return DownloadedFile(folder / FILE, NAME)
