"""Titles that an earlier version folded are folded anew by the next ranking."""

from importer.models import ImportRun
from movies.folding import VERSION
from movies.models import JoinedName, Lens, RankingState, Title, Word
from movies.search import search
from tests.conftest import RunImport


def test_titles_of_an_earlier_folding_are_found_after_the_next_ranking(
    run_import: RunImport,
) -> None:
    assert run_import("daily").state == ImportRun.State.SUCCEEDED
    folded = list(Title.objects.order_by("id").values_list("key", "words"))
    Title.objects.update(key="folded in some other way", words=["otherwise"])
    RankingState.objects.update(folding=VERSION - 1)
    JoinedName.objects.all().delete()
    assert search("film 7", by=Lens.ORIGIN) == []

    run_import("ranking")
    assert list(Title.objects.order_by("id").values_list("key", "words")) == folded
    assert RankingState.objects.get().folding == VERSION
    assert not Word.objects.filter(word="otherwise").exists()
    assert search("film 7", by=Lens.ORIGIN)[0].matched_name == "Film 7"


def test_a_first_ranking_folds_nothing_anew(run_import: RunImport) -> None:
    # It names countries, and so raises the version before there is any film.
    assert run_import("reference").state == ImportRun.State.SUCCEEDED
    run_import("ids")
    run_import("movies")
    Title.objects.update(key="written by hand")

    run_import("ranking")
    assert set(Title.objects.values_list("key", flat=True)) == {"written by hand"}


def test_titles_of_this_folding_are_left_alone(run_import: RunImport) -> None:
    assert run_import("daily").state == ImportRun.State.SUCCEEDED
    Title.objects.update(key="written by hand")

    run_import("ranking")
    assert set(Title.objects.values_list("key", flat=True)) == {"written by hand"}
