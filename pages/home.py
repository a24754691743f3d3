"""The first page: what the catalogue has in all, some films to begin with, every country."""

import math
from collections import defaultdict
from dataclasses import dataclass
from zlib import crc32

from movies.films import Film
from movies.lists.best import CountryBest, best_of_every_country
from movies.lists.counts import cached_count
from movies.lists.narrowed_best import narrowed_best_of_every_country
from movies.lists.query import ListQuery
from movies.lists.region import region_called
from movies.models import FORMER_STATES, ContinentTotal, Country, Lens, Movie
from pages.continent import by_films
from pages.decades import ChosenTime, Decades, decades_of

NO_CONTINENT = "Elsewhere"
SHELF_SIZE = 9


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
    films: int
    entries: list[CountryEntry]
    partners: list[Country]
    without: list[Country]

    @property
    def slug(self) -> str | None:
        """What its page has for an address; None for what is no continent."""
        return region_called(self.name)


@dataclass(frozen=True, slots=True)
class ShelfFilm:
    """A film and the country whose list it leads."""

    country: Country
    film: Film


@dataclass(frozen=True, slots=True)
class Shelf:
    """Nine films of nine countries, and the number of the next nine."""

    films: list[ShelfFilm]
    next_number: int


@dataclass(frozen=True, slots=True)
class Home:
    """All that the first page shows of the catalogue."""

    movies: int
    # With a rated film, former states left out.
    countries: int
    decades: Decades
    time: ChosenTime
    shelf: Shelf
    continents: list[Continent]


def get_home(shelf: int, since: int | None, until: int | None) -> Home:
    """With the nine films of this number, from 1, of the time between two decades.

    Six queries, one of them once an edition; one more where a time is chosen.
    """
    best = best_of_every_country(Lens.HOME, limit=1, shorts=False)
    countries = list(Country.objects.with_totals(Lens.HOME).with_decades(Lens.HOME).with_part())
    decades = decades_of(countries)
    time = decades.chosen(since, until)
    return Home(
        movies=cached_count(["movies"], Movie.objects.count),
        countries=sum(1 for country in countries if country.is_current and country.rated),
        decades=decades,
        time=time,
        shelf=choose_shelf(best if time.is_all else best_of_time(time), shelf),
        continents=by_continent(countries, best),
    )


def best_of_time(time: ChosenTime) -> list[CountryBest]:
    """The best film of every country that has one of these decades."""
    query = ListQuery(since=time.since, until=time.until + 9)
    return narrowed_best_of_every_country(Lens.HOME, query, limit=1)


def choose_shelf(best: list[CountryBest], number: int) -> Shelf:
    """Nine of the countries' best films; after the last of them the first ones come again.

    Those that enough people have voted for and that have a poster come before the others, in an
    order that has nothing to do with names, and is the same for everybody.
    """
    leading = sorted(
        best, key=lambda one: (is_bare(one.films[0]), crc32(one.country.code.encode()))
    )
    pages = max(1, math.ceil(len(leading) / SHELF_SIZE))
    page = (number - 1) % pages
    start = page * SHELF_SIZE
    chosen = [*leading[start:], *leading[:start]][:SHELF_SIZE]
    films = [ShelfFilm(one.country, one.films[0]) for one in chosen]
    return Shelf(films, (page + 1) % pages + 1)


def is_bare(film: Film) -> bool:
    """Whether there is little to show of it."""
    return film.few_votes or not film.movie.poster_path


def by_continent(countries: list[Country], lists: list[CountryBest]) -> list[Continent]:
    """The continents with most rated films first, then the former states, then those without."""
    films = dict(ContinentTotal.objects.filter(by=Lens.HOME).values_list("continent", "rated"))
    best = {one.country.code: one.films[0] for one in lists}
    parts: defaultdict[str, list[Country]] = defaultdict(list)
    for country in countries:
        parts[country.part_of_the_world].append(country)
    continents = []
    for name, there in parts.items():
        parted = by_films(there)
        entries = [CountryEntry(country, best.get(country.code)) for country in parted.rated]
        continents.append(
            Continent(
                name or NO_CONTINENT, films.get(name, 0), entries, parted.partners, parted.without
            )
        )
    last = {NO_CONTINENT, FORMER_STATES}
    return sorted(
        continents,
        key=lambda one: (not one.entries, one.name in last, -one.films, one.name),
    )
