"""What can be wrong with the API's answers."""


class Unusable(Exception):  # noqa: N818 - named like the failures that record it
    """Something of the API's that could not be used; `dump` is what came, as it came.

    The same trouble has the same words every time: they tell whether it is known already.
    """

    def __init__(self, message: str, dump: bytes | None = None) -> None:
        super().__init__(message)
        self.dump = dump


class RefreshFailed(Unusable):
    """There is no answer, or none to go by: what is there stays as it is."""
