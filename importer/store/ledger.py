"""The ledger `tmdb_movie`: what TMDB is known to have, what is fetched, and what is due."""

import datetime
from array import array
from collections.abc import Collection, Iterable, Sequence

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Greatest, Least, Mod
from django.db.models.lookups import Exact

from importer import due
from importer.models import (
    CLOCK_TOLERANCE,
    ImportFailure,
    ImportRun,
    TmdbChanges,
    TmdbMovie,
    TmdbSweep,
)
from importer.tmdb.parse_movie import ParsedMovie
from movies.derived.ranking import SAMPLED_IDS

# The popularity stays the export's.
MARK_FETCHED = """
UPDATE tmdb_movie
SET fetched_at = %(now)s, due_at = fetched.due_at, gone_at = NULL, attempts = 0,
    not_found = 0, not_found_at = NULL, discover_rank = NULL
FROM unnest(%(ids)s::int[], %(due_at)s::timestamptz[]) AS fetched (id, due_at)
WHERE tmdb_movie.id = fetched.id
"""
# No film is due later than this.
LONGEST_WAIT = datetime.timedelta(days=due.SELDOM_DAYS + due.SPREAD_DAYS + 1)
# How often TMDB has to answer 404, days apart, while its export lists the film.
NOT_FOUND_LIMIT = 3

# The films that stand for all others.
SAMPLED = Exact(Mod(F("id"), SAMPLED_IDS), 0)

# They are due after every country's first twenty, if never fetched: all of them, for those that
# somebody has heard of alone would stand for nobody else.
SAMPLE_RANK = 20
RANK = Case(
    When(Q(SAMPLED, fetched_at=None), then=Least("discover_rank", Value(SAMPLE_RANK))),
    default=F("discover_rank"),
)
DUE_ORDER = RANK.asc(nulls_last=True), "-popularity", "id"

# A film of several countries keeps the best of its ranks, whichever list is read first.
RANK_DISCOVERED = """
UPDATE tmdb_movie SET discover_rank = least(discover_rank, listed.rank)
FROM unnest(%s::int[], %s::int[]) AS listed (id, rank)
WHERE tmdb_movie.id = listed.id AND fetched_at IS NULL AND gone_at IS NULL
"""


def record_changes_read(day: datetime.date, now: datetime.datetime) -> None:
    """TMDB's changes have been read whole up to this day."""
    TmdbChanges.objects.update_or_create(date=day, defaults={"read_at": now})


def most_popular() -> float:
    """The popularity of the least popular of the films that are due daily."""
    living = TmdbMovie.objects.filter(gone_at__isnull=True).order_by("-popularity")
    row = living.values_list("popularity", flat=True)[due.MOST_POPULAR - 1 : due.MOST_POPULAR]
    return row[0] if row else 0.0


def add_unknown_ids(movie_ids: Iterable[int], now: datetime.datetime) -> None:
    """Enter ids that somebody has asked for; those that are known already stay as they are."""
    rows = [
        TmdbMovie(id=movie_id, popularity=0.0, known_at=now, due_at=now) for movie_id in movie_ids
    ]
    TmdbMovie.objects.bulk_create(rows, ignore_conflicts=True)


def mark_changed(movie_ids: Collection[int], now: datetime.datetime) -> None:
    """Living films that TMDB lists as changed are due, ids that nobody knew become known.

    A tombstone stays one: it is no proof of life that somebody has edited the record. Nor is one
    due again that was named today and has been fetched since; if it changes once more today, it
    is named tomorrow, when today's list is read again.
    """
    add_unknown_ids(movie_ids, now)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    is_done = Q(changed_at__gte=midnight, fetched_at__gt=F("changed_at"))
    living = TmdbMovie.objects.filter(~is_done, id__in=movie_ids, gone_at__isnull=True)
    living.update(changed_at=now, due_at=Least(F("due_at"), now))


