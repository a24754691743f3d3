"""What each kind of import does: its steps, in their order.

reference     countries, languages and genres, in one transaction
discover      the most voted films of every country, page by page → due before all others, and
              fetched from now on while the steps before `movies` read their files
ids           download the export → stage its lines → find what is lost → merge
changes       what TMDB lists as changed, page by page → due
imdb_ratings  download IMDb's file → stage its lines → swap them in → weigh the titles; before the
              films, so that the first lists of a new catalogue are right
movies        for what is due, first what was discovered, then the most popular: fetch → parse →
              save, a batch at a time
ranking       C, the standings, the vocabulary
cleanup       what has been kept for long enough: resolved failures, old runs, downloaded files
daily         all of them in this order
"""

from collections.abc import Callable, Iterable

from importer.models import ImportRun
from importer.runs.context import StepContext
from importer.steps.changes import import_changes
from importer.steps.cleanup import clean_up
from importer.steps.discover import import_discover
from importer.steps.ids import import_ids
from importer.steps.imdb_ratings import import_imdb_ratings
from importer.steps.movies import import_movies
from importer.steps.ranking import import_ranking
from importer.steps.reference import import_reference

STEPS: dict[str, Callable[[StepContext], None]] = {
    ImportRun.Kind.REFERENCE: import_reference,
    ImportRun.Kind.DISCOVER: import_discover,
    ImportRun.Kind.IDS: import_ids,
    ImportRun.Kind.CHANGES: import_changes,
    ImportRun.Kind.IMDB_RATINGS: import_imdb_ratings,
    ImportRun.Kind.MOVIES: import_movies,
    ImportRun.Kind.RANKING: import_ranking,
    ImportRun.Kind.CLEANUP: clean_up,
}


# Which kinds take each of ImportOptions.
OPTIONS: dict[str, set[str]] = {
    "date": {ImportRun.Kind.IDS, ImportRun.Kind.DAILY},
    "limit": {ImportRun.Kind.MOVIES, ImportRun.Kind.DAILY},
    "ids": {ImportRun.Kind.MOVIES},
    "force": {
        ImportRun.Kind.IDS,
        ImportRun.Kind.MOVIES,
        ImportRun.Kind.IMDB_RATINGS,
        ImportRun.Kind.DAILY,
    },
}


def unused_options(kind: str, options: Iterable[str]) -> list[str]:
    """Those that this kind would have to ignore."""
    return [name for name in options if kind not in OPTIONS[name]]


def steps_of(kind: str) -> list[str]:
    """The names of a kind's steps in their order."""
    return list(STEPS) if kind == ImportRun.Kind.DAILY else [kind]
