"""What a country's page shows beside its list."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms

from movies import reference
from movies.borders import neighbours
from movies.films import Film
from movies.lists.directors import Director, directors_from
from movies.lists.facets import Facets, best_decade, count_facets
from movies.lists.region import RegionList, region_called
from movies.models import Country, Lens
from pages.decades import DecadeBar, bars_of
from pages.forms import ListForm
from pages.list_filters import ListFilters

# Films of a former state, on the page of a country that it became.
FORMER_STATE_FILMS = 3
# Of its continent, on the page of a country that has none.
CONTINENT_FILMS = 5


@dataclass(frozen=True, slots=True)
class FormerState:
    """A former state as a page of one of its successors shows it."""

    country: Country
    films: list[Film]


@dataclass(frozen=True, slots=True)
class CountryPage:
    """A country, under one lens, with what it was, what it has become, and what is beside it."""

    country: Country
    former_states: list[FormerState]
    successors: list[Country]
    neighbours: list[Country]

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
    return CountryPage(
        country,
        former_states,
        [countries[other] for other in country.successors if other in countries],
        [countries[other] for other in neighbours(code) if other in countries],
    )


@dataclass(frozen=True, slots=True)
class DecadeChoice:
    """A bar of the chart of decades that narrows the list to its films, or no longer does."""

    bar: DecadeBar
    query: str
    is_chosen: bool


def get_choices(code: str, filters: ListFilters, form: ListForm) -> dict[str, Any]:
    """What the list can be narrowed by without being empty then, and who made its films; the
    form's own choices become those. Three queries."""
    films = filters.country_list(code)
    facets = count_facets(films)
    set_choices(form, facets, filters)
    return {
        "decades": decade_choices(facets, filters),
        "best_decade": facets.best_decade if not filters.genre else best_decade(films),
        "directors": shown_directors(code, filters),
    }


def decade_choices(facets: Facets, filters: ListFilters) -> list[DecadeChoice]:
    """Choosing the chosen one shows all times again."""
    choices = []
    for bar in bars_of(facets.decades):
        is_chosen = bar.decade == filters.decade
        asked = replace(filters, decade=None if is_chosen else bar.decade)
        choices.append(DecadeChoice(bar, asked.query_string(), is_chosen))
    return choices


def set_choices(form: ListForm, facets: Facets, filters: ListFilters) -> None:
    """Those with films, and what is chosen, whether it has any or not."""
    decades = sorted(
        {*facets.decades, *([filters.decade] if filters.decade else [])}, reverse=True
    )
    time = cast("forms.TypedChoiceField", form.fields["decade"])
    time.choices = [("", "All times"), *((decade, f"{decade}s") for decade in decades)]
    numbers = {*facets.genres, *([filters.genre.id] if filters.genre else [])}
    known = reference.genres() if numbers else {}
    genres = sorted(
        (known[number] for number in numbers if number in known),
        key=lambda row: (row.name, row.id),
    )
    named = [(row.id, f"{row.name} ({facets.genres.get(row.id, 0):,})") for row in genres]
    widget = cast("forms.Select", form.fields["genre"].widget)
    widget.choices = [("", "All genres"), *named]


@dataclass(frozen=True, slots=True)
class ContinentBest:
    """The best films of a continent, and what its page has for an address."""

    name: str
    slug: str
    films: list[Film]


def continent_best(country: Country) -> ContinentBest | None:
    """Of the continent that the country is on; None where it is on none. One query."""
    slug = region_called(country.continent)
    if slug is None:
        return None
    return ContinentBest(country.continent, slug, RegionList(slug, Lens.HOME)[:CONTINENT_FILMS])


def shown_directors(code: str, filters: ListFilters) -> list[Director]:
    """Those of the country's own films, beside the list of these."""
    return directors_from(code) if filters.by == Lens.HOME else []
