"""What a person sees: the map, countries, films, search, and one's own films."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
