"""An upload from its files to what is answered: the one way in, and the one way out."""

from collections.abc import Iterable

from movies.models import Lens
from movies.watched.classification import classify_rows
from movies.watched.errors import UnreadFiles
from movies.watched.exports import read_exports
from movies.watched.files import NamedFile, extract_files
from movies.watched.summary import Watched, summarise


def classify_upload(
    files: Iterable[NamedFile], by: Lens, *, lists_are_seen: bool = False
) -> Watched:
    """What became of every row of the files, and the countries of their films through a lens.

    `lists_are_seen` says that the films of lists (not of watchlists) are seen ones.

    Raises UploadRefused where nothing can be read. The files are let go of once they are read.
    """
    unread = UnreadFiles()
    exports = read_exports(extract_files(files, unread), unread)
    classified = classify_rows(exports, by, lists_are_seen=lists_are_seen)
    return summarise(exports, classified, by, unread.files, unread.not_needed)
