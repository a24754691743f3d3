"""Decorates views whose answers can be kept: `path("", kept(by_edition)(view))`.

The version is read first. Who has the answer of that version gets a 304; else it comes from what
this process keeps, or is made, once for any number who ask at the same time, and kept.
"""

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from caching.bodies import Body, KeptBodies, compress
from caching.compression import accepts_gzip
from caching.versions import Version, VersionOf
from movies.film_details import film_read
from movies.models import RankingState

CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
# What asks for no other form than the usual one.
AS_JSON = {"*/*", "application/json"}
# Headers of the answer that is sent, not of the one that is kept.
OF_EACH_ANSWER = {"content-length", "etag", "cache-control"}

View = Callable[..., HttpResponseBase]
bodies = KeptBodies(settings.ANSWER_CACHE_BYTES)


class NotKept(Exception):  # noqa: N818 - an answer like any other
    """The view's answer is not one that others can have."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__()
        self.response = response


def kept(version_of: VersionOf) -> Callable[[View], View]:
    """Answers of one view, by what `version_of` says that they are made from."""

    def decorate(view: View) -> View:
        @wraps(view)
        def kept_view(request: HttpRequest, **parameters: Any) -> HttpResponseBase:
            if request.method not in {"GET", "HEAD"}:
                return view(request, **parameters)
            with RankingState.remembered(), film_read.block():
                version = version_of(request, **parameters)
                if version and settings.DEBUG:  # a template may have changed
                    version = replace(version, token=None)
                try:
                    return respond(request, version, view, parameters)
                except NotKept as answer:
                    return answer.response

        return kept_view

    return decorate


def respond(
    request: HttpRequest, version: Version | None, view: View, parameters: dict[str, Any]
) -> HttpResponseBase:
    def make() -> Body:
        return body_of(view(request, **parameters))

    if version is None:
        raise NotKept(view(request, **parameters))
    if version.token is None:
        body = make()
        return answer(request, body, f'W/"{digest(body)}"', version)
    key = cache_key(request, version)
    if key in bodies and is_throttled(request, view):
        raise NotKept(view(request, **parameters))  # which says so in its own words
    return answer(request, bodies.get_or_make(key, make), etag_of(request, version), version)


def etag_of(request: HttpRequest, version: Version) -> str:
    """Another for each form in which the API may answer."""
    accept = request.headers.get("Accept", "") if is_api(request) else ""
    asked = "" if accept in AS_JSON else accept, request.GET.get("format", "")
    form = f"-{zlib.crc32(repr(asked).encode()):x}" if any(asked) else ""
    return f'W/"{version.token}{form}"'


def cache_key(request: HttpRequest, version: Version) -> bytes:
    """Whatever the answers of one view and version differ by; as short for any address."""
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    accept = request.headers.get("Accept") if is_api(request) else None
    return hashlib.blake2b(repr((version.token, address, accept)).encode()).digest()


def is_api(request: HttpRequest) -> bool:
    """Whether the answer may differ by the Accept header: pages have one form."""
    return request.path_info.startswith("/api/")


def is_throttled(request: HttpRequest, view: View) -> bool:
    """Whether REST framework's view would refuse who has asked too often; it counts as asked."""
    throttles = getattr(getattr(view, "cls", None), "throttle_classes", ())
    return not all(throttle().allow_request(request, view) for throttle in throttles)


def body_of(response: HttpResponseBase) -> Body:
    """The whole answer of a view, to be kept."""
    if not isinstance(response, HttpResponse) or not may_be_kept(response):
        raise NotKept(response)
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    headers = {
        name: value for name, value in response.items() if name.lower() not in OF_EACH_ANSWER
    }
    return Body(compress(response.content), headers)


def may_be_kept(response: HttpResponse) -> bool:
    """Whether it is for anybody, and says nothing else about how long."""
    is_for_all = not response.cookies and not response.has_header("Cache-Control")
    return response.status_code == 200 and is_for_all


def digest(body: Body) -> str:
    return hashlib.blake2b(body.compressed, digest_size=12).hexdigest()


def answer(request: HttpRequest, body: Body, etag: str, version: Version) -> HttpResponse:
    """200 or 304, with all that a cache has to know."""
    response = HttpResponseNotModified() if is_known(request, etag) else whole(request, body)
    for name, value in body.headers.items():
        if response.status_code == 200 or name == "Vary":
            response.headers[name] = value
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["Surrogate-Key"] = " ".join(version.surrogate_keys)
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether If-None-Match has this ETag, weak or strong, or any."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag.removeprefix("W/") in {one.removeprefix("W/") for one in known}


def whole(request: HttpRequest, body: Body) -> HttpResponse:
    """Unpacked for the few that cannot do that."""
    if not accepts_gzip(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(body.plain)
    return HttpResponse(body.compressed, headers={"Content-Encoding": "gzip"})
