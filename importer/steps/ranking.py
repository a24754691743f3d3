"""The tables that answers read: names as they are folded now, C and the standings, words."""

from importer.attempt import Attempt
from movies import ranking, refolding, vocabulary


def import_ranking(attempt: Attempt) -> None:
    """The tables that answers read."""
    attempt.progress.begin("ranking", "tables", 2)
    refolding.refold(attempt.progress.check)
    ranking.rank(attempt.progress.check)
    attempt.progress.write(1)
    attempt.progress.check()
    vocabulary.rebuild_words(attempt.progress.check)
    attempt.progress.write(2)
