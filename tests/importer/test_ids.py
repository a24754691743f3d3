"""The daily export: downloaded, read, merged into the ledger; and what it may be instead."""

import datetime
import gzip
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from importer.models import ImportFailure, ImportRun, TmdbExport, TmdbMovie
from movies.models import Movie, Standing, Title
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films


def known_since_last_week() -> None:
    """As if the first import had been a week ago: only what was known can be lost."""
    TmdbMovie.objects.update(known_at=timezone.now() - datetime.timedelta(days=7))


def living() -> set[int]:
    return set(TmdbMovie.objects.filter(gone_at__isnull=True).values_list("id", flat=True))


def the_failure() -> ImportFailure:
    return ImportFailure.objects.unresolved().get(kind="ids")


def many_films(source: Films, number: int) -> None:
    source.films = {movie_id: film(movie_id) for movie_id in range(1, number + 1)}


def test_every_film_of_the_export_becomes_known_and_due(run_import: RunImport) -> None:
    run = run_import("ids")

    assert run.state == ImportRun.State.SUCCEEDED
    today = timezone.now().date()
    assert TmdbMovie.objects.filter(due_at__lte=timezone.now(), exported_on=today).count() == 12
    assert TmdbMovie.objects.get(id=1).popularity == 99.9
    assert TmdbExport.objects.get().movies == 12


def test_adult_titles_and_videos_are_left_out(run_import: RunImport, source: Films) -> None:
    source.films[1] |= {"adult": True}
    source.films[2] |= {"video": True}

    run_import("ids")

    assert living() == set(range(3, 13))


def test_the_same_export_again_changes_nothing(run_import: RunImport) -> None:
    run_import("ids")
    before = list(TmdbMovie.objects.order_by("id").values())

    run_import("ids")

    assert list(TmdbMovie.objects.order_by("id").values()) == before


