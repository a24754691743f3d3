"""What the list of films can be narrowed by."""

import re
from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from importer.models import ImportFailure, MovieWarning, TmdbMovie
from movies.geography import CONTINENTS, SUCCESSORS
from movies.models import Movie
from movies.names import country_name

YEAR = re.compile(r"([0-9]{3})([0-9])s?")

THIS_FILM = {"movie_id": OuterRef("pk")}


class Choice(admin.SimpleListFilter):
    """One choice of a few, as a field of the form above the list."""

    template = "admin/movies/movie/choice.html"

    @property
    def chosen(self) -> str | None:
        """What is on offer and chosen; None where nothing is, or what is not on offer."""
        return self.value() if self.value() in dict(self.lookup_choices) else None


class ByCountry(Choice):
    """The country that calls the film its own."""

    title = "Country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        named = [(code, country_name(code) or code) for code in {*CONTINENTS, *SUCCESSORS}]
        return sorted(named, key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, films: QuerySet[Movie]) -> QuerySet[Movie]:
        return films.filter(home_countries__contains=[self.chosen]) if self.chosen else films


class ByYear(admin.SimpleListFilter):
    """A year or a decade, as it is typed."""

    template = "admin/movies/movie/year.html"
    title = "Year"
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return []

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, films: QuerySet[Movie]) -> QuerySet[Movie]:
        typed = (self.value() or "").strip()
        if not typed:
            return films
        years = as_years(typed)
        if years is None:
            message = f"{typed[:40]!r} is no year and no decade: 1994 and 1990s are."
            messages.warning(request, message)
            return films.none()
        return films.filter(release_date__year__range=years)


def as_years(typed: str) -> tuple[int, int] | None:
    """The first and the last year that `1994` or `1990s` means; None where it means none."""
    match = YEAR.fullmatch(typed)
    if match is None or not int(match[1]):
        return None
    year = int(match[1] + match[2])
    if not typed.endswith("s"):
        return year, year
    return (year, year + 9) if match[2] == "0" else None


class ByState(Choice):
    """What there may be to do about a film."""

    title = "State"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, words) for name, (words, _) in states().items()]

    def queryset(self, request: HttpRequest, films: QuerySet[Movie]) -> QuerySet[Movie]:
        return films.filter(states()[self.chosen][1]) if self.chosen else films


def states() -> dict[str, tuple[str, Q | Exists]]:
    due = TmdbMovie.objects.filter(
        id=OuterRef("pk"), gone_at__isnull=True, due_at__lte=timezone.now()
    )
    failures = ImportFailure.objects.unresolved().filter(**THIS_FILM)
    return {
        "due": ("due to be fetched", Exists(due)),
        "failed": ("fetching failed", Exists(failures)),
        "odd": ("with odd parts left out", Exists(MovieWarning.objects.filter(**THIS_FILM))),
        "partial": ("without story and people", Q(overview__isnull=True)),
        "unrated": ("nobody has voted", Q(tmdb_votes=0)),
        "no-poster": ("without a poster", Q(poster_path__isnull=True)),
        "unreleased": ("not released yet", ~Q(status="Released")),
    }
