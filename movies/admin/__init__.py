"""The catalogue in /admin: to be looked at, written by imports alone."""

from django.contrib import admin

from movies.admin.countries import CountryAdmin
from movies.admin.movies import MovieAdmin
from movies.admin.people import PersonAdmin, ProviderAdmin

__all__ = ["CountryAdmin", "MovieAdmin", "PersonAdmin", "ProviderAdmin"]

admin.site.site_header = "World in Movies"
admin.site.site_title = "World in Movies"
admin.site.index_title = "Back office"
