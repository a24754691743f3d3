"""What a continent's page shows: its countries by how many films they have, and the best."""

from dataclasses import dataclass

from movies.lists.region import REGIONS, WORLD, RegionList
from movies.models import Country, Lens


@dataclass(frozen=True, slots=True)
class ContinentPage:
    """A continent, former states among its countries: those with rated films, the ones with most
    first; those that have but co-productions; and those without any."""

    name: str
    films: RegionList
    countries: list[Country]
    partners: list[Country]
    without: list[Country]


def get_continent(region: str) -> ContinentPage | None:
    """By what stands in its address; None where there is no such continent. One query."""
    if region not in REGIONS or region == WORLD:
        return None
    name = REGIONS[region]
    countries = list(Country.objects.filter(continent=name).with_totals(Lens.HOME).with_part())
    rated = sorted((one for one in countries if one.rated), key=lambda one: -one.rated)
    return ContinentPage(
        name,
        RegionList(region, Lens.HOME),
        rated,
        [one for one in countries if not one.rated and one.had_part],
        [one for one in countries if not one.rated and not one.had_part],
    )
