"""What the parts appended to a payload have to become in the catalogue: the rules, read a second
time."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Payload = dict[str, Any]

KINDS = ("flatrate", "free", "ads", "rent", "buy")
KEPT_OF_CAST = 5
# Who or what a number stands for may differ between payloads of different days.
Named = dict[int, set[tuple[str, str | None]]]


@dataclass(frozen=True)
class Parts:
    """The rows of a film in the tables beside `movie`."""

    # Language by translated name.
    translated: dict[str, str] = field(default_factory=dict)
    # Person and character by job and position.
    credits: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    # Providers by region and kind.
    availability: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)


def part_columns(payload: Payload) -> dict[str, Any]:
    """The columns of `movie` that the parts and the new fields of the details are for."""
    collection = payload.get("belongs_to_collection") or {}
    companies = payload.get("production_companies") or []
    trailer = best_trailer(payload)
    return {
        "overview": stripped(payload.get("overview")),
        "tagline": stripped(payload.get("tagline")),
        "backdrop_path": stripped(payload.get("backdrop_path")) or None,
        "collection_id": collection.get("id"),
        "company_countries": [c["origin_country"] for c in companies if c.get("origin_country")],
        "trailer_site": trailer and trailer["site"],
        "trailer_key": trailer and trailer["key"],
    }


def parts(payload: Payload, own_names: Iterable[str]) -> Parts:
    """What one payload's parts become; `own_names` are those that are no translations."""
    return Parts(translated(payload, set(own_names)), credits(payload), availability(payload))


def stripped(given: str | None) -> str:
    return (given or "").strip()


def best_trailer(payload: Payload) -> Payload | None:
    spoken = [payload["original_language"], "en"]
    found = [
        video
        for video in (payload.get("videos") or {}).get("results") or []
        if video.get("type") == "Trailer" and video["site"] in ("YouTube", "Vimeo")
    ]
    ranked = sorted(
        found,
        key=lambda video: (
            0 if video.get("official") else 1,
            spoken.index(video["iso_639_1"]) if video.get("iso_639_1") in spoken else 9,
            video["key"],
        ),
    )
    return ranked[0] if ranked else None


def translated(payload: Payload, own_names: set[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for translation in (payload.get("translations") or {}).get("translations") or []:
        name = stripped((translation.get("data") or {}).get("title"))
        if name and name not in own_names:
            found.setdefault(name, []).append(translation["iso_639_1"])
    return {name: min(languages) for name, languages in found.items()}


def credits(payload: Payload) -> dict[tuple[str, int], dict[str, Any]]:  # noqa: A001
    given = payload.get("credits") or {}
    directors: list[int] = []
    for member in given.get("crew") or []:
        if member["job"] == "Director" and member["id"] not in directors:
            directors.append(member["id"])
    roles: dict[int, list[str]] = {}
    for member in sorted(given.get("cast") or [], key=lambda member: member["order"]):
        played = roles.setdefault(member["id"], [])
        role = stripped(member.get("character"))
        if role and role not in played:
            played.append(role)
    rows = {
        ("director", place): {"person_id": person_id, "character": ""}
        for place, person_id in enumerate(directors)
    }
    for place, (person_id, played) in enumerate(list(roles.items())[:KEPT_OF_CAST]):
        rows["actor", place] = {"person_id": person_id, "character": " / ".join(played)}
    return rows


def availability(payload: Payload) -> dict[tuple[str, str], dict[str, Any]]:
    found = {}
    for region, offers in ((payload.get("watch/providers") or {}).get("results") or {}).items():
        for kind in KINDS:
            entries = sorted(offers.get(kind) or [], key=place_of)
            if entries:
                ids = dict.fromkeys(entry["provider_id"] for entry in entries)
                found[region, kind] = {"providers": list(ids)}
    return found


def place_of(entry: Payload) -> tuple[float, int]:
    priority = entry.get("display_priority")
    return math.inf if priority is None else priority, entry["provider_id"]


def people(payloads: Iterable[Payload]) -> Named:
    """The names and pictures that payloads give the people whom they credit."""
    return gather(
        (member["id"], stripped(member["name"]), member.get("profile_path"))
        for payload in payloads
        for group in ("cast", "crew")
        for member in (payload.get("credits") or {}).get(group) or []
    )


def providers(payloads: Iterable[Payload]) -> Named:
    return gather(
        (entry["provider_id"], stripped(entry["provider_name"]), entry.get("logo_path"))
        for payload in payloads
        for offers in ((payload.get("watch/providers") or {}).get("results") or {}).values()
        for kind in KINDS
        for entry in offers.get(kind) or []
    )


def collections(payloads: Iterable[Payload]) -> Named:
    return gather(
        (collection["id"], stripped(collection["name"]), None)
        for payload in payloads
        if (collection := payload.get("belongs_to_collection"))
    )


def gather(entries: Iterable[tuple[int, str, str | None]]) -> Named:
    named: Named = {}
    for number, name, picture in entries:
        named.setdefault(number, set()).add((name, stripped(picture) or None))
    return named


def best_weights(
    credited: Mapping[int, Parts], weights: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Each credited person with the weight of the best known film."""
    best: dict[int, int] = {}
    for movie_id, found in credited.items():
        for row in found.credits.values():
            person_id = row["person_id"]
            best[person_id] = max(weights[movie_id], best.get(person_id, 0))
    yield from best.items()
