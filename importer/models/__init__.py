"""The import's own state: which films TMDB has, what ran, and what failed."""

from importer.models.failures import ImportFailure
from importer.models.ledger import (
    FIGURES_SECONDS,
    Absence,
    LedgerFigures,
    TmdbChanges,
    TmdbExport,
    TmdbMovie,
    TmdbSweep,
)
from importer.models.runs import CLOCK_TOLERANCE, ImportOptions, ImportRun
from importer.models.warnings import MovieWarning

__all__ = [
    "CLOCK_TOLERANCE",
    "FIGURES_SECONDS",
    "Absence",
    "ImportFailure",
    "ImportOptions",
    "ImportRun",
    "LedgerFigures",
    "MovieWarning",
    "TmdbChanges",
    "TmdbExport",
    "TmdbMovie",
    "TmdbSweep",
]
