"""An upload from its files to what is answered: the one way in, and the one way out."""

from collections.abc import Iterable

from movies.models import Lens
from movies.watched.classification import classify_rows
from movies.watched.files import NamedFile, extract_csv_files
from movies.watched.rows import read_exports
from movies.watched.summary import Watched, summarise


def classify_upload(files: Iterable[NamedFile], by: Lens) -> Watched:
    """What became of every row of the files, and the countries of their films through a lens.

    Raises UploadRefused. The files are let go of once they are read.
    """
    exports = read_exports(extract_csv_files(files))
    return summarise(exports, classify_rows(exports, by), by)
