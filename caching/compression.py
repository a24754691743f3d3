"""Compression as readers accept it: a coding with q=0 is one that they refuse."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware import gzip

GZIP = {"gzip", "x-gzip"}


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding wants gzip, and not rather no coding at all.

    What is not a number counts as 0, what is not named as `*`.
    """
    qualities = dict(map(parse_coding, header.lower().split(",")))
    named = [quality for coding, quality in qualities.items() if coding in GZIP]
    wanted = max(named) if named else qualities.get("*", 0.0)
    return wanted > 0 and wanted >= qualities.get("identity", 0.0)


def parse_coding(text: str) -> tuple[str, float]:
    """`gzip;q=0.5` → `gzip`, 0.5."""
    coding, _, parameter = text.partition(";")
    name, _, value = parameter.partition("=")
    if not parameter.strip():
        return coding.strip(), 1.0
    try:
        quality = float(value) if name.strip() == "q" else 0.0
    except ValueError:
        quality = 0.0
    return coding.strip(), quality if 0 <= quality <= 1 else 0.0


class GZipMiddleware(gzip.GZipMiddleware):
    """Django's, which looks for the word alone, and would compress for `gzip;q=0` too."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        wanted = accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        request.META["HTTP_ACCEPT_ENCODING"] = "gzip" if wanted else ""
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
