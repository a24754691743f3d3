"""Nothing is kept for ever: failures, what came with them, runs, files."""

import datetime
import os
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from importer.models import ImportFailure, ImportRun
from tests.conftest import RunImport

DAY = datetime.timedelta(days=1)


def run_of(kind: str, days_ago: float, state: str = "succeeded") -> ImportRun:
    at = timezone.now() - days_ago * DAY
    return ImportRun.objects.create(
        kind=kind, state=state, requested_how="cron", created_at=at, started_at=at, finished_at=at
    )


def failure_of(run: ImportRun, movie_id: int, seen: float, resolved: float | None) -> None:
    now = timezone.now()
    ImportFailure.objects.create(
        kind="movies", run=run, movie_id=movie_id, error_type="ParseFailed", message="?",
        dump=b"as it came", last_at=now - seen * DAY,
        resolved_at=None if resolved is None else now - resolved * DAY,
    )  # fmt: skip


def test_resolved_failures_go_and_open_ones_lose_what_may_not_be_kept(
    run_import: RunImport,
) -> None:
    run = run_of("movies", 1)
    failure_of(run, 1, seen=31, resolved=31)
    failure_of(run, 2, seen=31, resolved=29)
    failure_of(run, 3, seen=179, resolved=None)
    failure_of(run, 4, seen=181, resolved=None)

    assert run_import("cleanup").state == ImportRun.State.SUCCEEDED

    kept = dict(ImportFailure.objects.values_list("movie_id", "dump"))
    assert {number: bytes(dump or b"") for number, dump in kept.items()} == {
        2: b"as it came", 3: b"as it came", 4: b"",
    }  # fmt: skip


def test_runs_go_after_a_year_but_for_the_last_of_each_kind(run_import: RunImport) -> None:
    old = run_of("daily", 400)
    last = run_of("daily", 366)
    with_open_failure = run_of("movies", 500, "failed")
    failure_of(with_open_failure, 1, seen=1, resolved=None)
    of_last_year = run_of("movies", 364)

    run_import("cleanup")

    kept = set(ImportRun.objects.values_list("pk", flat=True))
    assert {last.pk, with_open_failure.pk, of_last_year.pk} <= kept
    assert old.pk not in kept


def test_a_failure_is_kept_for_its_own_time_whatever_its_run(run_import: RunImport) -> None:
    run_of("movies", 1)
    old = run_of("movies", 400, "failed")
    failure_of(old, 1, seen=399, resolved=29)

    run_import("cleanup")

    assert ImportFailure.objects.get().movie_id == 1

    ImportFailure.objects.update(resolved_at=timezone.now() - 31 * DAY)
    run_import("cleanup")
    assert not ImportFailure.objects.exists()
    assert not ImportRun.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    ("name", "days", "stays"),
    [
        ("title.ratings.tsv.gz", 6, True),
        ("title.ratings.tsv.gz", 8, False),
        ("movie_ids_11_21_2026.json.gz.unusable", 29, True),
        ("movie_ids_11_21_2026.json.gz.unusable", 31, False),
    ],
)
def test_files_go_by_their_age(
    run_import: RunImport, settings: Settings, name: str, days: int, stays: bool
) -> None:
    folder = Path(settings.EXPORT_DIR)
    folder.mkdir(parents=True)
    file = folder / name
    file.write_bytes(b"x")
    written = (timezone.now() - days * DAY).timestamp()
    os.utime(file, (written, written))

    run_import("cleanup")

    assert file.exists() == stays


def test_daily_cleans_up_at_its_end(run_import: RunImport) -> None:
    failure_of(run_of("movies", 1), 1, seen=31, resolved=31)

    assert run_import("daily").step == "cleaning up"
    assert not ImportFailure.objects.exists()
