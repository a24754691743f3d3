"""What a country's page shows beside its list."""

from collections.abc import Mapping
from dataclasses import dataclass

from movies.films import Film
from movies.models import Country, Lens
from pages.list_filters import ListFilters

# Films of a former state, on the page of a country that it became.
FORMER_STATE_FILMS = 3


@dataclass(frozen=True, slots=True)
class FormerState:
    """A former state as a page of one of its successors shows it."""

    country: Country
    films: list[Film]


@dataclass(frozen=True, slots=True)
class CountryPage:
    """A country, under one lens, with what it was and what it has become."""

    country: Country
    former_states: list[FormerState]
    successors: list[Country]

    @property
    def is_only_partner(self) -> bool:
        """Whether it has no film of its own, but a part in some of other countries."""
        return not self.country.movies and self.country.had_part


def get_country_page(code: str, by: Lens) -> CountryPage | None:
    """None where there is no such country. One query, and one for each former state shown."""
    countries: Mapping[str, Country] = {
        country.code: country for country in Country.objects.with_totals(by).with_part()
    }
    country = countries.get(code)
    if country is None:
        return None
    former_states = [
        FormerState(former, ListFilters(by).country_list(former.code)[:FORMER_STATE_FILMS])
        for former in countries.values()
        if code in former.successors and former.rated
    ]
    successors = [countries[other] for other in country.successors if other in countries]
    return CountryPage(country, former_states, successors)
