"""The endpoints of /api/v1/."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.serializers import BestParameters, RunSerializer, country_best, ghibli_film, moment
from ghibli import freshness
from ghibli.models import Film
from importer.models import ImportFailure, ImportRun, TmdbMovie
from movies.best import best_of_every_country
from movies.models import Catalogue, Country, Lens

# Counting a million rows takes a tenth of a second; nobody needs them to the second.
LEDGER_SECONDS = 10


class Best(APIView):
    """The best films of every country by weighted rating."""

    def get(self, request: Request) -> HttpResponseBase:
        parameters = BestParameters(data=request.query_params)
        parameters.is_valid(raise_exception=True)
        # Before the lists: an answer may then be newer than its ETag says, but never older.
        catalogue = Catalogue.objects.first() or Catalogue()
        etag = f'W/"{catalogue.version}-{settings.RELEASE}"'
        answer = get_conditional_response(request._request, etag) or self.lists(
            catalogue, parameters.validated_data
        )
        answer["ETag"] = etag
        return answer

    def lists(self, catalogue: Catalogue, asked: dict[str, Any]) -> Response:
        by = Lens(asked["by"])
        names = dict(Country.objects.values_list("code", "name"))
        countries = best_of_every_country(by, limit=asked["limit"], shorts=asked["shorts"])
        return Response(
            {
                "m": catalogue.m,
                "c": catalogue.c,
                "by": by,
                "updated_at": catalogue.ranked_at,
                "countries": [country_best(best, by, names) for best in countries],
            }
        )


class Movies(APIView):
    """Studio Ghibli's films with their people; the catalogue's own films are elsewhere."""

    def get(self, request: Request) -> HttpResponseBase:
        refresh = freshness.current()
        answer = get_conditional_response(request._request, refresh.etag) or Response(
            {
                "fetched_at": refresh.fetched_at,
                "fresh": refresh.is_fresh,
                "movies": [ghibli_film(film) for film in Film.objects.listed()],
            }
        )
        answer["ETag"] = refresh.etag
        answer["Cache-Control"] = "no-cache"
        # The ETag is of the films alone: an unchanged list has become newer all the same.
        if refresh.fetched_at:
            answer["X-Fetched-At"] = moment(refresh.fetched_at)
        return answer


class Status(APIView):
    """How complete the catalogue is, and what its imports are doing."""

    def get(self, request: Request) -> Response:
        ended = ImportRun.objects.filter(finished_at__isnull=False)
        latest = ended.order_by("kind", "-created_at").distinct("kind")
        running = ImportRun.objects.active().first()
        return Response(
            {
                **(cache.get_or_set("ledger", ledger_figures, LEDGER_SECONDS) or {}),
                "open_failures": ImportFailure.objects.unresolved().count(),
                "running": running and RunSerializer(running).data,
                "last_runs": {run.kind: RunSerializer(run).data for run in latest},
            }
        )


def ledger_figures() -> dict[str, int | None]:
    """How many films there are, and how many days ago the oldest details were fetched."""
    figures = TmdbMovie.objects.figures()
    oldest = figures["oldest_at"]
    return {
        "known": figures["known"],
        "fetched": figures["fetched"],
        "due": figures["due"],
        "gone": figures["gone"],
        "oldest_days": (timezone.now() - oldest).days if oldest else None,
    }
