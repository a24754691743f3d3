"""What the pages have in common that can start an import."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from importer.admin.live import name
from importer.models import ImportOptions, ImportRun
from importer.runs import lifecycle
from movies.admin.read_only import ReadOnlyAdmin

MAY_START = "importer.start_import"


class StartsImports(ReadOnlyAdmin):
    """For staff with the permission to start imports; for others it only shows."""

    class Media:
        css = {"all": ["importer/admin.css"]}

    def has_start_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and request.user.has_perm(MAY_START)

    def demand_start_permission(self, request: HttpRequest) -> None:
        if not self.has_start_permission(request):
            raise PermissionDenied

    def start(self, request: HttpRequest, kind: str, options: ImportOptions) -> bool:
        """Ask for an import and tell the user what came of it; whether it could be had."""
        who = request.user.get_username()
        try:
            lifecycle.request_import(kind, how=ImportRun.Origin.ADMIN, by=who, options=options)
        except lifecycle.AlreadyRunning as reason:
            self.message_user(request, f"Not started: {reason}.", messages.WARNING)
            return False
        self.message_user(request, f"The {name(kind)} import is queued.", messages.SUCCESS)
        return True
