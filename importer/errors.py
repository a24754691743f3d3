"""What can go wrong in an import, by what it means for the rest of the run."""

from collections.abc import Iterator
from contextlib import contextmanager

STOP_REQUESTED = "the process was told to end"


class ImportStopped(Exception):  # noqa: N818 - not an error: somebody wanted it
    """Somebody asked the run to end: a signal, or the cancel button."""


class TakenOver(ImportStopped):
    """Another process has taken the run over, while this one had lost PostgreSQL."""


class ImportFailed(Exception):  # noqa: N818 - named like the failures that record it
    """Something could not be imported.

    `dump` is what came from outside and could not be used, as it came; `http_status` and
    `tmdb_code` are what TMDB answered, where it was TMDB that answered.
    """

    def __init__(
        self,
        message: str,
        *,
        http_status: int | None = None,
        tmdb_code: int | None = None,
        dump: bytes | None = None,
    ) -> None:
        super().__init__(message)
        self.http_status = http_status
        self.tmdb_code = tmdb_code
        self.dump = dump


class StepFailed(ImportFailed):
    """A step of a run cannot go on; the steps after it can."""


class LossTooGreat(StepFailed):
    """More would leave than anybody would clean up; none of it has, and force accepts it.

    `lost` is how many films, or ratings.
    """

    def __init__(self, message: str, *, lost: int) -> None:
        super().__init__(message)
        self.lost = lost


class KeyRefused(StepFailed):
    """TMDB does not accept the key: every further request would be refused as well."""


class ItemFailed(ImportFailed):
    """One film, or one line of a file, could not be used; everything else can."""


class FetchFailed(ItemFailed):
    """TMDB did not give a film's details."""


class TmdbUnavailable(FetchFailed):
    """TMDB failed at every attempt, in ways that pass by themselves: busy, broken, silent."""


class NoSuchMovie(FetchFailed):
    """TMDB says that it has no such film: deleted, or merged into another."""


class ParseFailed(ItemFailed):
    """What came is not what its documentation promises."""


class MovieExcluded(ItemFailed):
    """It is no film of the catalogue: an adult title, or a video that is none."""


class SaveFailed(ItemFailed):
    """PostgreSQL did not take a film."""


@contextmanager
def as_step_failure(what: str) -> Iterator[None]:
    """A step cannot go on without what is got in the block: its ItemFailed is a StepFailed."""
    try:
        yield
    except ItemFailed as error:
        raise StepFailed(
            f"{what} cannot be used: {error}",
            http_status=error.http_status,
            tmdb_code=error.tmdb_code,
            dump=error.dump,
        ) from None
