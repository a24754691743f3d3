"""The shape of TMDB's movie: complete payloads, what an answer shows of one, and export lines."""

from typing import Any

import msgspec

Payload = dict[str, Any]

EXTERNAL_IDS = ("imdb_id", "wikidata_id", "facebook_id", "instagram_id", "twitter_id")


def film_payload(movie_id: int, title: str, **fields: Any) -> Payload:
    """A whole payload as TMDB sends it; whatever is not given is as for an obscure film."""
    return {
        "adult": False,
        "backdrop_path": None,
        "budget": 0,
        "genres": [],
        "id": movie_id,
        "imdb_id": None,
        "origin_country": [],
        "original_language": "en",
        "original_title": title,
        "popularity": 0.0,
        "poster_path": None,
        "production_countries": [],
        "release_date": "",
        "revenue": 0,
        "runtime": 0,
        "spoken_languages": [],
        "status": "Released",
        "title": title,
        "video": False,
        "vote_average": 0.0,
        "vote_count": 0,
        "alternative_titles": {"titles": []},
        **fields,
    }


def detail(payload: Payload, append: str) -> Payload:
    """The payload with those of its parts that `append_to_response` asks for."""
    parts = append.split(",")
    answer = dict(payload)
    if "alternative_titles" not in parts:
        answer.pop("alternative_titles", None)
    if "external_ids" in parts:
        answer.setdefault("external_ids", {key: payload.get(key) for key in EXTERNAL_IDS})
    return answer


class ExportEntry(msgspec.Struct):
    """What the daily export says of a film."""

    adult: bool
    id: int
    original_title: str
    popularity: float
    video: bool


def export_line(payload: Payload) -> bytes:
    """The film's line in the daily export, as wrong as the payload is."""
    entry = {key: payload[key] for key in ExportEntry.__struct_fields__}
    return msgspec.json.encode(entry) + b"\n"
