"""The catalogue to be looked at: films found by name or id, and countries."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import F, OrderBy, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from movies import folding
from movies.admin.read_only import ReadOnlyAdmin
from movies.models import (
    Country,
    Genre,
    ImdbRating,
    Language,
    Lens,
    Movie,
    Title,
    Word,
)

admin.site.site_header = "World in Movies"
admin.site.site_title = "World in Movies"
admin.site.index_title = "Back office"

IMDB_ID = re.compile(r"(?:https?://\S*/)?(tt\d{5,10})\b/?")
LINE_BREAK = SafeString("<br>")
LARGEST_ID = 2**31 - 1
MOST_FOUND = 200
# A word that this many films have in a title is common.
COMMON_FILMS = 10_000

ESTIMATED_ROWS = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass"


class EstimatingPaginator(Paginator):
    """Takes PostgreSQL's estimate for how many rows a whole table has: counting takes too long."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if rows.query.where:
            return rows.count()
        with connection.cursor() as cursor:
            cursor.execute(ESTIMATED_ROWS, [rows.model._meta.db_table])
            return max(cursor.fetchone()[0], len(rows[: self.per_page]))


@admin.register(Movie)
class MovieAdmin(ReadOnlyAdmin):
    """The films of the catalogue."""

    list_display = ("title", "year", "countries", "tmdb_rating", "tmdb_votes", "id", "imdb_id")
    ordering = ("-pk",)
    # By anything else the whole table would have to be sorted.
    sortable_by = ()
    list_per_page = 50
    search_fields = ("title",)
    search_help_text = "A name, or the id at TMDB or IMDb"
    show_full_result_count = False
    paginator = EstimatingPaginator
    fields = (
        "title", "original_title", "links", "release_date", "status", "runtime", "origin",
        "production", "genres", "languages", "tmdb", "imdb", "pooled", "popularity", "names",
    )  # fmt: skip

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Movies"} | (extra_context or {}))

    def title_of(self, shown: Movie) -> str:
        return f"{shown.title} ({self.year(shown)})"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Movie], search_term: str
    ) -> tuple[QuerySet[Movie], bool]:
        if not search_term.strip():
            return queryset, False
        found = queryset.filter(pk__in=find(search_term.strip()))
        return found.order_by("-tmdb_votes", "-pk"), False

    # --- columns and fields

    @admin.display
    def year(self, movie: Movie) -> str:
        return str(movie.release_date.year) if movie.release_date else "–"

    @admin.display
    def countries(self, movie: Movie) -> str:
        return ", ".join(movie.country_codes(Lens.ORIGIN)) or "–"

    @admin.display(description="elsewhere")
    def links(self, movie: Movie) -> SafeString:
        pages = [(movie.tmdb_url, f"TMDB {movie.pk}")]
        if movie.imdb_url:
            pages.append((movie.imdb_url, f"IMDb {movie.imdb_id}"))
        return format_html_join(" · ", '<a href="{}" rel="noreferrer">{}</a>', pages)

    @admin.display(description="countries of origin")
    def origin(self, movie: Movie) -> SafeString | str:
        return country_links(movie.origin_countries)

    @admin.display(description="production countries")
    def production(self, movie: Movie) -> SafeString | str:
        return country_links(movie.production_countries)

    @admin.display
    def genres(self, movie: Movie) -> str:
        names = dict(Genre.objects.filter(id__in=movie.genre_ids).values_list("id", "name"))
        return ", ".join(names.get(number, str(number)) for number in movie.genre_ids) or "–"

    @admin.display
    def languages(self, movie: Movie) -> str:
        codes = movie.spoken_languages
        names = dict(Language.objects.filter(code__in=codes).values_list("code", "name"))
        spoken = ", ".join(names.get(code) or code for code in codes)
        return f"{spoken or '–'} (original: {movie.original_language})"

    @admin.display(description="TMDB’s rating")
    def tmdb(self, movie: Movie) -> str:
        return rating(movie.tmdb_rating, movie.tmdb_votes)

    @admin.display(description="IMDb’s rating")
    def imdb(self, movie: Movie) -> str:
        found = ImdbRating.objects.filter(imdb_id=movie.imdb_id).first()
        return rating(found.rating, found.votes) if found else "–"

    @admin.display(description="standing")
    def pooled(self, movie: Movie) -> SafeString | str:
        rows = movie.standing_set.select_related("country").order_by("-is_origin", "country")
        if not rows:
            return "in no list: nobody has voted, or the lists are older than the film is here"
        line = "{}: {} weighted, {}, {}"
        return format_html_join(
            LINE_BREAK,
            line,
            (
                (
                    standing.country.name,
                    f"{standing.weighted_rating:.3f}",
                    rating(standing.rating, standing.votes),
                    lenses(standing.is_origin, standing.is_production),
                )
                for standing in rows
            ),
        )

    @admin.display(description="titles")
    def names(self, movie: Movie) -> SafeString:
        names = movie.titles.order_by("pk").values_list("name")
        return format_html_join(LINE_BREAK, "{}", names)


