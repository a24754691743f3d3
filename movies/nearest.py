"""What may have been meant by a name that nothing well known is called by."""

from collections.abc import Iterable
from dataclasses import dataclass

from movies.country_names import countries_nearly_called
from movies.people.search import FoundPerson, find_people_misspelt
from movies.search import Match, SearchTooSlow
from movies.search.called import is_called
from movies.search.deadline import search_deadline

MOST_PEOPLE = 5


@dataclass(frozen=True, slots=True)
class Nearest:
    """Countries by their codes, and people, whose names are nearest to it."""

    countries: list[str]
    people: list[FoundPerson]


def find_nearest(name: str, found: Iterable[Match]) -> Nearest | None:
    """Of a name by which no country and nobody is known; None where one of the films that were
    found for it is, and enough people know that. Three queries at the most."""
    if any(is_called(name, one.matched_name) and not one.film.few_votes for one in found):
        return None
    return Nearest(countries_nearly_called(name), people_nearly_called(name))


def people_nearly_called(name: str) -> list[FoundPerson]:
    """None where looking for them takes too long."""
    try:
        with search_deadline():
            return find_people_misspelt(name, limit=MOST_PEOPLE)
    except SearchTooSlow:
        return []
