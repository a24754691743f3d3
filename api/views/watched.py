"""Where somebody's films come from: an export of IMDb or Letterboxd, answered row by row."""

from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.views import APIView

from api import examples
from api.parameters import validate
from api.serializers import INVALID, REFUSALS, ByField, ErrorSerializer
from api.streaming import stream_json
from api.uploads import (
    BODY_TYPES,
    BodyParser,
    FormParser,
    TooLarge,
    invalid_upload,
    read_files,
    upload_slot,
)
from movies.models import Lens
from movies.watched import summary
from movies.watched.errors import UploadRefused, UploadTooLarge
from movies.watched.files import MOST_BYTES
from movies.watched.upload import classify_upload
from settings.throttling import UploadThrottle


class WatchedParameters(serializers.Serializer[Any]):
    by = ByField()
    seen = serializers.BooleanField(
        default=False, help_text="Films of lists and check-ins (not of watchlists) are seen ones."
    )


FORM = {
    "type": "object",
    "properties": {
        "file": {"type": "array", "items": {"type": "string", "format": "binary"}},
        "by": {"type": "string", "enum": Lens.values},
        "seen": {"type": "boolean", "default": False},
    },
    "required": ["file"],
}
BODY = {"type": "string", "format": "binary"}


class WatchedView(APIView):
    """The countries of the films in exports of IMDb, Letterboxd and others. Nothing is stored.

    `file` is one or several of: IMDb's ratings, watchlist, check-ins or list (CSV, of any year
    since 2012), Letterboxd's zip, or CSV files out of it, or in the form that it imports, Trakt's
    zip, or JSON files out of it, TMDB's ratings and watchlist, Movary's and Yamtrack's CSV, and
    any CSV with an IMDb or TMDB id, or with a name and a year. One of them can also be the body of
    the request. Of Letterboxd's zip its ratings, watched films, watchlist and diary are read, of
    another every CSV and JSON file. What cannot be read is in `unread`; an upload of nothing else
    is refused. At most 32,000,000 bytes, unpacked, and 100,000 rows, or 200,000 lines with the
    blank ones. A film in several rows is matched once, with what all of them say, and the rows
    after the first are `duplicates`.
    """

    throttle_classes = [UploadThrottle]

    def get_parsers(self) -> list[BaseParser]:
        return [FormParser(), *map(BodyParser, BODY_TYPES)]

    @extend_schema(
        operation_id="watched",
        parameters=[WatchedParameters],
        request={"multipart/form-data": FORM, **dict.fromkeys(BODY_TYPES, BODY)},
        responses={
            200: summary.Watched,
            400: INVALID,
            408: OpenApiResponse(INVALID.response, "It has not come in time."),
            411: OpenApiResponse(INVALID.response, "The request does not say how long it is."),
            413: OpenApiResponse(INVALID.response, "It is too large."),
            415: OpenApiResponse(INVALID.response, "The body is no file."),
            503: OpenApiResponse(
                ErrorSerializer, "Too many uploads at once, or no database: with Retry-After."
            ),
            **REFUSALS,
        },
        examples=[examples.WATCHED],
    )
    def post(self, request: Request) -> HttpResponseBase:
        with upload_slot(request):
            watched = read_and_classify(request)
        answer = StreamingHttpResponse(stream_json(watched), content_type="application/json")
        answer["Cache-Control"] = "no-store"
        return answer


def read_and_classify(request: Request) -> summary.Watched:
    files = read_files(request, MOST_BYTES)
    asked = parameters(request)
    try:
        return classify_upload(files, asked["by"], lists_are_seen=asked["seen"])
    except UploadTooLarge as error:
        raise TooLarge({"file": [str(error)]}) from None
    except UploadRefused as error:
        raise invalid_upload(str(error)) from None


def parameters(request: Request) -> dict[str, Any]:
    """Each as the address says, or else the form."""
    return validate(WatchedParameters, request.POST, request.query_params)
