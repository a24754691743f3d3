"""The films of a country or a continent, of a time, of a genre, as the search page lists them."""

from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.urls import reverse

from movies import reference
from movies.country_names import name_in_sentence
from movies.films import Film, country_names
from movies.lists.country import CountryList
from movies.lists.facets import count_facets
from movies.lists.region import FIRST_PLACES, WORLD, RegionList, region_called
from movies.models import CountryTotal, Lens
from movies.search.places import PlaceAndTime
from pages.film_rows import film_rows

FilmList = CountryList | RegionList


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """What is asked for, in words, with the page that has more of it."""

    place: PlaceAndTime
    # Of the country or the continent; empty for the world.
    name: str
    # The same in a sentence: "the Netherlands".
    called: str
    # "Films", "Horror films".
    films: str
    # "from the Netherlands, 1950s", "of 1960"; empty for all that there is.
    where: str
    address: str | None

    @property
    def film(self) -> str:
        """`film`, `horror film`."""
        return self.films.lower().removesuffix("s")

    def __str__(self) -> str:
        """`Japan, 1950s`, `Horror films, 1950s`."""
        genre = self.films if self.place.genre else ""
        return ", ".join(filter(None, [self.name, genre, self.place.time]))


def name_place(place: PlaceAndTime) -> NamedPlace:
    code, continent = place.country, place.continent
    name = country_names()[code] if code else continent or ""
    called = name_in_sentence(code, name) if code else name
    return NamedPlace(
        place, name, called, films_of_genre(place.genre), where(place, called), address(place)
    )


def films_of_genre(number: int | None) -> str:
    genre = reference.genres().get(number) if number else None
    return f"{genre.name} films" if genre else "Films"


def where(place: PlaceAndTime, called: str) -> str:
    if called:
        return ", ".join(filter(None, [f"from {called}", place.time]))
    if place.time:
        return f"of the {place.time}" if place.decade else f"of {place.time}"
    return ""


def address(place: PlaceAndTime) -> str | None:
    """The page of the country, narrowed alike, or of the continent."""
    if place.country:
        asked = {"genre": place.genre, "decade": place.decade}
        query = urlencode({name: value for name, value in asked.items() if value})
        return reverse("country", args=[place.country]) + (f"?{query}" if query else "")
    region = region_called(place.continent or "")
    return reverse("continent", args=[region]) if region else None


def find_films_of(place: PlaceAndTime, page: int, size: int) -> dict[str, Any]:
    """The best of them; of a country that has no film of its own its co-productions; and where
    there are none the decades that have some."""
    films = list_of(place)
    found = get_page(films, page, size)
    is_only_partner = False
    if isinstance(films, CountryList) and not found.paginator.count:
        is_only_partner = has_only_part(films.country)
        films = replace(films, co_productions=is_only_partner)
        found = get_page(films, page, size) if is_only_partner else found
    context: dict[str, Any] = {
        "place": name_place(place),
        "is_only_partner": is_only_partner,
        "count": found.paginator.count,
        "rows": film_rows(found),
        "next_number": page + 1 if found.has_next() and not is_end(films, page * size) else None,
    }
    if isinstance(films, CountryList) and not found.paginator.count:
        context["decades"] = other_decades(films)
    return context


def get_page(films: FilmList, page: int, size: int) -> Page[Film]:
    """An empty one behind the last."""
    paginator: Paginator[Film] = Paginator(cast("Any", films), size)
    try:
        return paginator.page(page)
    except EmptyPage:
        return Page([], paginator.num_pages, paginator)


def is_end(films: FilmList, shown: int) -> bool:
    """Lists of several countries go so far down and no further."""
    return not isinstance(films, CountryList) and shown >= FIRST_PLACES


def has_only_part(country: str) -> bool:
    """Whether it has no rated film of its own, but a part in some of others."""
    totals = CountryTotal.objects.filter(country=country, rated__gt=0)
    lenses = set(totals.values_list("by", flat=True))
    return bool(lenses) and Lens.HOME not in lenses


def list_of(place: PlaceAndTime) -> FilmList:
    if place.country:
        return CountryList(place.country, Lens.HOME, **place.narrowing)
    region = region_called(place.continent or "") or WORLD
    return RegionList(region, Lens.HOME, **place.narrowing)


def other_decades(films: CountryList) -> list[tuple[int, int]]:
    """By their first years, with how many films are of them: of the same genre."""
    return list(count_facets(films).decades.items())
