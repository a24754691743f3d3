"""A person with the films that they directed and that they play in, by country and year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from movies.films import Film, films_by_id
from movies.models import Country, Credit, Lens, Person


@dataclass(frozen=True, slots=True)
class CreditedFilm:
    """A film, and whom the person plays in it; "" for a director, or where it is not known."""

    film: Film
    character: str


@dataclass(frozen=True, slots=True)
class CountryFilms:
    """A person's films from one country, the latest first; None for those from none."""

    country: Country | None
    films: list[CreditedFilm] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filmography:
    """A person's films, those of the country with most of them first."""

    person: Person
    directed: list[CountryFilms]
    acted: list[CountryFilms]

    @property
    def countries(self) -> list[Country]:
        """Each once."""
        found = (one.country for one in [*self.directed, *self.acted] if one.country)
        return list({country.code: country for country in found}.values())

    @property
    def films(self) -> list[Film]:
        """Each once, the latest first."""
        groups = [*self.directed, *self.acted]
        credited = {one.film.movie.id: one for group in groups for one in group.films}
        return [one.film for one in sorted(credited.values(), key=latest_first)]

    @property
    def first_year(self) -> int | None:
        """In which one of their films was released; None where no such year is known."""
        return min(self._years, default=None)

    @property
    def last_year(self) -> int | None:
        return max(self._years, default=None)

    @property
    def _years(self) -> list[int]:
        return [film.movie.year for film in self.films if film.movie.year]


def filmography(person: Person, by: Lens) -> Filmography | None:
    """None where no film of theirs is left in the catalogue. Four queries."""
    credits_by_job: dict[str, list[Credit]] = defaultdict(list)
    for credit in Credit.objects.filter(person=person):
        credits_by_job[credit.job].append(credit)
    films = films_by_id({one.movie_id for found in credits_by_job.values() for one in found})
    if not films:
        return None
    codes = {code for film in films.values() for code in film.movie.country_codes(by)}
    countries = Country.objects.in_bulk(codes)
    directed, acted = (
        by_country(credits_by_job[job], films, countries, by)
        for job in (Credit.Job.DIRECTOR, Credit.Job.ACTOR)
    )
    return Filmography(person, directed, acted)


def by_country(
    found: Iterable[Credit], films: Mapping[int, Film], countries: Mapping[str, Country], by: Lens
) -> list[CountryFilms]:
    """A film of several countries stands under each of them."""
    groups: dict[str, CountryFilms] = {}
    for credit in found:
        film = films.get(credit.movie_id)
        if film is None:
            continue
        for code in film.movie.country_codes(by) or [""]:
            group = groups.setdefault(code, CountryFilms(countries.get(code)))
            group.films.append(CreditedFilm(film, credit.character))
    for group in groups.values():
        group.films.sort(key=latest_first)
    return sorted(groups.values(), key=most_films_first)


def latest_first(credited: CreditedFilm) -> tuple[bool, int, str, int]:
    """Those without a date last."""
    movie = credited.film.movie
    released = movie.release_date
    return released is None, -released.toordinal() if released else 0, movie.title, movie.id


def most_films_first(group: CountryFilms) -> tuple[bool, int, str]:
    name = group.country.name if group.country else ""
    return group.country is None, -len(group.films), name
