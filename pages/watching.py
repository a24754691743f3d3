"""Where films can be watched: what a form can ask for, and how a film's page shows it."""

from dataclasses import dataclass
from typing import Any

from django import forms

from movies.availability import FilmAvailability, regions
from movies.models import Availability, Provider
from movies.names import country_name
from movies.watch_filter import WatchFilter
from pages.widgets import PlainSelect

KIND_NAMES = {
    Availability.Kind.FLATRATE: "Subscription",
    Availability.Kind.FREE: "Free",
    Availability.Kind.ADS: "Free with ads",
    Availability.Kind.RENT: "Rent",
    Availability.Kind.BUY: "Buy",
}
# Kinds by commas, as the API takes them.
WAYS = {
    "": "Any service",
    "flatrate": "With a subscription",
    "flatrate,free,ads": "With a subscription or free",
    "free,ads": "Free",
    "rent,buy": "To rent or buy",
    "flatrate,free,ads,rent,buy": "Streamed, free, rented or bought",
}
PROVIDERS = r"^[1-9][0-9]{0,8}(,[1-9][0-9]{0,8}){0,99}$"


def region_name(code: str) -> str:
    return country_name(code) or code


def region_choices() -> list[tuple[str, str]]:
    """Those of which anything is known, by name."""
    named = ((code, region_name(code)) for code in regions())
    return [("", "Choose a region"), *sorted(named, key=lambda choice: choice[1])]


class WatchFields(forms.Form):
    """Narrows films to those that can be watched; cleaned, it is one value: `watch_filter`."""

    watch = forms.ChoiceField(
        choices=list(WAYS.items()), required=False, label="To watch", widget=PlainSelect
    )
    watch_region = forms.ChoiceField(
        choices=region_choices, required=False, label="Where", widget=PlainSelect
    )
    # For links: there is no control for it.
    providers = forms.RegexField(PROVIDERS, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        way, region, providers = (
            cleaned.pop(name, "") for name in ("watch", "watch_region", "providers")
        )
        cleaned["watch_filter"] = None
        if not way and not providers:
            return cleaned
        if region:
            kinds = tuple(way.split(",")) if way else ()
            numbers = tuple(map(int, providers.split(","))) if providers else ()
            cleaned["watch_filter"] = WatchFilter(region, kinds, numbers).resolve()
        elif "watch_region" not in self.errors:
            self.add_error("watch_region", "What can be watched differs by region: choose one.")
        return cleaned


@dataclass(frozen=True, slots=True)
class RegionOffers:
    """Who shows a film in one region, in each way that there is."""

    code: str
    name: str
    kinds: list[tuple[str, list[Provider]]]


def offers_by_region(found: FilmAvailability) -> list[RegionOffers]:
    """By the regions' names."""
    offers = [
        RegionOffers(
            code,
            region_name(code),
            [(KIND_NAMES[Availability.Kind(kind)], shown) for kind, shown in kinds.items()],
        )
        for code, kinds in found.items()
    ]
    return sorted(offers, key=lambda one: one.name)


def describe_watch_filter(watch: WatchFilter) -> str:
    """`to rent or buy in Sweden`."""
    way = WAYS.get(",".join(watch.kinds), "To watch") if watch.kinds else "To watch"
    at = " at chosen providers" if watch.providers else ""
    return f"{way[0].lower()}{way[1:]}{at} in {region_name(watch.region)}"
