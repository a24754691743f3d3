"""Everything that can go wrong on TMDB's side, by name, and how often it does."""

import json
import random
from collections.abc import Callable, Container, Iterable

from tools.sandbox.answer_faults import ANSWER_FAULTS, raw
from tools.sandbox.discover_faults import DISCOVER_FAULTS
from tools.sandbox.odd_faults import ODD_FAULTS
from tools.sandbox.part_faults import PART_FAULTS
from tools.sandbox.payloads import Payload
from tools.sandbox.wire import Answer, Response, json_response


class Faults:
    """Which fault strikes which request.

    `shares` says for each kind how often it strikes, at random; each kind is drawn by itself,
    and when several strike one request, chance picks one of them. `only` breaks what it names
    for good: a movie by its id, or "changes", "countries", "languages", "genres" (these can
    answer with an error or not at all; the faults inside a payload are a movie's), "providers"
    or one movie's as in "providers/603", "discover" or one country's as in "discover/FR", or
    "films" and "people" (whose kinds are those of `tools.sandbox.ghibli`).
    """

    def __init__(self, spec: str = "", seed: int = 0) -> None:
        self.shares = parse_shares(spec)
        self.only: dict[int | str, str] = {}
        self._random = random.Random(seed)

    def on_detail(self, movie_id: int) -> str | None:
        """The kind that strikes this request for a movie, if any."""
        if movie_id in self.only:
            return self.only[movie_id]
        return self._strike(MOVIE_FAULTS)

    def on_providers(self, movie_id: int) -> str | None:
        """The kind that strikes this request for where a movie can be watched."""
        return self._on_path("providers", str(movie_id), ANSWER_FAULTS)

    def on_discover(self, country: str) -> str | None:
        """The kind that strikes this request for a country's films."""
        return self._on_path("discover", country, DISCOVER_FAULTS)

    def on_download(self) -> bool:
        return self._strike(DOWNLOAD_FAULTS) is not None

    def on_export(self) -> frozenset[str]:
        """The kinds that today's export suffers from."""
        return frozenset(kind for kind in EXPORT_FAULTS if self.shares.get(kind))

    def _on_path(self, name: str, of: str, among: Iterable[str]) -> str | None:
        kind = self.only.get(f"{name}/{of}") or self.only.get(name)
        struck = kind or self._strike({f"{name}-{kind}" for kind in among})
        return struck and struck.removeprefix(f"{name}-")

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
    if name in GROUPS:
        return list(GROUPS[name])
    if name not in SHARED_FAULTS:
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
    return raw(json.dumps({**payload, "title": payload["title"] + "\ud83d"}).encode())


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
    **ANSWER_FAULTS,
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

GROUPS = {"parts": PART_FAULTS, "odd": ODD_FAULTS}
"""Kinds that go by one name beside "all", after which the answer is still that of a film."""

MOVIE_FAULTS = DETAIL_FAULTS | PART_FAULTS | ODD_FAULTS

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

SHARED_FAULTS = {
    *MOVIE_FAULTS,
    *EXPORT_FAULTS,
    *DOWNLOAD_FAULTS,
    *(f"providers-{kind}" for kind in ANSWER_FAULTS),
    *(f"discover-{kind}" for kind in DISCOVER_FAULTS),
}
"""All that can be given a share, as in "credits-null=0.1,discover-500=0.05"."""
