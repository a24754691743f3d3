"""Films leave the catalogue by one door, which a single bad answer does not open."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from importer.models import ImportFailure, ImportRun, TmdbMovie
from importer.removals import is_too_many
from movies.models import Movie
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

DAY = datetime.timedelta(days=1)
FILMS = 400


@pytest.fixture
def world() -> Films:
    return Films([film(number) for number in range(1, FILMS + 1)])


@pytest.fixture
def fetched(run_import: RunImport) -> None:
    run_import("ids")
    run_import("movies")


def days_pass(days: int) -> None:
    """For the ledger."""
    for name in ("known_at", "fetched_at", "gone_at", "due_at", "not_found_at"):
        for movie in TmdbMovie.objects.exclude(**{name: None}).values("id", name):
            earlier = {name: movie[name] - days * DAY}
            TmdbMovie.objects.filter(id=movie["id"]).update(**earlier)


def unlist(films: int) -> None:
    """As after an export that does not list the first so many films."""
    TmdbMovie.objects.filter(id__lte=films).update(exported_on=None, due_at=timezone.now())


def living() -> int:
    return TmdbMovie.objects.filter(gone_at=None).count()


def test_a_film_that_the_export_lists_is_asked_for_three_times_days_apart(
    fetched: None, run_import: RunImport, source: Films
) -> None:
    gone = source.films.pop(6)
    for wait in (1, 2):
        assert run_import("movies", "--ids", "6").state == ImportRun.State.SUCCEEDED
        run_import("movies", "--ids", "6")  # the same day says nothing new
        ledger = TmdbMovie.objects.get(id=6)
        assert ledger.gone_at is None
        assert ledger.due_at - timezone.now() > (wait - 0.1) * DAY
        assert Movie.objects.filter(id=6).exists()
        days_pass(wait)

    run_import("movies", "--ids", "6")

    assert TmdbMovie.objects.get(id=6).gone_at is not None
    assert not Movie.objects.filter(id=6).exists()

    days_pass(1)
    source.films[6] = gone
    run_import("ids")
    run_import("movies")
    assert Movie.objects.filter(id=6).exists()
    assert TmdbMovie.objects.get(id=6).not_found == 0


def test_one_that_is_gone_and_listed_all_the_same_is_asked_for_ever_more_seldom(
    fetched: None, run_import: RunImport, sandbox: Sandbox
) -> None:
    sandbox.faults.only[6] = "404"
    last = timezone.now() - DAY
    TmdbMovie.objects.filter(id=6).update(not_found=2, not_found_at=last, due_at=last)
    run_import("movies")
    asked = []
    for _ in range(8):
        days_pass(1)
        before = sandbox.asked[6]
        run_import("ids")
        run_import("movies")
        asked.append(sandbox.asked[6] - before)
        assert TmdbMovie.objects.get(id=6).gone_at is not None

    assert asked == [1, 0, 1, 0, 0, 0, 1, 0]


@pytest.mark.parametrize("films", [21, FILMS])
def test_more_than_a_clean_up_is_refused_and_waits_for_somebody(
    fetched: None, run_import: RunImport, sandbox: Sandbox, films: int
) -> None:
    unlist(films)
    sandbox.faults.shares = {"404": 1.0}

    run = run_import("movies")

    assert run.state == ImportRun.State.FAILED
    assert f"TMDB says that it has no longer {films} of 400 films" in run.error
    assert "the first are 1, 2, 3, " in run.error
    assert (living(), Movie.objects.count()) == (FILMS, FILMS)
    assert ImportFailure.objects.unresolved().get().error_type == "LossTooGreat"

    run_import("movies", "--force")

    assert (living(), Movie.objects.count()) == (FILMS - films, FILMS - films)
    assert not ImportFailure.objects.unresolved().exists()
    # What was accepted does not keep the next clean-up from being one.
    assert run_import("movies").state == ImportRun.State.SUCCEEDED
    assert not TmdbMovie.objects.filter(gone_at__isnull=False, is_loss_accepted=False).exists()


def test_a_clean_up_goes_through(fetched: None, run_import: RunImport, sandbox: Sandbox) -> None:
    unlist(19)
    sandbox.faults.shares = {"404": 1.0}

    assert run_import("movies").state == ImportRun.State.SUCCEEDED

    assert (living(), Movie.objects.count()) == (FILMS - 19, FILMS - 19)


def test_details_that_are_too_old_leave_by_the_same_door(
    fetched: None, run_import: RunImport, sandbox: Sandbox
) -> None:
    long_ago = timezone.now() - 181 * DAY
    TmdbMovie.objects.filter(id__lte=30).update(fetched_at=long_ago, due_at=long_ago)
    sandbox.faults.shares = {"nul": 1.0}

    run = run_import("movies")

    assert "TMDB's terms allow no details as old as those of 30 of 400 films" in run.error
    assert Movie.objects.count() == FILMS

    run_import("movies", "--force")
    assert Movie.objects.count() == FILMS - 30
    assert living() == FILMS


@pytest.mark.parametrize(
    ("leaving", "living", "refused"),
    [
        (19, 300, False),
        (20, 300, True),
        (49, 1000, False),
        (50, 1000, False),
        (51, 1000, True),
        (15, 15, True),
        (8, 15, True),
        (7, 15, False),
        (1, 1, False),
        (0, 0, False),
    ],
)
def test_what_counts_as_too_many(leaving: int, living: int, refused: bool) -> None:
    assert is_too_many(leaving, living) == refused


@given(st.integers(20, 2_000_000))
def test_a_catalogue_is_never_emptied(living: int) -> None:
    assert is_too_many(living, living)
