"""The catalogue in /admin: to be looked at, written by imports alone."""

from movies.admin.countries import CountryAdmin
from movies.admin.people import PersonAdmin, ProviderAdmin

__all__ = ["CountryAdmin", "PersonAdmin", "ProviderAdmin"]
