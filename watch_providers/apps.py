"""Where films can be watched, kept fresh by who reads it."""

from django.apps import AppConfig


class WatchProvidersConfig(AppConfig):
    name = "watch_providers"
