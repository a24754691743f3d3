"""The site of /admin: the imports page is its index, and its pages are grouped by what they serve.

Django makes it before the apps' admin modules are read, so that it is none of them.
"""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse

from importer.models import ImportRun

# By apps, in the order in which they are shown; others come after these, under their own names.
# Who has tried to log in (axes) is about accounts.
GROUPS = {"importer": "Imports", "movies": "Catalogue", "auth": "Accounts", "axes": "Accounts"}
# What comes first in its group.
FIRST_MODELS = ["ImportRun", "ImportFailure", "MovieWarning", "Movie", "Country"]


class BackOffice(admin.AdminSite):
    """Where whoever runs the service works."""

    site_header = site_title = "World in Movies"
    index_title = "Back office"

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The imports page; for staff who may not see it, what they may see."""
        imports = self.get_model_admin(ImportRun)
        if imports.has_view_permission(request):
            return cast("TemplateResponse", imports.changelist_view(request, extra_context))
        return super().index(request, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["name"] = GROUPS.get(app["app_label"], app["name"])
            app["models"].sort(key=lambda model: place(model["object_name"], FIRST_MODELS))
        return joined(sorted(apps, key=lambda app: place(app["app_label"], list(GROUPS))))


def joined(apps: list[Any]) -> list[Any]:
    """Apps of one name as one group, at the first one's address."""
    groups: dict[str, Any] = {}
    for app in apps:
        group = groups.setdefault(app["name"], app)
        if group is not app:
            group["models"] += app["models"]
    return list(groups.values())


def place(name: str, order: list[str]) -> int:
    """Where it comes in this order; what is not in it keeps its own, after the rest."""
    return order.index(name) if name in order else len(order)
