"""What each step of an import is given to work with."""

import logging
import math
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings

from importer.daemon_threads import DaemonExecutor, call_until
from importer.errors import StepFailed
from importer.models import ImportOptions, ImportRun
from importer.runs.progress import Progress
from importer.tmdb.client import Client
from importer.tmdb.prefetch import Prefetch
from importer.tmdb.rate_limit import RateLimiter
from movies.derived import swap
from movies.derived.swap import SchemaRefused, SwapPostponed

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class StepContext:
    """The run that the step belongs to, by way of the progress that it reports."""

    progress: Progress
    # One for all steps: what has been learnt of TMDB's rate holds for the next one as well.
    limiter: RateLimiter
    # For what the step itself asks for, one after the other: see `ask`.
    asking: DaemonExecutor
    # What is fetched for `movies` while the steps before it are at work.
    prefetch: Prefetch

    @property
    def run(self) -> ImportRun:
        return self.progress.run

    @property
    def options(self) -> ImportOptions:
        return self.run.options

    def accepted_loss(self, step: str) -> float:
        """How many films, or ratings, may leave in this step although that is many: as many as
        were shown to whoever forces it; any number where no loss had been refused before."""
        if not self.options.get("force"):
            return 0
        shown = self.options.get("accepted")
        return math.inf if shown is None else shown.get(step, 0)

    @contextmanager
    def noting_postponed_swaps(
        self, on_postponed: Callable[[], None] = swap.no_op
    ) -> Iterator[None]:
        """A swap that readers keep from being made is tried again by the next ranking or file: the
        run says so, and goes on. StepFailed where none can ever be made."""
        try:
            yield
        except SchemaRefused as error:
            raise StepFailed(str(error)) from None
        except SwapPostponed as reason:
            log.warning("%s", reason)
            self.run.add_note(str(reason))
            on_postponed()

    def prefetch_movies(self, movie_ids: Iterable[int]) -> None:
        """Have these films fetched in the background, for the step that saves them."""
        self.prefetch.start(movie_ids, self.tmdb_client(self.prefetch.halt).movie)

    def ask(self, call: Callable[[], T]) -> T:
        """What a call that may hang on the network returns; ImportStopped as soon as the run is to
        end."""
        return call_until(self.progress.stop, self.asking, call)

    def tmdb_client(self, stop: threading.Event | None = None) -> Client:
        """TMDB as the settings have it; `stop` ends its waits, else the end of the run does."""
        return Client(
            settings.TMDB_API_URL,
            token=settings.TMDB_API_TOKEN,
            key=settings.TMDB_API_KEY,
            limiter=self.limiter,
            backoff=settings.TMDB_BACKOFF_SECONDS,
            stop=stop or self.progress.stop,
        )
