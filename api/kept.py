"""Bodies that are made and compressed once for each version of the catalogue."""

import gzip
import threading
from collections.abc import Callable, Hashable

from django.http import HttpResponse
from django.middleware.gzip import re_accepts_gzip
from rest_framework.request import Request

from movies.models import Catalogue


class KeptBodies:
    """JSON bodies of the newest version, compressed, in this process.

    What they are made from is read after the version: one can be newer than it is said to be.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version: Hashable = None
        self._bodies: dict[Hashable, bytes] = {}

    def answer(
        self, request: Request, catalogue: Catalogue, name: Hashable, make: Callable[[], bytes]
    ) -> HttpResponse:
        """The body of this name, which `make` makes where this version has none yet."""
        body = self._body((catalogue.version, catalogue.ranked_at), name, make)
        answer = HttpResponse(content_type="application/json", headers={"Vary": "Accept-Encoding"})
        if re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
            answer["Content-Encoding"] = "gzip"
            answer.content = body
        else:
            answer.content = gzip.decompress(body)
        return answer

    def _body(self, version: Hashable, name: Hashable, make: Callable[[], bytes]) -> bytes:
        # Who comes while it is made waits for it, instead of making it as well.
        with self._lock:
            if version != self._version:
                self._version, self._bodies = version, {}
            if name not in self._bodies:
                self._bodies[name] = gzip.compress(make())
            return self._bodies[name]
