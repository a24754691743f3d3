"""What the search page finds: films by title, or those of a country and a time, with the countries
and the people of the name."""

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator

from movies.country_names import countries_called
from movies.films import Film, country_names
from movies.folding import key
from movies.lists.country import CountryList
from movies.lists.region import WORLD, RegionList
from movies.models import Lens
from movies.people.search import find_people
from movies.search import SearchTooSlow, search
from movies.search.places import PlaceAndTime, parse_place_and_time
from pages.forms import SearchForm

PAGE_SIZE = 30
MOST_PEOPLE = 5
# Of those whose title is the name of a country or a year, above the films from there and then.
MOST_TITLES = 5


def search_context(form: SearchForm) -> dict[str, Any]:
    """For the template, of a form that is valid. NoSlotFree is the caller's matter."""
    query = form.cleaned_data
    names = country_names()
    name = query["name"]
    context: dict[str, Any] = {
        "country_names": names,
        "called": [(code, names[code]) for code in countries_called(name) if code in names],
        "people": find_people(name, offset=0, limit=MOST_PEOPLE) if name else [],
    }
    place = None if query["titles"] else asked_place(form)
    page = query["page"] or 1
    try:
        if place is None or (place.country and place.country not in names):
            return context | find_titles(form, page)
        titles = titles_called(name) if name and page == 1 else []
    except SearchTooSlow:
        return context | {"is_too_slow": True}
    return {
        **context,
        **find_films_of(place, page),
        "place": place,
        "place_name": names.get(place.country or "", ""),
        "titles": titles,
    }


def titles_called(name: str) -> list[Film]:
    """The films that are really called so, and not nearly."""
    found = search(name, by=Lens.HOME, limit=MOST_TITLES)
    return [match.film for match in found if key(match.matched_name) == key(name)]


def asked_place(form: SearchForm) -> PlaceAndTime | None:
    """What is asked for by country and time and not by a title; None where it is one."""
    query = form.cleaned_data
    if query["watch_filter"]:
        return None
    if not query["name"]:
        year = query["year"]
        return PlaceAndTime(query["country"] and query["country"].code, year, year)
    if query["year"] or query["country"]:
        return None
    return parse_place_and_time(query["name"])


def find_films_of(place: PlaceAndTime, page: int) -> dict[str, Any]:
    """The best films from there and then."""
    films: Any
    if place.country:
        films = CountryList(place.country, Lens.HOME, since=place.since, until=place.until)
    else:
        films = RegionList(WORLD, Lens.HOME, since=place.since, until=place.until)
    found: Page[Film] | None
    try:
        found = Paginator(films, PAGE_SIZE).page(page)
    except EmptyPage:
        found = None
    if found is None:
        return {"films": [], "count": 0}
    return {
        "films": list(found),
        "count": found.paginator.count,
        "next_number": found.next_page_number() if found.has_next() else None,
    }


def find_titles(form: SearchForm, page: int) -> dict[str, Any]:
    """One film more than is shown says whether there is another page."""
    query = form.cleaned_data
    if not query["name"]:
        return {"found": []}
    found = search(
        query["name"],
        by=Lens.HOME,
        year=query["year"],
        country=query["country"] and query["country"].code,
        watch_filter=query["watch_filter"],
        limit=PAGE_SIZE + 1,
        offset=(page - 1) * PAGE_SIZE,
    )
    has_more = len(found) > PAGE_SIZE
    return {"found": found[:PAGE_SIZE], "next_number": page + 1 if has_more else None}
