"""The world's countries as the first page lists them."""

from dataclasses import dataclass, field

from movies.films import Film
from movies.lists.best import best_of_every_country
from movies.models import Country, Lens

FORMER = "Former states"
NOWHERE = "Elsewhere"


@dataclass(frozen=True, slots=True)
class Entry:
    """A country that has a rated film, and its best; None where all that are rated are short."""

    country: Country
    best: Film | None


@dataclass(frozen=True, slots=True)
class Continent:
    """Its countries by name: those with a rated film, and those without one."""

    name: str
    entries: list[Entry] = field(default_factory=list)
    without: list[Country] = field(default_factory=list)

    @property
    def films(self) -> int:
        """Rated films, one of several countries counted for each."""
        return sum(entry.country.rated for entry in self.entries)


def continents() -> list[Continent]:
    """By name, the former states after them. Three queries."""
    found = best_of_every_country(Lens.ORIGIN, limit=1, shorts=False)
    best = {one.country.code: one.films[0] for one in found}
    parts: dict[str, Continent] = {}
    for country in Country.objects.with_totals(Lens.ORIGIN):
        name = (country.continent or NOWHERE) if country.is_current else FORMER
        part = parts.setdefault(name, Continent(name))
        if country.rated:
            part.entries.append(Entry(country, best.get(country.code)))
        else:
            part.without.append(country)
    return sorted(parts.values(), key=lambda part: (part.name in {NOWHERE, FORMER}, part.name))
