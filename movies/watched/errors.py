"""Why an upload is not taken, in a sentence for the person who sent it."""


class UploadRefused(Exception):  # noqa: N818 - what is refused, not that it is an error
    """`file` is empty where all of the upload is meant; `row` is None where all of a file is."""

    def __init__(self, reason: str, *, file: str = "", row: int | None = None) -> None:
        where = [file] if file else []
        where += [f"row {row}"] if row is not None else []
        super().__init__(f"{', '.join(where)}: {reason}" if where else reason)


class UploadTooLarge(UploadRefused):
    """More bytes than are taken."""
