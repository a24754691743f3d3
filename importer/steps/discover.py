"""The most voted films of every country: page by page of TMDB's lists → due before all others."""

import datetime
import logging
import threading
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from importer.errors import ItemFailed, KeyRefused, StepFailed, TmdbUnavailable
from importer.models import ImportRun
from importer.runs.context import StepContext
from importer.store import ledger
from importer.store.failures import record_failure
from importer.tmdb.client import DISCOVER_FILMS
from importer.tmdb.connection import CONNECTIONS
from importer.tmdb.fetch import FetchResult, fetch_concurrently
from importer.tmdb.parse_lists import DiscoverPage, parse_discover
from importer.tmdb.prefetch import PREFETCHED_FILMS
from movies.models import Country

log = logging.getLogger(__name__)

# A country's first sixty: what its lists begin with is mostly among them, however they are ranked.
PAGES = 3
# So many TMDB lists at the most: those of a country with ten thousand films or more.
MOST_PAGES = 500
# The first of a country's list that are looked at; whether a film is among them is not told by its
# votes where all are few.
SHOWN_FIRST = 10
SWEPT_FOR = datetime.timedelta(days=30)
# So many countries in a row that TMDB did not answer for are no longer the countries' fault.
OUTAGE_COUNTRIES = 20
# TMDB's code where a key is good, but not for this: https://developer.themoviedb.org/docs/errors
NO_PERMISSION = 3


def import_discover(context: StepContext) -> None:
    """Page 1 of every country before page 2 of any; what was read lately stays read."""
    now = timezone.now()
    swept = ledger.swept_pages(swept_since(context.run, now), now)
    countries = Country.objects.order_by("code").values_list("code", flat=True)
    sweep = Sweep(context, {code: unread_pages(code, swept) for code in countries})
    try:
        for page in range(1, PAGES + 1):
            sweep.read(page)
    except KeyRefused as refusal:
        if refusal.tmdb_code != NO_PERMISSION:
            raise
        raise StepFailed(
            str(refusal),
            http_status=refusal.http_status,
            tmdb_code=refusal.tmdb_code,
            dump=refusal.dump,
        ) from None
    sweep.raise_if_all_failed()
    log.info("%s films are due before all others", ledger.due_first(timezone.now()).count())
    if context.run.kind == ImportRun.Kind.DAILY:
        prefetch_first(context)


def prefetch_first(context: StepContext) -> None:
    """Begin to fetch what was discovered while the steps before `movies` read their files."""
    most = min(PREFETCHED_FILMS, context.options.get("limit") or PREFETCHED_FILMS)
    first = ledger.due_first(timezone.now()).values_list("id", flat=True)
    context.prefetch_movies(first[:most])


def ranks(page: DiscoverPage) -> list[int]:
    """The films' places in the whole list, closer together where more of them contend: in a large
    country, and in one so small that all of its films do."""
    first = (page.page - 1) * DISCOVER_FILMS
    places = range(first, first + len(page.movie_ids))
    if page.total_pages >= MOST_PAGES:
        return [place * 2 // 3 for place in places]
    if page.page <= page.total_pages <= PAGES:
        return [min(place, SHOWN_FIRST + (place - SHOWN_FIRST) // 3) for place in places]
    return list(places)


def swept_since(run: ImportRun, now: datetime.datetime) -> datetime.datetime:
    """What was read before is read anew: by hand everything, else what is old."""
    if run.kind == ImportRun.Kind.DISCOVER and run.started_at is not None:
        return run.started_at
    return now - SWEPT_FOR


def unread_pages(country: str, swept: set[tuple[str, int]]) -> list[int]:
    return [page for page in range(1, PAGES + 1) if (country, page) not in swept]


class Sweep:
    """The lists of all countries, on their way through; `unread` has what is left of each."""

    def __init__(self, context: StepContext, unread: dict[str, list[int]]) -> None:
        self.context = context
        self.unread = unread
        self.total = sum(map(len, unread.values()))
        self.read_any = False
        self.unavailable_in_a_row = 0
        self.last: ItemFailed | None = None
        context.progress.begin("discovering films", "pages", self.total)

    def read(self, number: int) -> None:
        """Read this page of every country of which it is left."""
        countries = [country for country, pages in self.unread.items() if number in pages]
        for country, result in self.fetch(countries, number):
            try:
                if result.failure:
                    raise result.failure
                page = parse_discover(result.body, number)
            except ItemFailed as failure:
                self.give_up(country, number, failure)
            else:
                self.enter(country, page)
            self.context.progress.check()

    def fetch(self, countries: Sequence[str], number: int) -> Iterator[tuple[str, FetchResult]]:
        """What TMDB says for each country, as it comes."""
        halt = threading.Event()
        client = self.context.tmdb_client(halt)
        with fetch_concurrently(
            range(len(countries)),
            lambda index: client.discover(countries[index], number),
            threads=CONNECTIONS,
            halt=halt,
        ) as results:
            for result in results:
                if result is None:
                    self.context.progress.check()
                else:
                    yield countries[result.movie_id], result

    def enter(self, country: str, page: DiscoverPage) -> None:
        is_last = page.page >= page.total_pages
        done = self.unread[country] if is_last else [page.page]
        self.unread[country] = [] if is_last else self.unread[country][1:]
        self.read_any, self.unavailable_in_a_row = True, 0
        now = timezone.now()
        with transaction.atomic():
            ledger.mark_discovered(page.movie_ids, ranks(page), now)
            ledger.record_swept(country, done, now)
            self.context.progress.write(self.done)

    def give_up(self, country: str, number: int, failure: ItemFailed) -> None:
        """This country has failed, and is tried again by the next run; the others go on."""
        log.warning("page %s of the films of %s: %s", number, country, failure)
        self.unread[country] = []
        self.last = failure
        is_unavailable = isinstance(failure, TmdbUnavailable)
        self.unavailable_in_a_row = self.unavailable_in_a_row + 1 if is_unavailable else 0
        with transaction.atomic():
            record_failure(self.context.run, ImportRun.Kind.DISCOVER, failure, country=country)
            self.context.progress.write(self.done, failed=1)
        if self.unavailable_in_a_row >= OUTAGE_COUNTRIES:
            raise StepFailed(
                f"TMDB failed for {OUTAGE_COUNTRIES} countries in a row, the last time with: "
                f"{failure}"
            )

    @property
    def done(self) -> int:
        return self.total - sum(map(len, self.unread.values()))

    def raise_if_all_failed(self) -> None:
        if self.last is not None and not self.read_any:
            raise StepFailed(f"no country's films could be read, the last because: {self.last}")