def test_an_unchanged_export_is_not_downloaded_again(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    run_import("ids")
    sandbox.faults.shares = {"download-cut": 1.0}

    assert run_import("ids").state == ImportRun.State.SUCCEEDED


def test_popularity_follows_the_export(run_import: RunImport, source: Films) -> None:
    run_import("ids")
    source.films[7] |= {"popularity": 1234.5}

    run_import("ids")

    assert TmdbMovie.objects.get(id=7).popularity == 1234.5


def test_a_film_that_has_become_popular_is_due_sooner(
    run_import: RunImport, source: Films
) -> None:
    run_import("ids")
    now = timezone.now()
    TmdbMovie.objects.update(
        fetched_at=now - datetime.timedelta(days=30), due_at=now + datetime.timedelta(days=120)
    )
    source.films[7] |= {"popularity": 1234.5}

    run_import("ids")

    assert TmdbMovie.objects.get(id=7).due_at < now
    assert TmdbMovie.objects.get(id=8).due_at > now


def test_yesterdays_export_serves_while_todays_is_not_there(
    run_import: RunImport, sandbox: Sandbox
) -> None:
    sandbox.faults.shares = {"export-missing": 1.0}

    assert run_import("ids").state == ImportRun.State.SUCCEEDED

    yesterday = timezone.now().date() - datetime.timedelta(days=1)
    assert TmdbExport.objects.get().date == yesterday


def test_an_export_older_than_the_last_one_is_left_alone(
    run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    run_import("ids")
    sandbox.faults.shares = {"export-missing": 1.0}
    source.films[99] = film(99)

    assert run_import("ids").state == ImportRun.State.SUCCEEDED
    assert 99 not in living()


def test_a_given_day_is_taken(run_import: RunImport) -> None:
    day = timezone.now().date() - datetime.timedelta(days=3)

    run_import("ids", "--date", day)

    assert TmdbExport.objects.get().date == day


def test_a_day_without_an_export_fails_in_so_many_words(run_import: RunImport) -> None:
    run = run_import("ids", "--date", "2001-01-01")

    assert run.state == ImportRun.State.FAILED
    assert "has no export of 2001-01-01" in run.error


def test_a_film_that_vanished_leaves_every_answer_and_keeps_a_tombstone(
    run_import: RunImport, source: Films
) -> None:
    many_films(source, 40)
    run_import("daily")
    known_since_last_week()
    del source.films[17]

    run_import("ids")

    assert 17 not in living()
    assert TmdbMovie.objects.get(id=17).exported_on is None
    assert not Movie.objects.filter(id=17).exists()
    assert not Title.objects.filter(movie=17).exists()
    assert not Standing.objects.filter(movie=17).exists()


def test_a_film_known_since_today_is_not_lost_to_todays_export(
    run_import: RunImport, source: Films
) -> None:
    many_films(source, 40)
    run_import("ids")
    del source.films[17]

    run_import("ids")

    assert 17 in living()


def test_a_later_export_brings_back_what_an_earlier_one_had_lost(
    run_import: RunImport, source: Films
) -> None:
    many_films(source, 40)
    run_import("daily")
    known_since_last_week()
    lost = source.films.pop(17)
    run_import("ids")
    source.films[17] = lost

    run_import("daily")

    assert 17 in living()
    assert Movie.objects.filter(id=17).exists()


def test_an_export_that_lost_a_third_is_refused_and_nothing_is_marked(
    run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    many_films(source, 60)
    run_import("ids")
    known_since_last_week()
    sandbox.faults.shares = {"export-loss": 1.0}

    run = run_import("ids")

    assert run.state == ImportRun.State.FAILED
    assert "has lost 20 of 60 films" in run.error
    assert len(living()) == 60
    assert the_failure().message in run.error


def test_a_refused_export_brings_its_new_films_and_says_so(
    run_import: RunImport, source: Films
) -> None:
    many_films(source, 60)
    run_import("ids")
    known_since_last_week()
    for movie_id in range(1, 31):
        del source.films[movie_id]
    source.films[61] = film(61)
    source.films[60] |= {"popularity": 1234.5}

    run = run_import("ids")

    assert run.state == ImportRun.State.FAILED
    assert "has lost 30 of 60 films" in run.error
    assert "what is new in it has come in" in run.error
    assert living() == set(range(1, 62))
    assert not TmdbMovie.objects.filter(exported_on=None).exists()
    assert TmdbMovie.objects.get(id=60).popularity == 1234.5
    assert TmdbMovie.objects.get(id=61).due_at <= timezone.now()


def test_the_loss_is_accepted_with_force(
    run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    many_films(source, 60)
    run_import("ids")
    known_since_last_week()
    sandbox.faults.shares = {"export-loss": 1.0}
    run_import("ids")

    assert run_import("ids", "--force").state == ImportRun.State.SUCCEEDED
    assert len(living()) == 40
    assert not ImportFailure.objects.unresolved().exists()


def test_a_loss_greater_than_the_one_that_was_shown_is_refused_again(
    run_import: RunImport, source: Films
) -> None:
    many_films(source, 60)
    run_import("ids")
    known_since_last_week()
    for movie_id in range(1, 21):
        del source.films[movie_id]
    assert run_import("ids").state == ImportRun.State.FAILED
    assert the_failure().lost == 20
    for movie_id in range(21, 26):
        del source.films[movie_id]

    run = run_import("ids", "--force")

    assert run.state == ImportRun.State.FAILED
    assert "has lost 25 of 60 films" in run.error
    assert "20 were shown and accepted, but no more" in run.error
    assert len(living()) == 60

    assert run_import("ids", "--force").state == ImportRun.State.SUCCEEDED
    assert len(living()) == 35


def test_where_another_step_was_refused_a_loss_that_nobody_has_seen_is_not_accepted(
    run_import: RunImport, source: Films
) -> None:
    many_films(source, 60)
    source.ratings = [(f"tt{number:07}", 5.0, 100) for number in range(1, 101)]
    run_import("daily")
    known_since_last_week()
    del source.ratings[50:]
    assert run_import("imdb_ratings").state == ImportRun.State.FAILED
    for movie_id in range(1, 31):
        del source.films[movie_id]

    run = run_import("daily", "--force")

    assert run.error.startswith("ids: the export")
    assert "imdb_ratings: " not in run.error
    assert len(living()) == 60


def test_broken_lines_are_kept_with_their_numbers_and_the_rest_comes_in(
    run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    many_films(source, 300)
    sandbox.faults.shares = {"export-lines": 1.0}

    run = run_import("ids")

    assert run.state == ImportRun.State.SUCCEEDED
    assert living() == set(source.films)
    failures = list(ImportFailure.objects.unresolved().filter(kind="ids"))
    assert len(failures) == run.failed > 0
    assert all(failure.line_number and failure.dump is not None for failure in failures)
    assert all(f"line {failure.line_number}: " in failure.message for failure in failures)

    sandbox.faults.shares = {}
    run_import("ids")
    assert not ImportFailure.objects.unresolved().exists()


def test_a_film_whose_line_is_broken_is_not_lost(run_import: RunImport, source: Films) -> None:
    many_films(source, 40)
    run_import("ids")
    known_since_last_week()
    source.films[17] |= {"popularity": "high"}
    del source.films[18]

    run = run_import("ids")

    assert run.failed == 1
    assert 17 in living()
    assert 18 not in living()


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("export-html", "Not a gzipped file (b'<!'"),
        ("export-empty", "lists no film"),
        ("export-truncated", "ended before"),
        ("export-corrupt", "damaged or cut off"),
    ],
)
def test_a_file_that_is_no_export_is_set_aside_and_nothing_is_changed(
    run_import: RunImport,
    sandbox: Sandbox,
    settings: Settings,
    source: Films,
    fault: str,
    says: str,
) -> None:
    many_films(source, 2000)
    run_import("ids")
    before = list(TmdbMovie.objects.order_by("id").values())
    sandbox.faults.shares = {fault: 1.0}

    run = run_import("ids")

    assert run.state == ImportRun.State.FAILED
    assert says in run.error
    assert list(TmdbMovie.objects.order_by("id").values()) == before
    aside = next(settings.EXPORT_DIR.glob("*.unusable"))
    assert aside.name in run.error
    dump = the_failure().dump
    assert dump is not None
    assert aside.read_bytes() == bytes(dump)

    sandbox.faults.shares = {}
    assert run_import("ids").state == ImportRun.State.SUCCEEDED
    assert not ImportFailure.objects.unresolved().exists()


def test_a_download_that_breaks_off_goes_on_where_it_was(
    run_import: RunImport, sandbox: Sandbox, source: Films
) -> None:
    many_films(source, 5000)
    sandbox.faults.shares = {"download-cut": 0.7}

    assert run_import("ids").state == ImportRun.State.SUCCEEDED
    assert len(living()) == 5000


def test_a_part_of_another_file_is_not_gone_on_with(
    run_import: RunImport, settings: Settings, source: Films
) -> None:
    run_import("ids")
    complete = next(settings.EXPORT_DIR.glob("*.json.gz"))
    complete.rename(f"{complete}.part")
    many_films(source, 200)

    assert run_import("ids").state == ImportRun.State.SUCCEEDED
    assert len(living()) == 200


def test_a_full_disk_fails_the_step_in_so_many_words(
    source: Films, settings: Settings, environment: dict[str, str]
) -> None:
    """In a process of its own, because a limit of file size holds for the whole of one."""
    many_films(source, 5000)
    environment["PYTHONDONTWRITEBYTECODE"] = "1"  # the limit would leave broken ones behind

    run = subprocess.run(
        [sys.executable, "manage.py", "run_import", "ids"],
        env=environment,
        cwd=settings.BASE_DIR,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert "cannot write" in run.stderr
    assert the_failure().message.startswith("the disk is full")
    assert not list(Path(settings.EXPORT_DIR).glob("*.part"))


def test_a_folder_that_cannot_be_had_is_named(
    run_import: RunImport, settings: Settings, tmp_path: Path
) -> None:
    settings.EXPORT_DIR = tmp_path / "file"
    settings.EXPORT_DIR.touch()

    run = run_import("ids")

    assert run.state == ImportRun.State.FAILED
    assert f"cannot write {settings.EXPORT_DIR}" in run.error


def test_only_the_newest_exports_are_kept(run_import: RunImport, settings: Settings) -> None:
    for back in range(4, -1, -1):
        day = timezone.now().date() - datetime.timedelta(days=back)
        run_import("ids", "--date", day)

    assert len(list(settings.EXPORT_DIR.glob("*.json.gz"))) == 2
    for path in settings.EXPORT_DIR.glob("*.json.gz"):
        assert gzip.decompress(path.read_bytes())