def mark_discovered(
    movie_ids: Sequence[int], ranks: Sequence[int], now: datetime.datetime
) -> None:
    """Films that were never fetched are due before all others, by their ranks; ids that nobody
    knew become known, tombstones stay."""
    add_unknown_ids(movie_ids, now)
    with connection.cursor() as cursor:
        cursor.execute(RANK_DISCOVERED, [list(movie_ids), list(ranks)])


def count_estimated() -> int:
    """Films that are not fetched, of which those that stand for all others tell what is to be
    expected: none until these are in, or have failed."""
    unfetched = TmdbMovie.objects.filter(gone_at=None, fetched_at=None)
    is_awaited = unfetched.filter(SAMPLED, attempts=0, not_found=0).exists()
    return 0 if is_awaited else unfetched.count()


def due_first(now: datetime.datetime) -> QuerySet[TmdbMovie]:
    """Films that are due before all others, in their order: those discovered and the sample."""
    is_first = Q(discover_rank__isnull=False) | Q(SAMPLED, fetched_at=None)
    due = TmdbMovie.objects.filter(is_first, due_at__lte=now, gone_at__isnull=True)
    return due.order_by(*DUE_ORDER)


def swept_pages(since: datetime.datetime, now: datetime.datetime) -> set[tuple[str, int]]:
    """Countries with the pages of their lists that have been read since then."""
    # What was read in the future was read by a clock that was ahead.
    swept = TmdbSweep.objects.filter(swept_at__gte=since, swept_at__lte=now + CLOCK_TOLERANCE)
    return set(swept.values_list("country", "page"))


def record_swept(country: str, pages: Iterable[int], now: datetime.datetime) -> None:
    """These pages of a country's list have been read."""
    TmdbSweep.objects.bulk_create(
        [TmdbSweep(country=country, page=page, swept_at=now) for page in pages],
        update_conflicts=True,
        unique_fields=["country", "page"],
        update_fields=["swept_at"],
    )


def due_ids(now: datetime.datetime, limit: int | None, with_failures: bool) -> "array[int]":
    """The ids that are due: those that were discovered, in their order, then the most popular
    first; four bytes each, for there may be a million.

    `with_failures` adds those whose last attempt failed, however short ago.
    """
    is_due = Q(due_at__lte=now)
    if with_failures:
        failed = ImportFailure.objects.unresolved().filter(
            kind=ImportRun.Kind.MOVIES, movie_id__isnull=False
        )
        is_due |= Q(id__in=failed.values("movie_id"))
    found = TmdbMovie.objects.filter(is_due, gone_at__isnull=True)
    found = found.order_by(*DUE_ORDER)
    return array("i", found.values_list("id", flat=True)[:limit].iterator())


def mark_future_due(now: datetime.datetime) -> None:
    """What a clock that was ahead has written, at times that have yet to come, is due now."""
    later = now + CLOCK_TOLERANCE
    TmdbMovie.objects.filter(fetched_at__gt=later).update(fetched_at=now, due_at=now)
    put_off = TmdbMovie.objects.filter(Q(attempts__gt=0) | Q(not_found__gt=0))
    put_off.filter(due_at__gt=now + LONGEST_WAIT).update(due_at=now)
    TmdbMovie.objects.filter(not_found_at__gt=later).update(not_found_at=None)
    TmdbMovie.objects.filter(gone_at__gt=later).update(gone_at=now)


def expired_ids(now: datetime.datetime) -> list[int]:
    """Living films whose details are older than TMDB allows."""
    old = TmdbMovie.objects.filter(gone_at__isnull=True, fetched_at__lt=now - due.OLDEST)
    return list(old.values_list("id", flat=True))


def mark_unfetched(movie_ids: list[int]) -> None:
    """As if they had never been fetched; when they are due stays."""
    TmdbMovie.objects.filter(id__in=movie_ids).update(fetched_at=None)


