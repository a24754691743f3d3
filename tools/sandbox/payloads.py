"""The shape of TMDB's movie: complete payloads, what an answer shows of one, and export lines."""

from collections.abc import Callable
from typing import Any

import msgspec

Payload = dict[str, Any]

EXTERNAL_IDS = ("imdb_id", "wikidata_id", "facebook_id", "instagram_id", "twitter_id")
PAGE_OF_NOTHING = {"page": 1, "results": [], "total_pages": 1, "total_results": 0}

EMPTY_PARTS: dict[str, Payload] = {
    "alternative_titles": {"titles": []},
    "changes": {"changes": []},
    "credits": {"cast": [], "crew": []},
    "external_ids": dict.fromkeys(EXTERNAL_IDS),
    "images": {"backdrops": [], "logos": [], "posters": []},
    "keywords": {"keywords": []},
    "lists": PAGE_OF_NOTHING,
    "recommendations": PAGE_OF_NOTHING,
    "release_dates": {"results": []},
    "reviews": PAGE_OF_NOTHING,
    "similar": PAGE_OF_NOTHING,
    "translations": {"translations": []},
    "videos": {"results": []},
    "watch/providers": {"results": {}},
}
"""What `append_to_response` can ask for, and what TMDB says where it knows nothing."""

FORMER_PARTS = {"account_states", "releases", "similar_movies", "trailers"}
"""What stands in old payloads, or in those of somebody with a session: nobody is given it."""

MOST_PARTS = 20


def film_payload(movie_id: int, title: str, **fields: Any) -> Payload:
    """A whole payload as TMDB sends it; whatever is not given is as for an obscure film."""
    return {
        "adult": False,
        "backdrop_path": None,
        "belongs_to_collection": None,
        "budget": 0,
        "genres": [],
        "homepage": "",
        "id": movie_id,
        "imdb_id": None,
        "origin_country": [],
        "original_language": "en",
        "original_title": title,
        "overview": "",
        "popularity": 0.0,
        "poster_path": None,
        "production_companies": [],
        "production_countries": [],
        "release_date": "",
        "revenue": 0,
        "runtime": 0,
        "spoken_languages": [],
        "status": "Released",
        "tagline": "",
        "title": title,
        "video": False,
        "vote_average": 0.0,
        "vote_count": 0,
        "alternative_titles": {"titles": []},
        **fields,
    }


def detail(payload: Payload, append: str, part: Callable[[str], Payload | None]) -> Payload:
    """The payload with those of its parts that `append_to_response` asks for, and no others.

    `part` gives one that the payload does not hold; None: nothing is known. Names of parts that
    there are none of are passed over, as TMDB does.
    """
    answer = {
        key: value
        for key, value in payload.items()
        if key not in EMPTY_PARTS and key not in FORMER_PARTS
    }
    for name in append.split(","):
        if name in EMPTY_PARTS:
            answer[name] = payload[name] if name in payload else part(name) or empty(payload, name)
    return answer


def empty(payload: Payload, name: str) -> Payload:
    """What TMDB says for a part of which it knows nothing but what the details have of it."""
    if name == "external_ids":
        return {key: payload.get(key) for key in EXTERNAL_IDS}
    return EMPTY_PARTS[name]


class TitledMovie(msgspec.Struct):
    """What every payload of a film has."""

    id: int
    original_title: str


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
