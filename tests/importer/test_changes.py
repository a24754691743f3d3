"""TMDB's lists of changes: read page by page, from where they were read last."""

import datetime
import json
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from importer.errors import ParseFailed
from importer.models import ImportFailure, ImportRun, TmdbChanges, TmdbMovie
from importer.steps.changes import split_into_windows
from importer.tmdb.parse_lists import parse_changes
from movies.models import Movie
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

DAY = datetime.timedelta(days=1)
# What is due by its age only, and not for a long time.
LATER = timezone.now() + 100 * DAY


def today() -> datetime.date:
    return timezone.now().date()


def days_ago(days: int) -> datetime.date:
    return today() - days * DAY


def due() -> set[int]:
    now = timezone.now()
    return set(TmdbMovie.objects.filter(due_at__lte=now).values_list("id", flat=True))


def last_read(date: datetime.date) -> None:
    """As if the lists had been read up to this day."""
    TmdbChanges.objects.update_or_create(date=date, defaults={"read_at": timezone.now()})


def read_up_to() -> datetime.date | None:
    return TmdbChanges.objects.values_list("date", flat=True).order_by("-date").first()


@pytest.fixture(autouse=True)
def nothing_is_due(run_import: RunImport) -> None:
    """The ledger knows the twelve films, and all of them are up to date."""
    run_import("ids")
    TmdbMovie.objects.update(fetched_at=timezone.now(), due_at=LATER)


def test_films_that_are_listed_as_changed_are_due(run_import: RunImport, source: Films) -> None:
    source.changed = {today(): [3], days_ago(1): [3, 5]}

    assert run_import("changes").state == ImportRun.State.SUCCEEDED

    assert due() == {3, 5}
    changed = TmdbMovie.objects.filter(changed_at__isnull=False)
    assert set(changed.values_list("id", flat=True)) == {3, 5}


def test_what_was_fetched_since_it_was_named_today_is_not_due_again(
    run_import: RunImport, source: Films
) -> None:
    source.changed = {today(): [3, 5]}
    run_import("changes")
    run_import("movies", "--ids", "3")

    run_import("changes")

    assert due() == {5}


def test_a_change_later_on_the_day_that_it_was_fetched_is_seen_the_next_day(
    run_import: RunImport, source: Films
) -> None:
    source.changed = {days_ago(1): [3]}
    named = timezone.now() - DAY
    TmdbMovie.objects.filter(id=3).update(changed_at=named, fetched_at=named + DAY / 100)

    run_import("changes")

    assert due() == {3}


def test_every_page_is_read(run_import: RunImport, source: Films) -> None:
    source.changed = {today(): list(range(1, 351))}

    run = run_import("changes")

    assert due() == set(range(1, 351))
    assert (run.unit, run.done, run.total) == ("pages", 4, 4)


def test_ids_that_nobody_knew_become_known_and_are_fetched(
    run_import: RunImport, source: Films
) -> None:
    source.changed = {today(): [99]}
    source.films[99] = film(99)
    run_import("changes")

    run = run_import("movies")

    assert run.fetched == 1
    assert TmdbMovie.objects.get(id=99).due_at > timezone.now()


@pytest.mark.parametrize("flag", ["adult", "video"])
def test_what_the_export_leaves_out_does_not_come_in_by_a_change(
    run_import: RunImport, source: Films, flag: str
) -> None:
    source.changed = {today(): [99]}
    source.films[99] = film(99, **{flag: True})
    run_import("changes")

    run = run_import("movies")

    assert (run.fetched, run.failed) == (0, 0)
    assert not Movie.objects.filter(id=99).exists()

    source.films[99] |= {flag: False}
    run_import("daily")
    assert Movie.objects.filter(id=99).exists()


def test_null_ids_are_skipped(run_import: RunImport, source: Films) -> None:
    source.changed = {today(): [None, 4]}

    assert run_import("changes").state == ImportRun.State.SUCCEEDED
    assert due() == {4}


def test_adult_titles_are_skipped() -> None:
    body = b'{"page":1,"total_pages":1,"results":[{"id":5,"adult":true},{"id":6,"adult":null}]}'

    assert parse_changes(body, page=1).movie_ids == [6]


def test_another_page_than_the_one_asked_for_is_refused() -> None:
    body = b'{"page":1,"total_pages":3,"results":[]}'

    with pytest.raises(ParseFailed, match="asked for page 2, got page 1"):
        parse_changes(body, page=2)


@given(
    st.binary() | st.recursive(st.none() | st.integers(), st.lists).map(json.dumps).map(str.encode)
)
def test_whatever_comes_is_read_or_refused(body: bytes) -> None:
    try:
        movie_ids = parse_changes(body, page=1).movie_ids
    except ParseFailed:
        return
    assert all(0 < movie_id < 2**31 for movie_id in movie_ids)


def test_a_change_brings_no_tombstone_back(run_import: RunImport, source: Films) -> None:
    TmdbMovie.objects.filter(id=7).update(gone_at=timezone.now())
    source.changed = {today(): [7]}

    run_import("changes")

    gone = TmdbMovie.objects.get(id=7)
    assert gone.gone_at is not None
    assert gone.due_at == LATER


def test_the_first_time_everything_since_the_oldest_fetch_is_read(
    run_import: RunImport, source: Films
) -> None:
    TmdbMovie.objects.filter(id=1).update(fetched_at=timezone.now() - 20 * DAY)
    source.changed = {days_ago(20): [2], days_ago(40): [3]}

    run_import("changes")

    assert due() == {2}