def find(term: str) -> list[int]:
    """The ids of the films that an id or a name means, at most MOST_FOUND of each."""
    if imdb := IMDB_ID.fullmatch(term):
        return list(Movie.objects.filter(imdb_id=imdb[1]).values_list("pk", flat=True))
    number = int(term) if term.isascii() and term.isdigit() and len(term) <= 10 else 0
    ids = [number] if 0 < number <= LARGEST_ID else []
    return ids + find_names(term)


def find_names(name: str) -> list[int]:
    """By the beginning of a title, or by all of its words anywhere in one."""
    key, words = folding.key(name), folding.words(name)
    if not key:
        return []
    beginning = Title.objects.filter(key__startswith=key).order_by("key")
    anywhere = Title.objects.filter(words__contains=words).order_by(by_weight(words))
    found = [*movie_ids(beginning), *movie_ids(anywhere)]
    return list(dict.fromkeys(found))


def by_weight(words: list[str]) -> OrderBy:
    """The heaviest titles first, found in the way that suits the words.

    Where all are common the index of weights leads to some soon; where one is rare it would be
    walked to its end, which an expression keeps PostgreSQL from.
    """
    common = Word.objects.filter(word__in=words, films__gt=COMMON_FILMS).count()
    return F("weight").desc() if common == len(words) else (F("weight") + 0).desc()


def movie_ids(titles: QuerySet[Title]) -> Iterable[int]:
    return titles.values_list("movie_id", flat=True)[:MOST_FOUND]


def country_links(codes: list[str]) -> SafeString | str:
    names = dict(Country.objects.filter(code__in=codes).values_list("code", "name"))
    pages = ((reverse("admin:movies_country_change", args=[code]), names.get(code, code))
             for code in codes)  # fmt: skip
    return format_html_join(", ", '<a href="{}">{}</a>', pages) or "–"


def rating(value: float | None, votes: int) -> str:
    return "–" if value is None else f"{value:.2f} from {votes:,} votes"


def lenses(is_origin: bool, is_production: bool) -> str:
    return " and ".join(["origin"] * is_origin + ["production"] * is_production)


@admin.register(Country)
class CountryAdmin(ReadOnlyAdmin):
    """Countries and former states, with how many films they have."""

    list_display = ("name", "code", "continent", "is_current", "films", "rated_films")
    list_filter = ("continent", "is_current")
    search_fields = ("name", "code")
    list_per_page = 300
    fields = (
        "name", "code", "continent", "is_current", "successor_states", "films", "rated_films",
    )  # fmt: skip

    def title_of(self, shown: Country) -> str:
        return shown.name

    def get_queryset(self, request: HttpRequest) -> QuerySet[Country]:
        return Country.objects.with_totals(Lens.ORIGIN).order_by(*self.get_ordering(request))

    @admin.display(description="films", ordering="movies")
    def films(self, country: Any) -> str:
        return f"{country.movies:,}"

    @admin.display(description="with votes", ordering="rated")
    def rated_films(self, country: Any) -> str:
        return f"{country.rated:,}"

    @admin.display(description="successors")
    def successor_states(self, country: Country) -> SafeString | str:
        return country_links(country.successors)
