"""Why an upload, or a file of it, is not taken, in a sentence for the person who sent it."""

import msgspec

# How many files' reasons a refusal says.
MOST_REASONS = 5


class UploadRefused(Exception):  # noqa: N818 - what is refused, not that it is an error
    """`file` is empty where all of the upload is meant; `row` is None where all of a file is."""

    def __init__(self, reason: str, *, file: str = "", row: int | None = None) -> None:
        self.file = file
        self.reason = reason if row is None else f"row {row}: {reason}"
        where = [file] if file else []
        where += [f"row {row}"] if row is not None else []
        super().__init__(f"{', '.join(where)}: {reason}" if where else reason)


class UploadTooLarge(UploadRefused):
    """More bytes than are taken."""


class FileUnreadable(UploadRefused):
    """One file cannot be read; the others of the upload can all the same."""


class UnreadFile(msgspec.Struct):
    """A file of the upload that is passed over, and why."""

    file: str
    reason: str


class UnreadFiles:
    """The files of an upload that are passed over. Where nothing else is left, they are why the
    upload is refused."""

    def __init__(self) -> None:
        self.files: list[UnreadFile] = []
        self.not_needed: list[UnreadFile] = []
        self._reasons: list[str] = []

    def add(self, error: FileUnreadable) -> None:
        self.files.append(UnreadFile(error.file, error.reason))
        self._reasons.append(str(error))

    def add_not_needed(self, file: str, reason: str) -> None:
        """It could be read, and has nothing that others do not have."""
        self.not_needed.append(UnreadFile(file, reason))

    def refuse(self) -> None:
        """Raise what was wrong with each."""
        if self._reasons:
            raise UploadRefused(" ".join(self._reasons[:MOST_REASONS]))
