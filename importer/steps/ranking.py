"""The tables that answers read: C and the standings, then the vocabulary."""

from importer.attempt import Attempt
from movies import ranking, vocabulary


def import_ranking(attempt: Attempt) -> None:
    """The tables that answers read."""
    attempt.progress.begin("ranking", "tables", 2)
    ranking.rank(attempt.progress.check)
    attempt.progress.write(1)
    attempt.progress.check()
    vocabulary.rebuild_words(attempt.progress.check)
    attempt.progress.write(2)
