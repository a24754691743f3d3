"""The folder of downloaded files: there, writable, and its owner's also after a run as root."""

import os
from pathlib import Path
from typing import IO

from importer.errors import StepFailed


def prepare(folder: Path, name: str) -> None:
    """Make it, for the file of this name and what lies beside it.

    StepFailed, with what to do, where this account may not write there.
    """
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
            give_to_owner(folder)
    except OSError as error:
        raise StepFailed(f"cannot write {folder}: {error.strerror}") from None
    for path in [folder, *folder.glob(f"{name}*")]:
        if not os.access(path, os.W_OK):
            raise StepFailed(
                f"cannot write {path}: it is another account's; "
                f"chown -R {os.geteuid()} {folder} as root mends it"
            )


def open_for_writing(path: Path, mode: str) -> IO[bytes]:
    """`wb` or `ab`; the file belongs to its folder's owner, and is never where a link leads."""
    file: IO[bytes] = open(path, mode, opener=open_no_link)  # noqa: SIM115 - the caller closes it
    give_to_owner(path)
    return file


def open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o644)


def give_to_owner(path: Path) -> None:
    """What root has made belongs to the owner of the folder that it is in: a service that runs
    as somebody else goes on with it."""
    owner = path.parent.lstat()
    if os.geteuid() == 0 and path.lstat().st_uid != owner.st_uid:
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
