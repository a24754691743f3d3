"""The folder of downloaded files: there, writable, and its owner's also after a run as root."""

import os
from pathlib import Path

from importer.errors import StepFailed


def prepare(folder: Path) -> None:
    """Make it; StepFailed, with what to do, where this account may not write to it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StepFailed(f"cannot write {folder}: {error.strerror}") from None
    give_to_owner(folder)
    for path in [folder, *folder.iterdir()]:
        if not os.access(path, os.W_OK):
            raise StepFailed(
                f"cannot write {path}: it is another account's; "
                f"chown -R {os.geteuid()} {folder} as root mends it"
            )


def give_to_owner(path: Path) -> None:
    """What root has made belongs to the owner of the folder that it is in: a service that runs
    as somebody else goes on with it."""
    owner = path.parent.stat()
    if os.geteuid() == 0 and path.stat().st_uid != owner.st_uid:
        os.chown(path, owner.st_uid, owner.st_gid)
