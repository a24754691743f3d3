"""Everything that can go wrong on TMDB's side, by name, and how often it does."""

import json
import random
from collections.abc import Callable, Container

import msgspec

from tools.sandbox.payloads import Payload
from tools.sandbox.wire import Answer, Response, Silence, json_response

# TMDB's codes with their HTTP status: https://developer.themoviedb.org/docs/errors
ERRORS = {
    5: (422, "The parameters are not valid."),
    6: (404, "The id is not valid."),
    7: (401, "Invalid API key: a valid key is needed."),
    9: (503, "The service is offline for now."),
    11: (500, "Something went wrong inside TMDB."),
    20: (422, "The range of dates may not be longer than 14 days."),
    22: (400, "Pages start at 1 and end at 500."),
    25: (429, "There have been more requests than are allowed."),
    34: (404, "There is no such resource."),
}


def error(code: int, **headers: str) -> Response:
    """An error in TMDB's shape."""
    status, message = ERRORS[code]
    content = {"success": False, "status_code": code, "status_message": message}
    return json_response(content, status, **headers)


class Faults:
    """Which fault strikes which request.

    `shares` says for each kind how often it strikes, at random; each kind is drawn by itself,
    and when several strike one request, chance picks one of them. `only` breaks what it names
    for good: a movie by its id, or "changes", "countries", "languages", "genres" (these can
    answer with an error or not at all; the faults inside a payload are a movie's), or "films"
    and "people" (whose kinds are those of `tools.sandbox.ghibli`).
    """

    def __init__(self, spec: str = "", seed: int = 0) -> None:
        self.shares = parse_shares(spec)
        self.only: dict[int | str, str] = {}
        self._random = random.Random(seed)

    def on_detail(self, movie_id: int) -> str | None:
        """The kind that strikes this request for a movie, if any."""
        if movie_id in self.only:
            return self.only[movie_id]
        return self._strike(DETAIL_FAULTS)

    def on_download(self) -> bool:
        return self._strike(DOWNLOAD_FAULTS) is not None

    def on_export(self) -> frozenset[str]:
        """The kinds that today's export suffers from."""
        return frozenset(kind for kind in EXPORT_FAULTS if self.shares.get(kind))

    def _strike(self, among: Container[str]) -> str | None:
        draw = self._random.random
        struck = [kind for kind, share in self.shares.items() if kind in among and draw() < share]
        return self._random.choice(struck) if struck else None


def parse_shares(spec: str) -> dict[str, float]:
    """Shares by kind from "NAME=SHARE,…"; ValueError names the part that is wrong."""
    shares: dict[str, float] = {}
    for part in filter(None, spec.split(",")):
        name, _, number = (piece.strip() for piece in part.partition("="))
        shares.update(dict.fromkeys(_kinds(name), _share(part, number)))
    return shares


def _kinds(name: str) -> list[str]:
    if name == "all":
        return [kind for kind in DETAIL_FAULTS if kind != "401"]
    if name not in DETAIL_FAULTS and name not in EXPORT_FAULTS + DOWNLOAD_FAULTS:
        raise ValueError(f"there is no fault {name!r}")
    return [name]


def _share(part: str, number: str) -> float:
    try:
        share = float(number)
    except ValueError:
        raise ValueError(f"fault {part!r}: the share is not a number") from None
    if not 0 <= share <= 1:
        raise ValueError(f"fault {part!r}: the share is not between 0 and 1")
    return share


def _fails(code: int, **headers: str) -> Callable[[Payload], Answer]:
    return lambda payload: error(code, **headers)


