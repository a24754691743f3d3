"""The catalogue and its import in figures, read from the database when Prometheus asks."""

from collections.abc import Iterator

from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric

from importer.models import ImportFailure, ImportRun, TmdbMovie
from movies.models import RankingState

PREFIX = "world_in_movies"


class CatalogueCollector:
    """One query a figure or so; the films are counted once in some seconds for all who ask."""

    def collect(self) -> Iterator[Metric]:
        now = timezone.now()
        figures = TmdbMovie.objects.cached_figures()
        films = GaugeMetricFamily(f"{PREFIX}_films", "Films by what is known.", labels=["state"])
        for state in ("known", "fetched", "due", "gone"):
            films.add_metric([state], figures[state])
        yield films
        if oldest := figures["oldest_at"]:
            yield gauge(
                "oldest_details_seconds",
                "Age of the oldest details.",
                (now - oldest).total_seconds(),
            )
        yield gauge(
            "open_failures",
            "Failures nobody has resolved.",
            ImportFailure.objects.unresolved().count(),
        )
        ranked = RankingState.objects.first()
        if ranked and ranked.ranked_at:
            yield gauge(
                "ranking_age_seconds",
                "Age of the ranking.",
                (now - ranked.ranked_at).total_seconds(),
            )
        yield from run_figures(now.timestamp())


def run_figures(now: float) -> Iterator[Metric]:
    running = ImportRun.objects.active().first()
    yield gauge("import_running", "Whether an import is queued or runs.", int(running is not None))
    rate = running.rate if running else None
    yield gauge("import_rate", "Units of its step a second.", rate or 0)
    if running and running.progressed_at:
        yield gauge(
            "import_still_seconds",
            "Since when the running import has not got on.",
            now - running.progressed_at.timestamp(),
        )
    daily = ImportRun.objects.filter(
        kind=ImportRun.Kind.DAILY, state=ImportRun.State.SUCCEEDED
    ).order_by("-finished_at")
    if (last := daily.first()) and last.finished_at:
        yield gauge(
            "daily_import_age_seconds",
            "Since the last daily import that worked.",
            now - last.finished_at.timestamp(),
        )


def gauge(name: str, help_: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}_{name}", help_, value)
