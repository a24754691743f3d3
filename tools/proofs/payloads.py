"""What a payload of TMDB's has to become in the catalogue: the rules, read a second time."""

import datetime
import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
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
class Ranking:
    """What `standing` and the totals have to hold, by their keys, for a weight m and a floor."""

    c: float
    standings: dict[tuple[int, str], dict[str, Any]]
    totals: dict[tuple[str, str], dict[str, Any]]


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


def ranking(films: dict[int, Film], imdb: RecordRatings, m: float, floor: int) -> Ranking:
    """Who stands where, by `v/(v+m)·R + m/(v+m)·C` with C the mean R of all voted films."""
    pools = {movie_id: film.pooled(imdb.get(movie_id)) for movie_id, film in films.items()}
    rated = [rating for rating, votes in pools.values() if votes]
    c = fmean(rated) if rated else 0.0
    standings: dict[tuple[int, str], dict[str, Any]] = {}
    totals: dict[tuple[str, str], dict[str, Any]] = {}
    for movie_id, film in films.items():
        rating, votes = pools[movie_id]
        count(totals, film, bool(votes))
        if votes:
            standing = {
                "is_short": film.is_short,
                "few_votes": votes < floor,
                "year": film.row["release_date"] and film.row["release_date"].year,
                "genre_ids": film.row["genre_ids"],
                "language": film.row["original_language"],
                "rating": rating,
                "votes": votes,
                "weighted_rating": votes / (votes + m) * rating + m / (votes + m) * c,
            }
            for country, roles in film_roles(film).items():
                standings[movie_id, country] = {**roles, **standing}
    return Ranking(c, standings, totals)


def film_roles(film: Film) -> dict[str, dict[str, bool]]:
    """A film's countries, and what each is to it."""
    made_in = film.row["production_countries"]
    return {
        country: {
            "is_home": country in film.home,
            "is_origin": country in film.origin,
            "is_production": country in made_in,
        }
        for country in [*film.origin, *made_in]
    }


def count(totals: dict[tuple[str, str], dict[str, Any]], film: Film, is_rated: bool) -> None:
    listed = is_rated and not film.is_short
    for country, roles in film_roles(film).items():
        for by in (role.removeprefix("is_") for role, holds in roles.items() if holds):
            nothing = {"movies": 0, "rated": 0, "listed": 0, "films_by_decade": {}}
            total = totals.setdefault((by, country), nothing)
            total["movies"] += 1
            if released := film.row["release_date"]:
                decade = f"{released.year // 10}0"
                total["films_by_decade"][decade] = total["films_by_decade"].get(decade, 0) + 1
            total["rated"] += is_rated
            total["listed"] += listed


def facets(ranking: Ranking) -> dict[tuple[str, int, int, bool, bool, bool], dict[str, int]]:
    """Of each country, decade and genre (0 for all of them) the rated films, by their roles."""
    found: dict[tuple[str, int, int, bool, bool, bool], dict[str, int]] = {}
    for (_, country), standing in ranking.standings.items():
        roles = standing["is_home"], standing["is_origin"], standing["is_production"]
        for genre_id in {0, *standing["genre_ids"]}:
            key = country, (standing["year"] or 0) // 10 * 10, genre_id, *roles
            counts = found.setdefault(key, {"rated": 0, "listed": 0})
            counts["rated"] += 1
            counts["listed"] += not standing["is_short"]
    return found


def continent_totals(
    ranking: Ranking, parts: dict[str, str]
) -> dict[tuple[str, str], dict[str, int]]:
    """The rated films of each part of the world, by each lens: each film once."""
    places: set[tuple[str, str, int]] = set()
    for (movie_id, country), standing in ranking.standings.items():
        for by in ("home", "origin", "production"):
            if standing[f"is_{by}"]:
                places.add((by, parts.get(country, ""), movie_id))
    counts = Counter((by, part) for by, part, _ in places)
    return {key: {"rated": count} for key, count in counts.items()}


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
