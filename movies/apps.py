"""The catalogue: films, where they come from, and the tables that answers read."""

from django.apps import AppConfig


class MoviesConfig(AppConfig):
    name = "movies"
    verbose_name = "Catalogue"
