"""The back office of imports: started, watched, cancelled and repaired by whoever runs them."""

from importer.admin.accounts import AccountAdmin, TeamAdmin
from importer.admin.failures import ImportFailureAdmin
from importer.admin.imports import ImportRunAdmin
from importer.admin.movies import ImportedMovieAdmin
from importer.admin.warnings import MovieWarningAdmin

__all__ = [
    "AccountAdmin",
    "ImportFailureAdmin",
    "ImportRunAdmin",
    "ImportedMovieAdmin",
    "MovieWarningAdmin",
    "TeamAdmin",
]
