"""The catalogue in /admin: to be looked at, written by imports alone."""

from movies.admin.catalogue import CountryAdmin, MovieAdmin

__all__ = ["CountryAdmin", "MovieAdmin"]
