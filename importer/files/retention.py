"""How long downloaded files are kept."""

import datetime
from pathlib import Path

# What downloads write there; whatever else lies in the folder is somebody else's.
OURS = ("movie_ids_*", "title.ratings.tsv.gz*")


def delete_old_files(
    folder: Path, before: datetime.datetime, rejected_before: datetime.datetime
) -> int:
    """Delete the folder's files last written `before`, those set aside `rejected_before`."""
    deleted = 0
    ours = [path for pattern in OURS for path in folder.glob(pattern)]
    for path in ours:
        limit = rejected_before if path.suffix == ".unusable" else before
        if path.is_file() and path.stat().st_mtime < limit.timestamp():
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted
