"""How many films of a country's list are of each decade and of each genre."""

from collections import Counter
from dataclasses import dataclass, replace

from movies.lists.country import CountryList
from movies.models import CountryFacet, CountryTotal, Lens

ALL_GENRES = 0
YEAR_NOT_KNOWN = 0


@dataclass(frozen=True, slots=True)
class Facets:
    """Of each decade, by its first year, those of the genre that the list is narrowed to; of each
    genre, by TMDB's number, those of its time. Nothing that would leave the list empty."""

    decades: dict[int, int]
    genres: dict[int, int]

    @property
    def best_decade(self) -> int | None:
        """With most films, the latest of these; None without any."""
        return max(self.decades, key=lambda decade: (self.decades[decade], decade), default=None)


def count_facets(films: CountryList) -> Facets:
    """Of the list without the offers that it may be narrowed to, in the order of time and of
    numbers of films. One query."""
    decades: Counter[int] = Counter()
    genres: Counter[int] = Counter()
    for facet in CountryFacet.objects.filter(country=films.country, **whose(films)):
        count = facet.rated if films.shorts else facet.listed
        is_asked_for = facet.genre_id == (films.genre or ALL_GENRES)
        if is_asked_for and facet.decade != YEAR_NOT_KNOWN:
            decades[facet.decade] += count
        if facet.genre_id != ALL_GENRES and is_in_time(facet.decade, films):
            genres[facet.genre_id] += count
    return Facets(
        {decade: decades[decade] for decade in sorted(decades) if decades[decade] > 0},
        {genre: count for genre, count in genres.most_common() if count > 0},
    )


def decades_with_films() -> list[int]:
    """Those of which any country has a film of its own, by their first years, the latest first.
    One query."""
    totals = CountryTotal.objects.filter(by=Lens.HOME).values_list("films_by_decade", flat=True)
    return sorted({int(decade) for films in totals for decade in films}, reverse=True)


def whose(films: CountryList) -> dict[str, bool]:
    """Which facets are of the list's films."""
    if films.co_productions:
        return {"is_home": False}
    return {f"is_{Lens(films.by).value}": True}


def is_in_time(decade: int, films: CountryList) -> bool:
    """Whether all years of a decade are the list's; it is narrowed to a whole one or to none."""
    if films.since is None and films.until is None:
        return True
    return (films.since or 0) <= decade and decade + 9 <= (films.until or decade + 9)


def best_decade(films: CountryList) -> int | None:
    """Of the whole list, whatever it is narrowed to."""
    return count_facets(replace(films, genre=None, since=None, until=None)).best_decade
