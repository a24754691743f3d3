"""The tables that answers read: names as they are folded now, C and the standings, words."""

from importer.runs.context import StepContext
from importer.store import ledger
from movies.derived import folded_names, ranking, vocabulary


def import_ranking(context: StepContext) -> None:
    """The tables that answers read."""
    context.progress.begin("ranking", "tables", 2)
    folded_names.refold_names(context.progress.check)
    with context.noting_postponed_swaps(ranking.mark_outdated):
        ranking.rebuild_ranking(context.progress.check, unfetched=ledger.count_estimated())
    context.progress.write(1)
    context.progress.check()
    with context.noting_postponed_swaps(ranking.mark_outdated):
        vocabulary.rebuild_vocabulary(context.progress.check)
    context.progress.write(2)


def rank_meanwhile(context: StepContext, patience: float) -> None:
    """The same while films come in, for which readers are waited for so many seconds at most."""
    with context.noting_postponed_swaps():
        ranking.rebuild_ranking(
            context.progress.check, patience=patience, unfetched=ledger.count_estimated()
        )
        vocabulary.rebuild_vocabulary(context.progress.check, patience=patience)
