"""Answers that change with the ranking only, and need not be made for who has them already."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

from movies.models import RankingState


def unless_unchanged(
    request: Request, make: Callable[[RankingState], HttpResponseBase]
) -> HttpResponseBase:
    """304 for the catalogue's present edition, else what `make` makes of it; with a weak ETag.

    Before the first ranking there is none: what is there by then still comes and goes.
    """
    # Before the data: an answer may then be newer than its ETag says, but never older.
    state = RankingState.current()
    edition = state.edition
    if edition is None:
        return make(state)
    etag = f'W/"{edition}-{settings.RELEASE}"'
    answer = get_conditional_response(request._request, etag) or make(state)
    answer["ETag"] = etag
    answer["Cache-Control"] = "no-cache"
    return answer
