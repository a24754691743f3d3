"""What the search page finds: films by title, or those of a place, a time and a genre, with the
countries and the people of the name, or of the nearest ones."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from movies.articles import ARTICLES
from movies.country_names import countries_called
from movies.films import Film, country_names
from movies.folding import key
from movies.models import Country, Lens
from movies.nationalities import nationality_called
from movies.nearest import find_nearest
from movies.people.search import FoundPerson, find_people
from movies.search import SearchTooSlow, search
from movies.search.called import is_called
from movies.search.places import PlaceAndTime, parse_place_and_time, split_time
from pages.film_rows import FilmRow, film_rows
from pages.forms import SearchForm
from pages.places import find_films_of

PAGE_SIZE = 30
MOST_PEOPLE = 5
# Of those whose title is the name of a country or a year, above the films from there and then.
MOST_TITLES = 5


def search_context(form: SearchForm) -> dict[str, Any]:
    """For the template, of a form that is valid. NoSlotFree is the caller's matter."""
    query = form.cleaned_data
    name, page = query["name"], query["page"] or 1
    names = country_names()
    place = None if query["titles"] else asked_place(form)
    if place and place.country and place.country not in names:
        place = None
    is_place = place is not None and not (place.is_genre_alone and is_bare(name))
    codes = called_codes(name, place if is_place else None)
    context: dict[str, Any] = {
        "country_names": names,
        "people": people_called(name) if name and page == 1 else [],
        "countries": countries_of(codes) if page == 1 else [],
    }
    try:
        if place is not None and is_place:
            titles = titles_called(name) if name and page == 1 else []
            return context | find_films_of(place, page, PAGE_SIZE) | {"titles": titles}
        found = find_titles(form, page)
        if place is not None and not found["rows"]:
            return context | find_films_of(place, page, PAGE_SIZE) | {"titles": []}
        context |= found
    except SearchTooSlow:
        return context | {"is_too_slow": True}
    if place is not None:
        context["genre_name"] = name
    is_known = context["people"] or context["countries"] or place
    if name and page == 1 and not is_known and not is_narrowed(query):
        context |= nearest_context(name, context.pop("matches"))
    return context


def is_narrowed(query: dict[str, Any]) -> bool:
    """Whether not all films that are called so are looked for."""
    return bool(query["year"] or query["country"] or query["watch_filter"])


def is_bare(name: str) -> bool:
    """Whether it is a single word, as "horror", which may be a title as well."""
    return len(key(name).split()) == 1


def called_codes(name: str, place: PlaceAndTime | None) -> list[str]:
    """Of the countries that are called so, or that films are called so of, but for the one whose
    films are listed."""
    found = countries_called(name) or list(filter(None, [nationality_called(name)]))
    return [code for code in found if place is None or code != place.country]


def countries_of(codes: Iterable[str]) -> list[Country]:
    """With their totals, in this order. One query, where there are any."""
    wanted = list(codes)
    if not wanted:
        return []
    found = Country.objects.filter(code__in=wanted).with_totals(Lens.HOME).with_part()
    return sorted(found, key=lambda country: wanted.index(country.code))


def people_called(name: str) -> list[FoundPerson]:
    """Those of the whole name; or of what is said beside a time, as in "kurosawa 1950s". Nobody
    for an article, which many names begin with."""
    if key(name) in ARTICLES:
        return []
    found = find_people(name, offset=0, limit=MOST_PEOPLE)
    since, _, rest = split_time(name)
    if found or since is None or parse_place_and_time(name) is not None:
        return found
    return find_people(rest, offset=0, limit=MOST_PEOPLE)


def titles_called(name: str) -> list[Film]:
    """The films that are really called so, and not nearly."""
    found = search(name, by=Lens.HOME, limit=MOST_TITLES)
    return [match.film for match in found if key(match.matched_name) == key(name)]


def asked_place(form: SearchForm) -> PlaceAndTime | None:
    """What is asked for by place, time and genre and not by a title; None where it is one."""
    query = form.cleaned_data
    if query["watch_filter"]:
        return None
    if not query["name"]:
        year = query["year"]
        return PlaceAndTime(query["country"] and query["country"].code, year, year)
    if query["year"] or query["country"]:
        return None
    return parse_place_and_time(query["name"])


def find_titles(form: SearchForm, page: int) -> dict[str, Any]:
    """One film more than is shown says whether there is another page."""
    query = form.cleaned_data
    name = query["name"]
    if not name:
        return {"rows": [], "matches": []}
    found = search(
        name,
        by=Lens.HOME,
        year=query["year"],
        country=query["country"] and query["country"].code,
        watch_filter=query["watch_filter"],
        limit=PAGE_SIZE + 1,
        offset=(page - 1) * PAGE_SIZE,
    )
    shown = found[:PAGE_SIZE]
    rows = [
        replace(row, matched_name=match.matched_name)
        for row, match in zip(film_rows(match.film for match in shown), shown, strict=True)
    ]
    called = [is_called(name, row.matched_name) for row in rows]
    return {
        "matches": shown,
        "rows": rows,
        "is_called": called[:1] == [True],
        "first_unlike": first_unlike(rows, called),
        "next_number": page + 1 if len(found) > PAGE_SIZE else None,
    }


def first_unlike(rows: list[FilmRow], called: list[bool]) -> int | None:
    """TMDB's number of the first film that is not called so, after some that are."""
    if not any(called) or all(called):
        return None
    last = len(called) - called[::-1].index(True)
    return rows[last].film.movie.id if last < len(rows) else None


def nearest_context(name: str, matches: list[Any]) -> dict[str, Any]:
    """The nearest names, where nothing is called so."""
    nearest = find_nearest(name, matches)
    if nearest is None:
        return {}
    return {
        "is_guessed": bool(matches or nearest.countries or nearest.people),
        "countries": countries_of(nearest.countries),
        "people": nearest.people,
    }
