"""For whoever watches over the service: is it alive, and can it answer?"""

import datetime
import re

from django.db import DatabaseError, NotSupportedError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from importer.models import ImportRun

AGE = re.compile(r"([1-9][0-9]{0,4})([dh])")


def parse_age(text: str) -> datetime.timedelta:
    """`2d` or `36h`."""
    found = AGE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hours = int(found[1]) * (24 if found[2] == "d" else 1)
    return datetime.timedelta(hours=hours)


def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers as well, and has all tables that this release wants; else 503.

    With `?stale=2d` (or 36h) also 503 where no daily import has worked for that long.
    """
    try:
        limit = parse_age(request.GET["stale"]) if "stale" in request.GET else None
    except ValueError:
        return JsonResponse({"status": "stale is an age such as 2d or 36h"}, status=400)
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except NotSupportedError as error:
        return JsonResponse({"status": str(error)}, status=503)  # the server is too old
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    if waiting:
        return JsonResponse({"status": f"{len(waiting)} migrations are to be applied"}, status=503)
    if limit is not None and (since := ImportRun.objects.stale_since(limit)):
        words = f"no daily import has worked since {since:%Y-%m-%d %H:%M} UTC"
        return JsonResponse({"status": words}, status=503)
    return JsonResponse({"status": "ok"})
