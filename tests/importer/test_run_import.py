"""One undisturbed import, from the export to the ranking."""

from importer.models import ImportRun
from movies.models import Movie, RankingState, Standing
from tests.conftest import RunImport
from tools.sandbox.sources import Films


def test_a_daily_run_brings_in_every_film(run_import: RunImport, source: Films) -> None:
    run = run_import("daily")

    assert run.state == ImportRun.State.SUCCEEDED
    assert set(Movie.objects.values_list("id", flat=True)) == set(source.films)
    assert Standing.objects.count() == len(source.films)
    assert RankingState.objects.get().ranked_at is not None
