"""Where somebody's films come from: an export of IMDb or Letterboxd, answered row by row."""

from itertools import starmap
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.views import APIView

from api import examples
from api.parameters import validate, validate_query
from api.serializers import INVALID, REFUSALS, ByField
from api.uploads import BODY_TYPES, BodyParser, FormParser, TooLarge, refusal, uploaded
from movies.models import Lens
from movies.watched.answer import watched
from movies.watched.columns import Source
from movies.watched.errors import UploadRefused, UploadTooLarge
from movies.watched.files import MOST_BYTES, NamedFile
from movies.watched.matching import Reason
from settings.throttling import UploadThrottle


class WatchedParameters(serializers.Serializer[Any]):
    by = ByField()


class WatchedFileSerializer(serializers.Serializer[Any]):
    file = serializers.CharField(
        help_text="Its name; of a zip, the names of the files in it that count, as in "
        "`letterboxd.zip/ratings.csv` where several files were sent."
    )
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=[source.value for source in Source]
    )
    rows = serializers.IntegerField()


class WatchedSummarySerializer(serializers.Serializer[Any]):
    rows = serializers.IntegerField(help_text="Of all files: each is in one of the three lists.")
    matched = serializers.IntegerField(help_text="Films: the ones seen and the ones wanted.")
    unmatched = serializers.IntegerField()
    duplicates = serializers.IntegerField()
    seen = serializers.IntegerField()
    wanted = serializers.IntegerField()
    countries = serializers.IntegerField(help_text="How many of `countries_total` have one seen.")
    countries_total = serializers.IntegerField(
        help_text="The current countries that have a rated film in the catalogue."
    )
    former_states = serializers.IntegerField(help_text="Former states with a film seen.")


class MatchedSerializer(serializers.Serializer[Any]):
    file = serializers.CharField()
    row = serializers.IntegerField(
        help_text="As a spreadsheet numbers them: the header is row 1, blank lines count."
    )
    country_codes = serializers.ListField(child=serializers.CharField())
    name = serializers.CharField()
    original_name = serializers.CharField()
    year = serializers.IntegerField(allow_null=True)
    imdb_id = serializers.CharField(allow_null=True)
    id = serializers.IntegerField(help_text="TMDB's number.")
    personal_rating = serializers.FloatField(
        allow_null=True, help_text="The own one, 1 to 10: Letterboxd's stars doubled."
    )
    rating = serializers.FloatField(
        allow_null=True, help_text="TMDB's and IMDb's votes pooled, 1 to 10; null without a vote."
    )
    poster_url = serializers.URLField(allow_null=True)
    seen = serializers.BooleanField(
        help_text="False for a wanted film: it is on lists only, and not rated."
    )


class UnmatchedSerializer(serializers.Serializer[Any]):
    file = serializers.CharField()
    row = serializers.IntegerField()
    name = serializers.CharField(allow_null=True)
    year = serializers.IntegerField(allow_null=True)
    imdb_id = serializers.CharField(allow_null=True)
    title_type = serializers.CharField(allow_blank=True)
    reason = serializers.ChoiceField(choices=[reason.value for reason in Reason])


class DuplicateSerializer(serializers.Serializer[Any]):
    file = serializers.CharField()
    row = serializers.IntegerField()
    of_file = serializers.CharField()
    of_row = serializers.IntegerField(help_text="The row that it repeats, an earlier one.")
    imdb_id = serializers.CharField(allow_null=True)


class WatchedSerializer(serializers.Serializer[Any]):
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="What all files have in common: their source, or else `imdb` or `letterboxd`, "
        "or else `mixed`."
    )
    by = serializers.ChoiceField(choices=Lens.values)
    files = WatchedFileSerializer(many=True)
    summary = WatchedSummarySerializer()
    countries = serializers.DictField(
        child=serializers.IntegerField(), help_text="Films seen, by country, most films first."
    )
    wanted_countries = serializers.DictField(
        child=serializers.IntegerField(), help_text="Films wanted, by country."
    )
    matched = MatchedSerializer(many=True)
    unmatched = UnmatchedSerializer(many=True)
    duplicates = DuplicateSerializer(many=True)


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
            200: WatchedSerializer,
            400: INVALID,
            411: OpenApiResponse(INVALID.response, "The request does not say how long it is."),
            413: OpenApiResponse(INVALID.response, "It is too large."),
            **REFUSALS,
        },
        examples=[examples.WATCHED],
    )
    def post(self, request: Request) -> HttpResponseBase:
        files = uploaded(request, MOST_BYTES)
        by = lens(request)
        try:
            pieces = watched(starmap(NamedFile, files), by)
        except UploadTooLarge as error:
            raise TooLarge({"file": [str(error)]}) from None
        except UploadRefused as error:
            raise refusal(str(error)) from None
        answer = StreamingHttpResponse(pieces, content_type="application/json")
        answer["Cache-Control"] = "no-store"
        return answer


def lens(request: Request) -> Lens:
    """As the address says, or else the form."""
    if "by" in request.query_params:
        return validate_query(request, WatchedParameters)["by"]
    return validate(WatchedParameters, request.POST.dict())["by"]
