"""The JSON answers under /api/v1/."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
