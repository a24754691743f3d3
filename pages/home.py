"""The world's countries as the first page lists them."""

from dataclasses import dataclass, field

from movies.films import Film
from movies.lists.best import best_of_every_country
from movies.models import FORMER_STATES, ContinentTotal, Country, Lens

NO_CONTINENT = "Elsewhere"


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A country that has a rated film, and its best; None where all that are rated are short."""

    country: Country
    best: Film | None


@dataclass(frozen=True, slots=True)
class Continent:
    """Its countries by name: those with a rated film of their own, those that have but had a part
    in some, and those without one."""

    name: str
    # Rated films, one of several countries counted once.
    films: int = 0
    entries: list[CountryEntry] = field(default_factory=list)
    partners: list[Country] = field(default_factory=list)
    without: list[Country] = field(default_factory=list)


def countries_by_continent() -> list[Continent]:
    """The continents by name, the former states after them. Four queries."""
    films = dict(ContinentTotal.objects.filter(by=Lens.HOME).values_list("continent", "rated"))
    lists = best_of_every_country(Lens.HOME, limit=1, shorts=False)
    best = {one.country.code: one.films[0] for one in lists}
    continents: dict[str, Continent] = {}
    for country in Country.objects.with_totals(Lens.HOME).with_part():
        part = country.part_of_the_world
        continent = continents.setdefault(
            part, Continent(part or NO_CONTINENT, films.get(part, 0))
        )
        if country.rated:
            continent.entries.append(CountryEntry(country, best.get(country.code)))
        elif country.had_part:
            continent.partners.append(country)
        else:
            continent.without.append(country)
    last = {NO_CONTINENT, FORMER_STATES}
    return sorted(continents.values(), key=lambda one: (one.name in last, one.name))
