"""Where somebody's films come from: an export of IMDb or Letterboxd, answered row by row."""

from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.views import APIView

from api import examples
from api.parameters import validate, validate_query
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


FORM = {
    "type": "object",
    "properties": {
        "file": {"type": "array", "items": {"type": "string", "format": "binary"}},
        "by": {"type": "string", "enum": Lens.values},
    },
    "required": ["file"],
}
BODY = {"type": "string", "format": "binary"}


class WatchedView(APIView):
    """The countries of the films in exports of IMDb or Letterboxd. Nothing of them is stored.

    `file` is one or several of: IMDb's ratings, watchlist or list (CSV, of any year since 2012),
    Letterboxd's zip, or CSV files out of it. A CSV or a zip can also be the body of the request.
    Of Letterboxd's zip its ratings, watched films and watchlist are read, of another every CSV.
    At most 32,000,000 bytes, unpacked, and 100,000 rows, or 200,000 lines with the blank ones. A
    film in several rows is matched once, with what all of them say, and the rows after the first
    are `duplicates`.
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
    by = lens(request)
    try:
        return classify_upload(files, by)
    except UploadTooLarge as error:
        raise TooLarge({"file": [str(error)]}) from None
    except UploadRefused as error:
        raise invalid_upload(str(error)) from None


def lens(request: Request) -> Lens:
    """As the address says, or else the form."""
    if "by" in request.query_params:
        asked = validate_query(request, WatchedParameters)
    else:
        asked = validate(WatchedParameters, request.POST.dict())
    by: Lens = asked["by"]
    return by
