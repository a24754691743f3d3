"""Reads TMDB's answer on where a film can be watched. Pure: bytes in, what is stored out."""

from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta

Id = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Region = Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")]


class ProviderEntry(msgspec.Struct):
    provider_id: Id
    provider_name: str
    logo_path: str | None = None


class RegionOffers(msgspec.Struct):
    """Each kind only where it has something."""

    flatrate: list[ProviderEntry] | None = None
    free: list[ProviderEntry] | None = None
    ads: list[ProviderEntry] | None = None
    rent: list[ProviderEntry] | None = None
    buy: list[ProviderEntry] | None = None


class WatchProviders(msgspec.Struct):
    results: dict[Region, RegionOffers]


@dataclass(frozen=True, slots=True)
class ParsedAvailability:
    """Where a film can be watched: provider ids by region and kind, and who these are."""

    offers: dict[tuple[str, str], list[int]]
    # Name and logo.
    providers: dict[int, tuple[str, str | None]]


class ParseFailed(Exception):  # noqa: N818
    """What came is not what its documentation promises."""


def parse_watch_providers(body: bytes) -> tuple[ParsedAvailability, list[object]]:
    try:
        results = msgspec.json.decode(body, type=WatchProviders).results
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise ParseFailed(str(error)) from None
    found = ParsedAvailability({}, {})
    for region, offers in results.items():
        for kind in RegionOffers.__struct_fields__:
            for entry in getattr(offers, kind) or []:
                found.offers.setdefault((region, kind), []).append(entry.provider_id)
                name = entry.provider_name.strip()
                found.providers[entry.provider_id] = name, entry.logo_path
    return found, []
