"""What the steps of an import have in common."""

import threading
from dataclasses import dataclass

from django.conf import settings

from importer.models import ImportRun
from importer.runs.progress import Progress
from importer.tmdb.client import Client


@dataclass
class Attempt:
    """What a step works with: the run that it belongs to, and its reports."""

    run: ImportRun
    progress: Progress
    stop: threading.Event

    def client(self, stop: threading.Event) -> Client:
        return Client(
            settings.TMDB_API_URL,
            token=settings.TMDB_API_TOKEN,
            key=settings.TMDB_API_KEY,
            rate=settings.TMDB_REQUESTS_PER_SECOND,
            backoff=settings.TMDB_BACKOFF_SECONDS,
            stop=stop,
        )
