"""Keeps the catalogue current: what TMDB and IMDb publish, fetched, checked and saved."""

from django.apps import AppConfig


class ImporterConfig(AppConfig):
    name = "importer"
    verbose_name = "Imports"
