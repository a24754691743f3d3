"""Bodies that are made and compressed once for each edition of the catalogue."""

import gzip
import threading
from collections.abc import Callable, Hashable

from django.http import HttpResponse
from django.middleware.gzip import re_accepts_gzip
from rest_framework.request import Request

from movies.models import RankingState


class KeptBodies:
    """JSON bodies of the newest edition, compressed, in this process.

    What they are made from is read after the edition: one can be newer than it is said to be.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._edition: str | None = None
        self._bodies: dict[Hashable, bytes] = {}

    def answer(
        self, request: Request, state: RankingState, name: Hashable, make: Callable[[], bytes]
    ) -> HttpResponse:
        """The body of this name, which `make` makes where this edition has none yet."""
        body = self._body(state.edition, name, make)
        answer = HttpResponse(content_type="application/json", headers={"Vary": "Accept-Encoding"})
        if re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
            answer["Content-Encoding"] = "gzip"
            answer.content = body
        else:
            answer.content = gzip.decompress(body)
        return answer

    def _body(self, edition: str | None, name: Hashable, make: Callable[[], bytes]) -> bytes:
        # Who comes while it is made waits for it, instead of making it as well.
        with self._lock:
            if edition is None or edition != self._edition:
                self._edition, self._bodies = edition, {}
            if name not in self._bodies:
                self._bodies[name] = gzip.compress(make())
            return self._bodies[name]
