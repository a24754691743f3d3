"""Studio Ghibli's films and their people, mirrored from their API."""

from django.apps import AppConfig


class GhibliConfig(AppConfig):
    name = "ghibli"
