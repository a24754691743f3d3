"""Answers in JSON; and lists of the best in the formats that other programs read, as `format=` or
Accept asks."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from movies.imdb_ids import imdb_title_url
from movies.lists.region import WORLD
from movies.models.movie import TMDB_PAGE

COLUMNS = [
    "country_code", "country_name", "rank", "id", "imdb_id", "name", "original_name", "year",
    "country_codes", "rating", "votes", "weighted_rating", "few_votes", "poster_url",
]  # fmt: skip
# What a spreadsheet would take for a formula, and anybody can write into a title at TMDB.
FORMULA = re.compile(r"[=+\-@\t\r]")
# What XML cannot have.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Row = Mapping[str, Any]


class MsgspecRenderer(JSONRenderer):
    """JSON in a tenth of the time that REST framework's own encoder takes."""

    def render(
        self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None
    ) -> bytes:
        return b"" if data is None else msgspec.json.encode(data, enc_hook=plain_text)


def plain_text(value: Any) -> str:
    """Of what is more than a str, such as the words of an OPTIONS."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, str):
        return str.__str__(value)
    raise NotImplementedError(f"{type(value)} in an answer")


class ListRenderer(BaseRenderer):
    """Makes a list's bytes from what its JSON has."""

    charset = "utf-8"
    # Of a download's name.
    suffix: ClassVar[str | None] = None

    def render(
        self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None
    ) -> bytes | str:
        raise NotImplementedError


class CsvRenderer(ListRenderer):
    """A line a film; several countries are separated by blanks, what is not known is empty."""

    media_type = "text/csv"
    format = "csv"
    suffix = "csv"

    def render(
        self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None
    ) -> bytes:
        lines = io.StringIO()
        writer = csv.DictWriter(lines, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        for film in listed_films(data):
            writer.writerow({name: cell(film[name]) for name in COLUMNS})
        return lines.getvalue().encode()


class NdjsonRenderer(ListRenderer):
    """A line a film, each a JSON object with the list's country."""

    media_type = "application/x-ndjson"
    format = "ndjson"

    def render(
        self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None
    ) -> str:
        # As text: where there are no bytes REST framework takes the content type away as well, and
        # a list without a film has none.
        return msgspec.json.Encoder().encode_lines(list(listed_films(data))).decode()


class RadarrRenderer(ListRenderer):
    """What Radarr's custom lists read: by IMDb's id alone, so that films without one are left
    out."""

    media_type = "application/json"
    format = "radarr"

    def render(
        self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None
    ) -> bytes:
        films = {film["imdb_id"]: film["name"] for film in listed_films(data) if film["imdb_id"]}
        entries = [{"title": title, "imdb_id": imdb_id} for imdb_id, title in films.items()]
        return msgspec.json.encode(entries)


class RssRenderer(ListRenderer):
    """A feed: a reader shows what was not in the list when it last looked."""

    media_type = "application/rss+xml"
    format = "rss"

    def render(
        self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None
    ) -> bytes:
        address = renderer_context["request"].build_absolute_uri()
        of_list = data.get("country_name") and list_name(data)
        feed = Rss201rev2Feed(
            title=f"The best films of {of_list}" if of_list else "The best films of every country",
            link=address,
            description="By weighted rating, of TMDB's and IMDb's votes.",
            feed_url=address,
            language="en",
        )
        for film in listed_films(data):
            feed.add_item(**feed_item(film))
        text: str = feed.writeString("utf-8")
        return text.encode()


RENDERERS = [MsgspecRenderer, CsvRenderer, NdjsonRenderer, RadarrRenderer, RssRenderer]
FORMATS = [renderer.format for renderer in RENDERERS]


def listed_films(data: Any) -> Iterator[dict[str, Any]]:
    """The films of one list or of every country's, each with the list's country."""
    lists: Sequence[Row] = data.get("countries", [data])
    for of_country in lists:
        country = {name: of_country[name] for name in ("country_code", "country_name")}
        for film in of_country["movies"] if "movies" in of_country else of_country["results"]:
            yield country | film


def cell(value: Any) -> Any:
    """As a spreadsheet has it; an apostrophe keeps what is no formula from being one."""
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return value


def feed_item(film: Row) -> dict[str, Any]:
    year = f" ({film['year']})" if film["year"] else ""
    link = imdb_title_url(film["imdb_id"]) if film["imdb_id"] else TMDB_PAGE.format(film["id"])
    return {
        "title": CONTROL.sub("", f"{film['name']}{year}"),
        "link": link,
        "description": f"Number {film['rank']} of {list_name(film)}: "
        f"{film['rating']:.1f} of 10 by {film['votes']:,} votes",
        "unique_id": f"{film['country_code']}-{film['id']}",
        "unique_id_is_permalink": False,
    }


def list_name(of: Row) -> str:
    """The country, continent or world of a list, as a sentence has it."""
    return "the world" if of["country_code"] == WORLD else str(of["country_name"])


def is_json(request: Request) -> bool:
    return isinstance(request.accepted_renderer, JSONRenderer)
