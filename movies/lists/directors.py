"""Who directed most of a country's own films."""

from dataclasses import dataclass

from movies.models import CountryDirector, Person


@dataclass(frozen=True, slots=True)
class Director:
    """Somebody, and how many films of the country are theirs."""

    person: Person
    films: int


def directors_from(country: str) -> list[Director]:
    """Those with most films that have enough votes first. One query."""
    found = CountryDirector.objects.filter(country=country).select_related("person")
    return [Director(one.person, one.films) for one in found.order_by("position")]
