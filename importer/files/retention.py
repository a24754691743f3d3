"""How long downloaded files are kept."""

import datetime
from pathlib import Path


def delete_old_files(
    folder: Path, before: datetime.datetime, rejected_before: datetime.datetime
) -> int:
    """Delete the folder's files last written `before`, those set aside `rejected_before`."""
    deleted = 0
    for path in folder.glob("*") if folder.is_dir() else ():
        limit = rejected_before if path.suffix == ".unusable" else before
        if path.is_file() and path.stat().st_mtime < limit.timestamp():
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted
