"""What has changed: window by window of TMDB's lists of changes, page by page → due."""

import datetime
import logging
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from importer import due
from importer.errors import as_step_failure
from importer.models import TmdbChanges, TmdbMovie
from importer.runs.context import StepContext
from importer.store import ledger
from importer.tmdb import parse_lists
from importer.tmdb.client import CHANGES_DAYS, CHANGES_PAGES, Client

log = logging.getLogger(__name__)

DAY = datetime.timedelta(days=1)
# The last day that was read was not over then, and TMDB's lists are not perfectly reliable.
OVERLAP = DAY
# What has not been fetched for longer than this is due by its age.
MOST_DAYS = datetime.timedelta(days=due.SELDOM_DAYS + due.SPREAD_DAYS)


def import_changes(context: StepContext) -> None:
    """What TMDB lists as changed since it was last asked."""
    today = timezone.now().date()
    client = context.tmdb_client()
    for first, last in split_into_windows(unread_since(today), today):
        read_window(context, client, first, last)


def unread_since(today: datetime.date) -> datetime.date:
    """The first day whose changes may be unknown."""
    # A later day was read by a clock that was ahead.
    read = TmdbChanges.objects.filter(date__lte=today).aggregate(last=Max("date"))["last"]
    if read is None:
        oldest = TmdbMovie.objects.aggregate(oldest=Min("fetched_at"))["oldest"]
        read = oldest.date() if oldest else today
    first: datetime.date = max(read - OVERLAP, today - MOST_DAYS)
    return first


def split_into_windows(
    first: datetime.date, last: datetime.date
) -> Iterator[tuple[datetime.date, datetime.date]]:
    """The days from first to last, both included, in spans that TMDB answers for, in order."""
    while first <= last:
        end = min(first + (CHANGES_DAYS - 1) * DAY, last)
        yield first, end
        first = end + DAY


def read_window(
    context: StepContext, client: Client, first: datetime.date, last: datetime.date
) -> None:
    """Enter all pages of a window, in halves if they are too many, and note that they are read."""
    page = read_page(context, client, first, last, 1)
    if page.total_pages > CHANGES_PAGES and first < last:
        middle = first + (last - first) // 2
        read_window(context, client, first, middle)
        read_window(context, client, middle + DAY, last)
        return
    if page.total_pages > CHANGES_PAGES:
        log.warning("TMDB gives only %s of %s pages of %s", CHANGES_PAGES, page.total_pages, first)
    pages = min(page.total_pages, CHANGES_PAGES)
    context.progress.begin(f"changes from {first} to {last}", "pages", pages)
    mark_page_changed(context, page)
    for number in range(2, pages + 1):
        mark_page_changed(context, read_page(context, client, first, last, number))
    ledger.record_changes_read(last, timezone.now())


def read_page(
    context: StepContext, client: Client, first: datetime.date, last: datetime.date, number: int
) -> parse_lists.ChangesPage:
    """StepFailed, with what came, when it cannot be had or read."""
    with as_step_failure(f"page {number} of the changes from {first} to {last}"):
        body = context.ask(lambda: client.changes(first, last, number))
        return parse_lists.parse_changes(body, number)


def mark_page_changed(context: StepContext, page: parse_lists.ChangesPage) -> None:
    with transaction.atomic():
        ledger.mark_changed(page.movie_ids, timezone.now())
        context.progress.write(page.page)
    context.progress.check()
