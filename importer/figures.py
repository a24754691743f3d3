"""How complete and how old the catalogue is, and what the imports of the last days did."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import DateField, F, Max, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from importer.models import FIGURES_SECONDS, ImportRun, TmdbExport, TmdbMovie
from movies.models import CountryTotal, Lens, Movie

TOP_COUNTRIES = 10
HISTORY_DAYS = 30


@dataclass(frozen=True)
class CountryFilms:
    """How many films of the catalogue are from a country."""

    code: str
    name: str
    films: int

    @property
    def words(self) -> str:
        return f"{self.films:,}"


@dataclass(frozen=True)
class Figures:
    """The catalogue in figures."""

    known: int
    fetched: int
    due: int
    gone: int
    with_imdb_id: int
    # When the details that are oldest were fetched; null while there are none.
    oldest_at: datetime.datetime | None
    countries: list[CountryFilms]

    @property
    def oldest_days(self) -> int | None:
        return (timezone.now() - self.oldest_at).days if self.oldest_at else None


def figures() -> Figures:
    """The catalogue as it was some seconds ago; three queries when it has to be counted anew."""
    ledger = TmdbMovie.objects.cached_figures()
    with_imdb_id = cache.get_or_set("with_imdb_id", count_with_imdb_id, FIGURES_SECONDS)
    return Figures(**ledger, with_imdb_id=with_imdb_id or 0, countries=top_countries())


def count_with_imdb_id() -> int:
    return Movie.objects.filter(imdb_id__isnull=False).count()


def top_countries() -> list[CountryFilms]:
    """The countries with most films, as they were when the lists were last made."""
    totals = CountryTotal.objects.filter(by=Lens.HOME).order_by("-movies", "country")
    rows = totals.values_list("country", "country__name", "movies")[:TOP_COUNTRIES]
    return [CountryFilms(code, name or code, films) for code, name, films in rows]


@dataclass(frozen=True)
class Day:
    """What the imports of a day did; null where there was none of the kind."""

    date: datetime.date
    exported: int | None = None
    fetched: int | None = None
    failed: int | None = None
    # Seconds that the longest daily import which succeeded took.
    daily_seconds: float | None = None


def history(today: datetime.date) -> list[Day]:
    """The last HISTORY_DAYS days, the oldest first; two queries."""
    first = today - datetime.timedelta(days=HISTORY_DAYS - 1)
    exported = dict(TmdbExport.objects.filter(date__gte=first).values_list("date", "movies"))
    done = {row.pop("date"): row for row in runs_by_day(first)}
    dates = [first + datetime.timedelta(days=number) for number in range(HISTORY_DAYS)]
    return [Day(date, exported.get(date), **done.get(date, {})) for date in dates]


def runs_by_day(first: datetime.date) -> list[dict[str, Any]]:
    midnight = datetime.datetime.combine(first, datetime.time(), datetime.UTC)
    daily = Q(kind=ImportRun.Kind.DAILY, state=ImportRun.State.SUCCEEDED)
    runs = ImportRun.objects.filter(started_at__gte=midnight).annotate(
        date=TruncDate("started_at", output_field=DateField())
    )
    days = runs.values("date").annotate(
        of_fetched=Sum("fetched"),
        of_failed=Sum("failed"),
        longest=Max(F("finished_at") - F("started_at"), filter=daily),
    )
    return [
        {
            "date": day["date"],
            "fetched": day["of_fetched"],
            "failed": day["of_failed"],
            "daily_seconds": day["longest"] and max(day["longest"].total_seconds(), 0),
        }
        for day in days
    ]
