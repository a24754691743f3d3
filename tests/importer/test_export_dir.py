"""The folder of downloads: what root makes there is the service's, and what is not is said."""

import os
from pathlib import Path

import pytest

from importer.errors import StepFailed
from importer.files import export_dir

SERVICE = 54321

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
as_service = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of the service's account."""
    folder = tmp_path / "exports"
    folder.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, SERVICE, SERVICE)
    return folder


@as_root
@pytest.mark.parametrize("mode", ["wb", "ab"])
def test_what_root_writes_is_the_folders_owners(folder: Path, mode: str) -> None:
    with export_dir.open_for_writing(folder / "file", mode) as file:
        file.write(b"x")

    written = (folder / "file").stat()
    assert (written.st_uid, written.st_gid) == (SERVICE, SERVICE)


@as_root
def test_a_folder_that_root_makes_is_its_folders_owners(folder: Path) -> None:
    export_dir.prepare(folder / "var", "file")

    assert (folder / "var").stat().st_uid == SERVICE


@as_root
def test_a_file_that_an_earlier_release_left_to_root_is_given_back(folder: Path) -> None:
    left = folder / "file"
    left.write_bytes(b"x")
    assert left.stat().st_uid == 0

    with export_dir.open_for_writing(left, "ab"):
        pass

    assert left.stat().st_uid == SERVICE


@as_root
def test_root_gives_nobody_what_lies_elsewhere(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"root's")
    (folder / "file").symlink_to(elsewhere)

    with pytest.raises(OSError, match="symbolic links"):
        export_dir.open_for_writing(folder / "file", "wb")

    assert elsewhere.stat().st_uid == 0
    assert elsewhere.read_bytes() == b"root's"


@as_service
def test_a_file_of_another_account_is_named_with_what_mends_it(folder: Path) -> None:
    (folder / "file.part").touch(mode=0o444)

    with pytest.raises(StepFailed, match=r"file\.part.*chown -R"):
        export_dir.prepare(folder, "file")
