"""The world's countries as the first page lists them."""

from dataclasses import dataclass, field

from movies.films import Film
from movies.lists.best import best_of_every_country
from movies.models import Country, Lens

FORMER_STATES = "Former states"
NO_CONTINENT = "Elsewhere"


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A country that has a rated film, and its best; None where all that are rated are short."""

    country: Country
    best: Film | None


@dataclass(frozen=True, slots=True)
class Continent:
    """Its countries by name: those with a rated film, and those without one."""

    name: str
    entries: list[CountryEntry] = field(default_factory=list)
    without: list[Country] = field(default_factory=list)

    @property
    def films(self) -> int:
        """Rated films, one of several countries counted for each."""
        return sum(entry.country.rated for entry in self.entries)


def countries_by_continent() -> list[Continent]:
    """The continents by name, the former states after them. Three queries."""
    lists = best_of_every_country(Lens.ORIGIN, limit=1, shorts=False)
    best = {one.country.code: one.films[0] for one in lists}
    continents: dict[str, Continent] = {}
    for country in Country.objects.with_totals(Lens.ORIGIN):
        name = (country.continent or NO_CONTINENT) if country.is_current else FORMER_STATES
        continent = continents.setdefault(name, Continent(name))
        if country.rated:
            continent.entries.append(CountryEntry(country, best.get(country.code)))
        else:
            continent.without.append(country)
    last = {NO_CONTINENT, FORMER_STATES}
    return sorted(continents.values(), key=lambda one: (one.name in last, one.name))
