"""The tables that answers read: names as they are folded now, C and the standings, words."""

from importer.runs.context import Attempt
from movies.derived import ranking, title_folding, vocabulary


def import_ranking(attempt: Attempt) -> None:
    """The tables that answers read."""
    attempt.progress.begin("ranking", "tables", 2)
    title_folding.refold_titles(attempt.progress.check)
    ranking.rebuild_ranking(attempt.progress.check)
    attempt.progress.write(1)
    attempt.progress.check()
    vocabulary.rebuild_vocabulary(attempt.progress.check)
    attempt.progress.write(2)
