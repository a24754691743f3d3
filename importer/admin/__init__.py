"""The back office of imports: started, watched, cancelled and repaired by whoever runs them."""

from django.contrib import admin

from importer.admin.failures import ImportFailureAdmin
from importer.admin.imports import ImportRunAdmin
from importer.admin.warnings import MovieWarningAdmin

__all__ = ["ImportFailureAdmin", "ImportRunAdmin", "MovieWarningAdmin"]

# Leads to the imports page before all else.
admin.site.index_template = "admin/importer/index.html"
