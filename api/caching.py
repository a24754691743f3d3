"""Answers that change with the ranking only: 304 for whoever has one, made once for the others.

Views read the `RankingState` before the data: what is kept or marked with its edition may be newer
than that, but never older. Before the first ranking there is no edition, and what is there by
then still comes and goes: nothing is marked or kept.
"""

import gzip
import threading
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition
from rest_framework.request import Request

from movies.models import RankingState

# Of compressed bodies in each process. `best/` in all forty ways that it can be asked for takes
# about half of it.
CACHE_BYTES = 8 * 1024 * 1024

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponseBase)


def etag(request: HttpRequest, state: RankingState, *args: Any, **kwargs: Any) -> str | None:
    return state.etag


def conditional(
    respond: Callable[Concatenate[Request, RankingState, P], Response],
) -> Callable[Concatenate[Request, RankingState, P], HttpResponseBase]:
    """Decorates what answers a request from a ranking: 304 where the client has that edition."""
    revalidated = cache_control(no_cache=True)(condition(etag_func=etag)(respond))

    @wraps(respond)
    def respond_conditionally(
        request: Request, state: RankingState, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        chosen = revalidated if state.edition else respond
        return chosen(request, state, *args, **kwargs)

    return respond_conditionally


def cached_by_edition(
    make: Callable[Concatenate[RankingState, P], bytes],
) -> Callable[Concatenate[RankingState, P], bytes]:
    """Decorates what makes a body from a ranking: once for each edition and parameters.

    Who asks while it is made waits for it, instead of making it as well.
    """
    bodies: LRUCache[Hashable, bytes] = LRUCache(CACHE_BYTES, getsizeof=len)
    make_once = cached(bodies, key=edition_key, condition=threading.Condition())(make)

    @wraps(make)
    def body(state: RankingState, /, *args: P.args, **kwargs: P.kwargs) -> bytes:
        chosen = make_once if state.edition else make
        return chosen(state, *args, **kwargs)

    return body


def edition_key(state: RankingState, *args: Hashable, **kwargs: Hashable) -> Hashable:
    return hashkey(state.edition, *args, **kwargs)


def gzip_response(request: Request, body: bytes) -> HttpResponse:
    """JSON that is compressed already; unpacked for the few clients that cannot do that."""
    response = HttpResponse(content_type="application/json", headers={"Vary": "Accept-Encoding"})
    if re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
        response["Content-Encoding"] = "gzip"
        response.content = body
    else:
        response.content = gzip.decompress(body)
    return response
