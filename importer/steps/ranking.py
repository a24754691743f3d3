"""The tables that answers read: names as they are folded now, C and the standings, words."""

from importer.runs.context import StepContext
from importer.store import ledger
from movies.derived import folded_names, ranking, vocabulary


def import_ranking(context: StepContext) -> None:
    """The tables that answers read."""
    context.progress.begin("ranking", "tables", 2)
    folded_names.refold_names(context.progress.check)
    rebuild_lists(context)
    context.progress.write(1)
    context.progress.check()
    rebuild_words(context)
    context.progress.write(2)


def rebuild_lists(context: StepContext, patience: float | None = None) -> None:
    """C and the standings."""
    with context.noting_postponed_swaps(ranking.mark_outdated):
        ranking.rebuild_ranking(
            context.progress.check, patience=patience, unfetched=ledger.count_estimated()
        )


def rebuild_words(context: StepContext, patience: float | None = None) -> None:
    """What searches read."""
    with context.noting_postponed_swaps(ranking.mark_outdated):
        vocabulary.rebuild_vocabulary(context.progress.check, patience=patience)
