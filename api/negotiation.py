"""Which of a view's formats an answer has: by `format=`, else by the Accept header."""

from collections.abc import Sequence
from typing import Any

from django.http.request import MediaType
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

PARAMETER = "format"


class FormatNegotiation(DefaultContentNegotiation):
    """REST framework's own knows no weights (q), and has a 404 for a format that is none."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        named = {renderer.format: renderer for renderer in renderers}
        if asked := request.query_params.get(PARAMETER):
            # One that is none is refused with the other parameters, in JSON.
            chosen = named.get(asked, renderers[0])
        else:
            chosen = most_accepted(request.headers.get("Accept") or "*/*", renderers)
        return chosen, chosen.media_type


def most_accepted(header: str, renderers: Sequence[BaseRenderer]) -> BaseRenderer:
    """The one that the header weighs most, the first of several; NotAcceptable where it has none.

    Of what the header says of one type, the most specific counts; a weight of 0 refuses it.
    """
    accepted = [MediaType(text) for text in header.split(",") if text.strip()]
    weighed = [(quality(renderer.media_type, accepted), renderer) for renderer in renderers]
    best = max(weight for weight, _ in weighed)
    if not best:
        offered = dict.fromkeys(renderer.media_type for renderer in renderers)
        raise NotAcceptable(f"There are: {', '.join(offered)}.")
    return next(renderer for weight, renderer in weighed if weight == best)


def quality(media_type: str, accepted: Sequence[MediaType]) -> float:
    offered = MediaType(media_type)
    matching = [one for one in accepted if offered.match(without_parameters(one))]
    if not matching:
        return 0
    return max(matching, key=lambda one: one.specificity).quality


def without_parameters(media_type: MediaType) -> str:
    """A charset that somebody names makes no other type of it."""
    return f"{media_type.main_type}/{media_type.sub_type}"
