"""The films of the catalogue in the back office: found by title or id, shown with all facts."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from movies.admin.countries import country_links
from movies.admin.paginator import EstimatingPaginator
from movies.admin.read_only import ReadOnlyAdmin
from movies.admin.search import find_movie_ids
from movies.models import Genre, ImdbRating, Language, Lens, Movie, Standing

LINE_BREAK = SafeString("<br>")


class MovieAdmin(ReadOnlyAdmin):
    """The films of the catalogue; registered with what imports know of them, by `importer`."""

    list_display: tuple[str, ...] = (
        "title",
        "year",
        "countries",
        "tmdb_rating",
        "tmdb_votes",
        "id",
        "imdb_id",
    )
    ordering = ("-pk",)
    # By anything else the whole table would have to be sorted.
    sortable_by = ()
    list_per_page = 50
    search_fields = ("title",)
    search_help_text = "A name, or the id at TMDB or IMDb"
    show_full_result_count = False
    paginator = EstimatingPaginator
    fields: ClassVar[tuple[str, ...]] = (
        "title", "original_title", "links", "release_date", "status", "runtime", "home",
        "origin", "production", "genres", "languages", "tmdb", "imdb", "pooled", "popularity",
        "names",
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
        found = queryset.filter(pk__in=find_movie_ids(search_term.strip()))
        return found.order_by("-tmdb_votes", "-pk"), False

    # --- columns and fields

    @admin.display
    def year(self, movie: Movie) -> str:
        return str(movie.release_date.year) if movie.release_date else "–"

    @admin.display
    def countries(self, movie: Movie) -> str:
        return ", ".join(movie.country_codes(Lens.HOME)) or "–"

    @admin.display(description="elsewhere")
    def links(self, movie: Movie) -> SafeString:
        pages = [(movie.tmdb_url, f"TMDB {movie.pk}")]
        if movie.imdb_url:
            pages.append((movie.imdb_url, f"IMDb {movie.imdb_id}"))
        return format_html_join(" · ", '<a href="{}" rel="noreferrer">{}</a>', pages)

    @admin.display(description="home")
    def home(self, movie: Movie) -> SafeString | str:
        return country_links(movie.country_codes(Lens.HOME))

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
        rows = movie.standing_set.select_related("country").order_by(
            "-is_home", "-is_origin", "country"
        )
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
                    lenses(standing),
                )
                for standing in rows
            ),
        )

    @admin.display(description="titles")
    def names(self, movie: Movie) -> SafeString:
        names = movie.titles.order_by("pk").values_list("name")
        return format_html_join(LINE_BREAK, "{}", names)


def rating(value: float | None, votes: int) -> str:
    return "–" if value is None else f"{value:.2f} from {votes:,} votes"


def lenses(standing: Standing) -> str:
    return " and ".join(lens for lens in Lens.values if getattr(standing, f"is_{lens}"))
