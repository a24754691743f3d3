"""What the lists have to hold by the films and ratings that there are: the rules, read a second
time."""

from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from tools.proofs.payloads import Film, RecordRatings

DIRECTORS_EACH = 8


@dataclass(frozen=True)
class Ranking:
    """What `standing` and the totals have to hold, by their keys, for a weight m and a floor."""

    c: float
    standings: dict[tuple[int, str], dict[str, Any]]
    totals: dict[tuple[str, str], dict[str, Any]]


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


def directors(ranking: Ranking, films: dict[int, Film]) -> dict[tuple[str, int], dict[str, int]]:
    """By country and place who directed most of its own films, those with few votes last."""
    found: dict[str, dict[int, list[dict[str, Any]]]] = {}
    for (movie_id, country), standing in ranking.standings.items():
        if standing["is_home"] and not standing["is_short"]:
            for (job, _), credit in films[movie_id].parts.credits.items():
                if job == "director":
                    of_country = found.setdefault(country, {})
                    of_country.setdefault(credit["person_id"], []).append(standing)
    return {
        (country, place): {"person_id": person_id, "films": len(by_person[person_id])}
        for country, by_person in found.items()
        for place, person_id in enumerate(first_directors(by_person), start=1)
    }


def first_directors(films: dict[int, list[dict[str, Any]]]) -> list[int]:
    """The first of the people whose films of one country these are."""

    def order(person_id: int) -> tuple[int, int, int]:
        known = [film for film in films[person_id] if not film["few_votes"]]
        return -len(known), -sum(film["votes"] for film in films[person_id]), person_id

    return sorted(films, key=order)[:DIRECTORS_EACH]