def mark_fetched(
    movies: Sequence[ParsedMovie], now: datetime.datetime, most_popular: float
) -> None:
    """These films are fetched and living, and due again by their lifetime."""
    due_at = [
        now
        + due.lifetime(movie.id, movie.popularity, movie.release_date, now.date(), most_popular)
        for movie in movies
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            MARK_FETCHED, {"ids": [movie.id for movie in movies], "due_at": due_at, "now": now}
        )


def mark_deleted(movie_ids: Collection[int], now: datetime.datetime, *, is_accepted: bool) -> None:
    """Set the tombstone `gone_at` of films that TMDB does not have."""
    TmdbMovie.objects.filter(id__in=movie_ids).update(
        gone_at=now,
        fetched_at=None,
        attempts=0,
        discover_rank=None,
        is_loss_accepted=is_accepted,
    )


def mark_not_found(movie_ids: Collection[int], now: datetime.datetime) -> None:
    """TMDB has said 404 of these films: asked again after 1, 2, 4 … days, counted once a day."""
    found = TmdbMovie.objects.filter(id__in=movie_ids)
    found.filter(Q(not_found_at=None) | Q(not_found_at__lt=now - due.DAILY)).update(
        not_found=F("not_found") + 1, not_found_at=now
    )
    postpone_by(movie_ids, "not_found", now)


def mark_excluded(movie_ids: Collection[int], now: datetime.datetime) -> None:
    """TMDB has said that these are no films of the catalogue: there is nothing to be confirmed."""
    excluded = TmdbMovie.objects.filter(id__in=movie_ids)
    excluded.update(not_found=Greatest(F("not_found"), NOT_FOUND_LIMIT - 1) + 1, not_found_at=now)
    postpone_by(movie_ids, "not_found", now)


def confirmed_not_found_ids(*, is_fetched: bool) -> list[int]:
    """Living films, fetched ones or others, that TMDB has answered 404 for NOT_FOUND_LIMIT times,
    days apart; once is enough for those that its newest export does not list either."""
    is_unlisted = Q(not_found__gt=0, exported_on=None)
    is_confirmed = is_unlisted | Q(not_found__gte=NOT_FOUND_LIMIT)
    found = TmdbMovie.objects.filter(is_confirmed, gone_at=None, fetched_at__isnull=not is_fetched)
    return list(found.order_by("id").values_list("id", flat=True))


def postpone(movie_ids: list[int], now: datetime.datetime) -> None:
    """Leave films that failed alone for the longer, the more often they have."""
    TmdbMovie.objects.filter(id__in=movie_ids).update(attempts=F("attempts") + 1)
    postpone_by(movie_ids, "attempts", now)


def postpone_by(movie_ids: Collection[int], counter: str, now: datetime.datetime) -> None:
    """Due again after 1, 2, 4 … days, by how high a film's counter is."""
    movies = list(TmdbMovie.objects.filter(id__in=movie_ids).only(counter))
    for movie in movies:
        movie.due_at = now + due.retry_delay(getattr(movie, counter))
    TmdbMovie.objects.bulk_update(movies, ["due_at"])


def count_fetched() -> int:
    """Films of the catalogue."""
    return TmdbMovie.objects.filter(gone_at=None, fetched_at__isnull=False).count()


def count_living() -> int:
    """Films that TMDB has, fetched or not."""
    return TmdbMovie.objects.filter(gone_at=None).count()


def removed_since(moment: datetime.datetime) -> int:
    """How many films have left since then that nobody has accepted the loss of."""
    return TmdbMovie.objects.filter(gone_at__gt=moment, is_loss_accepted=False).count()


def accept_removals(since: datetime.datetime) -> None:
    """Somebody knows of what has left since then."""
    TmdbMovie.objects.filter(gone_at__gt=since).update(is_loss_accepted=True)


def mark_answered(movie_ids: Collection[int]) -> None:
    """TMDB has these films, whatever else is the matter with them."""
    TmdbMovie.objects.filter(id__in=movie_ids).update(not_found=0, not_found_at=None)