def test_reading_goes_on_a_day_before_it_ended(run_import: RunImport, source: Films) -> None:
    last_read(days_ago(5))
    source.changed = {days_ago(6): [2], days_ago(7): [3]}

    run_import("changes")

    assert due() == {2}
    assert read_up_to() == today()


def test_a_long_time_is_read_in_windows_that_tmdb_accepts(
    run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    last_read(days_ago(40))
    source.changed = {days_ago(days): [days] for days in range(1, 13)}
    source.changed |= {days_ago(41): [101], days_ago(28): [102], days_ago(27): [103]}

    assert run_import("changes").state == ImportRun.State.SUCCEEDED

    assert due() == {*range(1, 13), 101, 102, 103}
    assert sandbox.requests["changes"] == 3


def test_what_is_due_by_age_anyway_is_not_asked_for(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    last_read(days_ago(2000))

    assert run_import("changes").state == ImportRun.State.SUCCEEDED
    assert sandbox.requests["changes"] == 13


def test_a_clock_that_was_ahead_does_not_stop_the_reading(
    run_import: RunImport, source: Films
) -> None:
    last_read(days_ago(5))
    last_read(days_ago(-30))
    source.changed = {days_ago(5): [2]}

    run_import("changes")

    assert due() == {2}


@pytest.mark.parametrize("days", [1, 2, 13, 14, 15, 28, 29, 171])
def test_windows_are_of_two_weeks_at_most_and_leave_no_day_out(days: int) -> None:
    last = datetime.date(2026, 3, 1)
    found = list(split_into_windows(last - (days - 1) * DAY, last))

    covered = [
        first + offset * DAY for first, end in found for offset in range((end - first).days + 1)
    ]
    assert covered == [last - back * DAY for back in range(days - 1, -1, -1)]
    assert all((end - first).days < 14 for first, end in found)


def test_a_window_with_more_pages_than_tmdb_gives_is_halved(
    run_import: RunImport, source: Films
) -> None:
    last_read(days_ago(4))
    source.changed = {days_ago(days): list(range(days * 10_020, days * 10_020 + 10_020))
                      for days in range(1, 6)}  # fmt: skip

    assert run_import("changes").state == ImportRun.State.SUCCEEDED

    assert len(due()) == 50_100
    assert TmdbChanges.objects.filter(date__gte=days_ago(3)).count() > 1


def test_of_a_single_day_that_is_too_long_comes_what_tmdb_gives(
    run_import: RunImport, source: Films, caplog: pytest.LogCaptureFixture
) -> None:
    source.changed = {days_ago(1): list(range(1, 50_101))}

    assert run_import("changes").state == ImportRun.State.SUCCEEDED

    assert len(due()) == 50_000
    assert f"gives only 500 of 501 pages of {days_ago(1)}" in caplog.text


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("500", "TMDB answered 500"),
        ("422", "TMDB answered 422"),
        ("html", "instead of JSON"),
        ("not-json", "malformed"),
        ("404", "TMDB answered 404"),
        ("reset", "cannot be used"),
    ],
)
def test_a_list_that_cannot_be_had_fails_the_step_and_is_asked_for_again(
    run_import: RunImport, sandbox: Sandbox, source: Films, fault: str, says: str
) -> None:
    last_read(days_ago(3))
    source.changed = {days_ago(3): [5]}
    sandbox.faults.only["changes"] = fault

    run = run_import("changes")

    assert run.state == ImportRun.State.FAILED
    assert says in run.error
    assert f"page 1 of the changes from {days_ago(4)} to {today()}" in run.error
    assert read_up_to() == days_ago(3)
    assert due() == set()

    sandbox.faults.only.clear()
    run_import("changes")
    assert due() == {5}
    assert not ImportFailure.objects.unresolved().exists()


@pytest.mark.parametrize("wrong", ["not a number", -1, 2**40])
def test_what_came_before_a_broken_page_is_kept_but_the_days_are_read_again(
    run_import: RunImport, source: Films, wrong: Any
) -> None:
    last_read(days_ago(3))
    listed = [*range(1, 101), wrong]
    source.changed = {today(): listed, days_ago(3): [500]}

    run = run_import("changes")

    assert run.state == ImportRun.State.FAILED
    assert "page 2 of the changes" in run.error
    assert due() == set(range(1, 101))
    assert read_up_to() == days_ago(3)
    dump = ImportFailure.objects.unresolved().get(kind="changes").dump
    assert dump is not None
    assert b'"page":2' in bytes(dump)

    listed.remove(wrong)
    run_import("changes")
    assert due() == {*range(1, 101), 500}


def test_windows_that_were_read_whole_are_not_read_again(
    run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    wrong: Any = "not a number"
    last_read(days_ago(20))
    source.changed = {today(): [wrong], days_ago(20): [5]}

    run_import("changes")

    assert due() == {5}
    assert read_up_to() == days_ago(8)


def test_a_refused_key_stops_the_run(run_import: RunImport, sandbox: Sandbox) -> None:
    sandbox.faults.only["changes"] = "401"

    run = run_import("daily")

    assert run.state == ImportRun.State.FAILED
    assert "changes: TMDB answered 401" in run.error
    assert sandbox.requests["movie"] == 0