def _half(payload: Payload) -> Response:
    whole = json_response(payload)
    return Response(whole.status, whole.body, whole.headers, cut=len(whole.body) // 2)


def _html(payload: Payload) -> Response:
    page = b"<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>"
    return Response(200, page, {"Content-Type": "text/html"})


def _not_json(payload: Payload) -> Response:
    return _raw(msgspec.json.encode(payload)[:-1] + b",oops}")


def _raw(body: bytes) -> Response:
    return Response(200, body, {"Content-Type": "application/json;charset=utf-8"})


def _altered(alter: Callable[[Payload], Payload]) -> Callable[[Payload], Answer]:
    return lambda payload: json_response({**payload, **alter(payload)})


def _missing_fields(payload: Payload) -> Response:
    gone = {"title", "original_title", "popularity", "genres", "production_countries"}
    return json_response({key: value for key, value in payload.items() if key not in gone})


def _null_fields(payload: Payload) -> Payload:
    return {key: None for key in payload if key != "id"}


def _strings(change: Callable[[str], str]) -> Callable[[Payload], Payload]:
    return lambda payload: {k: change(v) for k, v in payload.items() if isinstance(v, str)}


def _wrong_types(payload: Payload) -> Payload:
    return {
        "title": 42,
        "runtime": "long",
        "vote_count": "many",
        "vote_average": [7.1],
        "genres": "Drama",
        "production_countries": {"iso_3166_1": "US"},
        "release_date": 1999,
    }


def _surrogate(payload: Payload) -> Response:
    # the standard library's encoder writes half a surrogate pair as \ud83d; msgspec refuses it
    return _raw(json.dumps({**payload, "title": payload["title"] + "\ud83d"}).encode())


def _unknown_country(payload: Payload) -> Payload:
    nowhere = {"iso_3166_1": "QQ", "name": "Nowhere"}
    return {
        "origin_country": [*payload["origin_country"], "QQ"],
        "production_countries": [*payload["production_countries"], nowhere],
    }


def _country_twice(payload: Payload) -> Payload:
    return {key: payload[key] * 2 for key in ("origin_country", "production_countries")}


def _unknown_language(payload: Payload) -> Payload:
    language = {"english_name": "Zzyzx", "iso_639_1": "zz", "name": "Zzyzx"}
    return {
        "original_language": "zz",
        "spoken_languages": [*payload["spoken_languages"], language],
    }


def _unknown_genre(payload: Payload) -> Payload:
    return {"genres": [*payload["genres"], {"id": 99999, "name": "Unheard of"}]}


DETAIL_FAULTS: dict[str, Callable[[Payload], Answer]] = {
    "401": _fails(7),
    "404": _fails(34),
    "422": _fails(5),
    "429": _fails(25),
    "429-retry-after": _fails(25, **{"Retry-After": "1"}),
    "429-absurd": _fails(25, **{"Retry-After": "31536000"}),
    "500": _fails(11),
    "503": _fails(9),
    "hang": lambda payload: Silence.HANG,
    "reset": lambda payload: Silence.RESET,
    "half": _half,
    "html": _html,
    "not-json": _not_json,
    "missing-fields": _missing_fields,
    "null-fields": _altered(_null_fields),
    "empty-strings": _altered(_strings(lambda text: "")),
    "padded": _altered(_strings(lambda text: f"  {text} ")),
    "wrong-types": _altered(_wrong_types),
    "nul": _altered(lambda payload: {"title": payload["title"] + "\0"}),
    "surrogate": _surrogate,
    "unknown-country": _altered(_unknown_country),
    "unknown-language": _altered(_unknown_language),
    "unknown-genre": _altered(_unknown_genre),
    "country-twice": _altered(_country_twice),
    "other-id": _altered(lambda payload: {"id": payload["id"] + 1}),
}
"""What a movie's payload becomes; where it is made is `tools.sandbox.tmdb`."""

EXPORT_FAULTS = (
    "export-missing",
    "export-html",
    "export-empty",
    "export-truncated",
    "export-corrupt",
    "export-lines",
    "export-loss",
)
"""Kinds that concern the whole file, made in `tools.sandbox.exports`: any share above 0 is on."""

DOWNLOAD_FAULTS = ("download-cut",)
