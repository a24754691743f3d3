"""Django's admin with the back office's own site."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Listed after `importer`, whose templates come before Django's."""

    default_site = "importer.back_office.BackOffice"
