"""What a payload of TMDB's has to become in the catalogue: the rules, read a second time."""

import datetime
import gzip
import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.proofs import home, parts
from tools.proofs.parts import Named, Parts

Payload = dict[str, Any]
Ratings = dict[str, tuple[float, int]]
# Those of IMDb's by TMDB's number.
RecordRatings = dict[int, tuple[float, int]]

SHORT_MINUTES = 40


class NotPayloads(Exception):  # noqa: N818 - said of a file
    """The file is not what it should be."""


@dataclass(frozen=True)
class Film:
    """A payload's row in `movie`, by column, its names in their order, and what stands beside."""

    row: dict[str, Any]
    names: list[str]
    parts: Parts
    # In the export, which has it as a number in any case.
    exported_popularity: float

    @property
    def origin(self) -> list[str]:
        """Where it is from: where TMDB names no country of origin, all that produced it."""
        countries: list[str] = self.row["origin_countries"] or self.row["production_countries"]
        return countries

    @property
    def home(self) -> list[str]:
        """The countries that call it theirs."""
        return home.of_film(
            self.origin, self.row["original_language"], self.row["company_countries"]
        )

    @property
    def is_short(self) -> bool:
        return self.row["runtime"] is not None and self.row["runtime"] < SHORT_MINUTES

    def votes(self, imdb: tuple[float, int] | None) -> int:
        """TMDB's and IMDb's votes together, those without a rating included."""
        tmdb_votes: int = self.row["tmdb_votes"]
        return tmdb_votes + (imdb[1] if imdb else 0)

    def pooled(self, imdb: tuple[float, int] | None) -> tuple[float, int]:
        """Mean rating and votes of TMDB and IMDb together; no votes where there is no rating."""
        ratings = [imdb] if imdb else []
        if self.row["tmdb_rating"] is not None:
            ratings.append((self.row["tmdb_rating"], self.row["tmdb_votes"]))
        votes = sum(votes for _, votes in ratings)
        total = math.fsum(rating * votes for rating, votes in ratings)
        return (total / votes if votes else 0.0), votes


@dataclass(frozen=True)
class World:
    """What a file of payloads has to become."""

    films: dict[int, Film]
    people: Named
    providers: Named
    collections: Named


def read_world(path: Path) -> World:
    """The films of a gzip of payloads, one a line, as they have to be stored.

    Adult titles and videos are left out. Raises NotPayloads.
    """
    payloads: dict[int, Payload] = {}
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in filter(str.strip, lines):
                payload = json.loads(line)
                if not (payload.get("adult") or payload.get("video")):
                    payloads[payload["id"]] = payload
        films = {movie_id: film(payload) for movie_id, payload in payloads.items()}
        named = [
            gather(payloads.values())
            for gather in (parts.people, parts.providers, parts.collections)
        ]
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise NotPayloads(f"{path} is no file of payloads: {error!r}") from None
    if not films:
        raise NotPayloads(f"{path} is no file of payloads: it holds no film")
    return World(films, *named)


def read_films(path: Path) -> dict[int, Film]:
    """The films alone. Raises NotPayloads."""
    return read_world(path).films


def read_ratings(path: Path) -> Ratings:
    """IMDb's file of ratings. Raises NotPayloads."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            next(lines)
            fields = (line.split() for line in lines)
            return {imdb_id: (float(rating), int(votes)) for imdb_id, rating, votes in fields}
    except (OSError, EOFError, ValueError, StopIteration) as error:
        raise NotPayloads(f"{path} is no file of IMDb's ratings: {error!r}") from None


def film(payload: Payload) -> Film:
    """The film of one payload."""
    title = payload["title"].strip()
    original_title = payload["original_title"].strip() or title
    votes = payload["vote_count"]
    rating = payload["vote_average"]
    row = {
        "id": payload["id"],
        "imdb_id": imdb_id(payload),
        "title": title or original_title,
        "original_title": original_title,
        "original_language": payload["original_language"].strip(),
        "release_date": date(payload.get("release_date")),
        "status": (payload.get("status") or "").strip(),
        "runtime": payload.get("runtime") or None,
        "poster_path": (payload.get("poster_path") or "").strip() or None,
        "popularity": number(payload["popularity"]),
        "tmdb_rating": float(rating) if rating and votes else None,
        "tmdb_votes": votes,
        "origin_countries": origin_countries(payload),
        "production_countries": once(codes(payload, "production_countries", "iso_3166_1")),
        "genre_ids": once(codes(payload, "genres", "id")),
        "spoken_languages": once(codes(payload, "spoken_languages", "iso_639_1")),
        **parts.part_columns(payload),
    }
    others = (payload.get("alternative_titles") or {}).get("titles") or []
    given = [row["title"], row["original_title"], *(other["title"].strip() for other in others)]
    names = once(filter(None, given))
    beside = parts.parts(payload, names)
    translated = sorted(beside.translated, key=lambda name: (beside.translated[name], name))
    return Film(row, names + translated, beside, float(payload["popularity"]))


def origin_countries(payload: dict[str, Any]) -> list[str]:
    """Without a country that is only the language by another name: nobody speaks it there, and
    others have made the film."""
    origin = once(payload.get("origin_country"))
    made_in = codes(payload, "production_countries", "iso_3166_1")
    language = payload["original_language"].strip()
    code = language.upper()
    if not made_in or code in made_in or home.is_spoken(code, language):
        return origin
    return [each for each in origin if each != code]


def number(given: object) -> float:
    """Old answers have numbers as strings, which are none."""
    return float(given) if isinstance(given, int | float) else 0.0


def imdb_id(payload: Payload) -> str | None:
    """An empty, padded or missing id is TMDB's way of writing none, or the same."""
    places = payload, payload.get("external_ids") or {}
    given = ((place.get("imdb_id") or "").strip() for place in places)
    return next((found for found in given if found.startswith("tt")), None)


def date(given: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(given.strip()) if given and given.strip() else None


def codes(payload: Payload, part: str, key: str) -> list[Any]:
    return [entry[key] for entry in payload.get(part) or []]


def once(given: Iterable[Any] | None) -> list[Any]:
    """Each of them once, in the order in which they came first."""
    return list(dict.fromkeys(given or []))


def record_ratings(films: dict[int, Film], imdb: Ratings) -> RecordRatings:
    """IMDb's rating by TMDB's number: of two records with one id that with most votes has it."""
    records: dict[str, int] = {}
    for movie_id in sorted(films, key=lambda number: (-films[number].row["tmdb_votes"], number)):
        records.setdefault(films[movie_id].row["imdb_id"], movie_id)
    return {movie_id: imdb[imdb_id] for imdb_id, movie_id in records.items() if imdb_id in imdb}


def title_weight(votes: int) -> int:
    """What orders names that match alike."""
    return math.floor(4 * math.log(1 + votes))


def plain_key(name: str) -> str | None:
    """A name's folded form where that needs neither a table of letters nor rules for signs.

    So for short names of ASCII letters and digits, with punctuation that only parts words.
    """
    if not re.fullmatch(r"[A-Za-z0-9 ,:;!?()\[\]]{1,100}", name):
        return None
    return re.sub("[^a-z0-9]+", " ", name.lower()).strip()
