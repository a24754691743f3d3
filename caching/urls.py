"""Beside the addresses of those who watch over the service: one for a proxy in front of it."""

from django.urls import path

from caching.kept import kept
from caching.versions import by_edition
from caching.views import edition

urlpatterns = [path("edition", kept(by_edition)(edition), name="edition")]
