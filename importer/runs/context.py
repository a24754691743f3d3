"""What each step of an import is given to work with."""

import threading
from dataclasses import dataclass

from django.conf import settings

from importer.models import ImportOptions, ImportRun
from importer.runs.progress import Progress
from importer.tmdb.client import Client
from importer.tmdb.rate_limit import RateLimiter


@dataclass(frozen=True)
class StepContext:
    """The run that the step belongs to, by way of the progress that it reports."""

    progress: Progress
    # One for all steps: what has been learnt of TMDB's rate holds for the next one as well.
    limiter: RateLimiter

    @property
    def run(self) -> ImportRun:
        return self.progress.run

    @property
    def options(self) -> ImportOptions:
        return self.run.options

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
