"""A rate lower than ours is the whole run's affair: everybody pauses, and no film fails for it."""

import pytest
from pytest_django import Settings

from importer.models import ImportRun, TmdbMovie
from movies.models import Movie
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.server import Sandbox
from tools.sandbox.sources import Films

FILMS = 60


@pytest.fixture
def world() -> Films:
    return Films([film(number) for number in range(1, FILMS + 1)])


def test_no_film_fails_for_a_lower_limit_than_ours(
    run_import: RunImport, sandbox: Sandbox, settings: Settings
) -> None:
    run_import("ids")
    settings.TMDB_REQUESTS_PER_SECOND = 40
    sandbox.rate = 10

    run = run_import("movies")

    assert (run.state, run.failed, run.fetched) == (ImportRun.State.SUCCEEDED, 0, FILMS)
    assert "TMDB granted" in run.notes
    assert "of 40 that are set" in run.notes
    # Most of what is refused is what was under way when the first refusal came.
    assert sum(sandbox.asked.values()) < 2 * FILMS


@pytest.mark.parametrize("kind", ["429", "429-retry-after", "429-absurd"])
def test_one_refusal_in_the_middle_costs_a_pause(
    run_import: RunImport, sandbox: Sandbox, kind: str
) -> None:
    run_import("ids")
    sandbox.faults.shares = {kind: 0.05}

    run = run_import("movies")

    assert (run.state, run.failed) == (ImportRun.State.SUCCEEDED, 0)
    assert Movie.objects.count() == FILMS
    assert not TmdbMovie.objects.exclude(attempts=0).exists()


def test_nothing_is_said_where_all_was_granted(run_import: RunImport) -> None:
    run_import("ids")

    assert run_import("movies").notes == ""
