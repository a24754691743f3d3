"""The page of warnings: what was odd in TMDB's answers and left out, as it came."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from importer.admin.dump import readable
from importer.admin.live import moment
from importer.models import MovieWarning
from movies.admin.read_only import ReadOnlyAdmin


@admin.register(MovieWarning)
class MovieWarningAdmin(ReadOnlyAdmin):
    """Parts of films that could not be used; the films are in without them."""

    list_display = ("film", "part", "brief_message", "last")
    list_per_page = 50
    ordering = ("-last_at", "-pk")
    search_fields = ("=movie_id", "part")
    search_help_text = "The id of a film at TMDB, or a part such as credits"
    show_full_result_count = False
    fields = ("film_link", "part", "message", "as_it_came", "last_time")

    def title_of(self, shown: MovieWarning) -> str:
        return f"Film {shown.movie_id}: {shown.part}"

    @admin.display(description="film", ordering="movie_id")
    def film(self, warning: MovieWarning) -> str:
        return f"film {warning.movie_id}"

    @admin.display(description="message")
    def brief_message(self, warning: MovieWarning) -> str:
        return Truncator(warning.message).chars(90)

    @admin.display(description="last time", ordering="last_at")
    def last(self, warning: MovieWarning) -> str:
        return f"{warning.last_at:%-d %b, %H:%M}"

    @admin.display(description="film")
    def film_link(self, warning: MovieWarning) -> SafeString:
        page = reverse("admin:movies_movie_change", args=[warning.movie_id])
        return format_html('<a href="{}">film {}</a>', page, warning.movie_id)

    @admin.display(description="as it came")
    def as_it_came(self, warning: MovieWarning) -> SafeString:
        return format_html("<pre>{}</pre>", readable(bytes(warning.dump)).text)

    @admin.display(description="last time")
    def last_time(self, warning: MovieWarning) -> str:
        return moment(warning.last_at)
