"""How complete the catalogue is, and what its imports are doing."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.parameters import NoParameters, validate_query
from api.serializers import REFUSALS
from importer.models import ImportFailure, ImportRun, TmdbMovie


class RunSerializer(serializers.Serializer[Any]):
    """An import run, without what only its operator should read."""

    kind = serializers.CharField()
    state = serializers.CharField()
    step = serializers.CharField()
    unit = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True, help_text="Units a second.")
    seconds_left = serializers.FloatField(allow_null=True)
    failed = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    heartbeat_at = serializers.DateTimeField(
        allow_null=True, help_text="The last sign of life of the process that runs it."
    )
    progressed_at = serializers.DateTimeField(
        allow_null=True, help_text="When it last got on with its step."
    )
    finished_at = serializers.DateTimeField(allow_null=True)


class StatusSerializer(serializers.Serializer[Any]):
    known = serializers.IntegerField(help_text="Films that TMDB has.")
    fetched = serializers.IntegerField(help_text="Those whose details are here.")
    due = serializers.IntegerField(help_text="Those whose details are to be fetched now.")
    gone = serializers.IntegerField(help_text="Films that TMDB has deleted.")
    oldest_days = serializers.IntegerField(
        allow_null=True, help_text="The age of the oldest details; TMDB allows six months."
    )
    open_failures = serializers.IntegerField()
    running = RunSerializer(allow_null=True)
    last_runs = serializers.DictField(
        child=RunSerializer(), help_text="The last ended run of each kind."
    )


class StatusView(APIView):
    """How complete the catalogue is, and what its imports are doing."""

    @extend_schema(
        operation_id="status",
        responses={200: StatusSerializer, **REFUSALS},
        examples=[examples.STATUS],
    )
    def get(self, request: Request) -> Response:
        validate_query(request, NoParameters)
        ended = ImportRun.objects.filter(finished_at__isnull=False)
        latest = ended.order_by("kind", "-created_at").distinct("kind")
        status = {
            **ledger_figures(),
            "open_failures": ImportFailure.objects.unresolved().count(),
            "running": ImportRun.objects.active().first(),
            "last_runs": {run.kind: run for run in latest},
        }
        return Response(StatusSerializer(status).data)


def ledger_figures() -> dict[str, int | None]:
    """How many films there are, and how many days ago the oldest details were fetched."""
    figures = TmdbMovie.objects.cached_figures()
    oldest = figures["oldest_at"]
    return {
        "known": figures["known"],
        "fetched": figures["fetched"],
        "due": figures["due"],
        "gone": figures["gone"],
        "oldest_days": (timezone.now() - oldest).days if oldest else None,
    }
