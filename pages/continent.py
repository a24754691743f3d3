"""What a continent's page shows: its countries by how many films they have, and the best; and how
any countries are parted by that."""

from collections.abc import Iterable
from dataclasses import dataclass

from movies.lists.region import REGIONS, WORLD, RegionList
from movies.models import ContinentTotal, Country, Lens


@dataclass(frozen=True, slots=True)
class CountriesByFilms:
    """Countries, in the order given: those with rated films; those that have none of their own
    but a part in others; and those without any."""

    rated: list[Country]
    partners: list[Country]
    without: list[Country]


def by_films(countries: Iterable[Country]) -> CountriesByFilms:
    """Of countries with totals and part."""
    parted = CountriesByFilms([], [], [])
    for country in countries:
        if country.rated:
            parted.rated.append(country)
        elif country.had_part:
            parted.partners.append(country)
        else:
            parted.without.append(country)
    return parted


@dataclass(frozen=True, slots=True)
class ContinentPage:
    """A continent, former states among its countries, the ones with most rated films first."""

    name: str
    films: RegionList
    countries: CountriesByFilms
    # Rated films of today's countries, one of several counted once: as the first page has it.
    rated: int

    @property
    def current(self) -> list[Country]:
        """Today's countries with rated films: those that the map has."""
        return [country for country in self.countries.rated if country.is_current]

    @property
    def former(self) -> list[Country]:
        return [country for country in self.countries.rated if not country.is_current]

    @property
    def former_films(self) -> int:
        return sum(country.rated for country in self.former)


def get_continent(region: str) -> ContinentPage | None:
    """By what stands in its address; None where there is no such continent. Two queries."""
    if region not in REGIONS or region == WORLD:
        return None
    name = REGIONS[region]
    countries = Country.objects.filter(continent=name).with_totals(Lens.HOME).with_part()
    total = ContinentTotal.objects.filter(by=Lens.HOME, continent=name).first()
    return ContinentPage(
        name,
        RegionList(region, Lens.HOME),
        by_films(sorted(countries, key=lambda one: -one.rated)),
        total.rated if total else 0,
    )
