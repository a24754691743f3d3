"""The films in the back office, as imports see them: which are due or failed, fetched again."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from importer.admin.dump import readable
from importer.admin.live import moment
from importer.admin.movie_filters import ByCountry, ByState, ByYear
from importer.admin.payload import fetch_payload
from importer.admin.starting import StartsImports
from importer.models import ImportFailure, ImportRun, MovieWarning, TmdbMovie
from movies.admin.movies import MovieAdmin
from movies.admin.paginator import MOST_COUNTED
from movies.images import image_url
from movies.models import Movie

POSTER_WIDTH = 92


@admin.register(Movie)
class ImportedMovieAdmin(StartsImports, MovieAdmin):
    """The films of the catalogue, with what the ledger knows of them."""

    change_list_template = "admin/movies/movie/change_list.html"
    change_form_template = "admin/movies/movie/change_form.html"
    list_display: tuple[str, ...] = ("poster", *MovieAdmin.list_display)
    list_display_links = ("title",)
    list_filter = (ByCountry, ByYear, ByState)
    actions = ("fetch_selected",)
    fields: ClassVar[tuple[str, ...]] = (*MovieAdmin.fields, "fetched", "due", "trouble")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/fetch/", wrap(self.fetch_view), name="movies_movie_fetch"),
            path("<int:pk>/payload/", wrap(self.payload_view), name="movies_movie_payload"),
        ]
        return own + super().get_urls()

    # --- pages

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"most_counted": MOST_COUNTED, **(extra_context or {})}
        return super().changelist_view(request, context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        movie = self.get_object(request, object_id)
        context = {
            "may_start": self.has_start_permission(request),
            "poster_url": image_url(movie.poster_path, 342) if movie else None,
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    @method_decorator(require_safe)
    def payload_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What TMDB says of it now, as it comes; an import it starts is none."""
        self.demand_start_permission(request)
        movie = get_object_or_404(Movie, pk=pk)
        payload = fetch_payload(pk)
        if "download" in request.GET:
            return HttpResponse(
                payload.body,
                content_type="application/octet-stream",
                headers={"Content-Disposition": f'attachment; filename="movie-{pk}.json"'},
            )
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": f"What TMDB says of {self.title_of(movie)}",
            "movie": movie,
            "payload": payload,
            "dump": readable(payload.body) if payload.body else None,
        }
        return TemplateResponse(request, "admin/movies/movie/payload.html", context)

    # --- fetching again

    @admin.action(description="Fetch the selected films again", permissions=["start"])
    def fetch_selected(self, request: HttpRequest, chosen: QuerySet[Movie]) -> None:
        self.fetch(request, list(chosen.order_by("pk").values_list("pk", flat=True)))

    @method_decorator(require_POST)
    def fetch_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.demand_start_permission(request)
        get_object_or_404(Movie, pk=pk)
        self.fetch(request, [pk])
        return redirect("admin:movies_movie_change", pk)

    def fetch(self, request: HttpRequest, ids: list[int]) -> None:
        if ids:
            self.start(request, ImportRun.Kind.MOVIES, {"ids": ids})
        else:
            self.message_user(request, "No film was selected.", messages.WARNING)

    # --- columns and fields

    @admin.display(empty_value="")
    def poster(self, movie: Movie) -> SafeString | None:
        """The smallest of TMDB's; its film is named beside it."""
        picture = '<img class="poster" src="{}" width="40" height="60" alt="" loading="lazy">'
        address = image_url(movie.poster_path, POSTER_WIDTH)
        return format_html(picture, address) if address else None

    @admin.display(description="last fetched")
    def fetched(self, movie: Movie) -> str:
        known = ledger(movie)
        return moment(known.fetched_at) if known else "–"

    @admin.display(description="due to be fetched")
    def due(self, movie: Movie) -> str:
        known = ledger(movie)
        return moment(known.due_at) if known else "–"

    @admin.display(description="needs repair")
    def trouble(self, movie: Movie) -> SafeString | str:
        """Open failures and odd parts, each linked to its page."""
        failures = ImportFailure.objects.unresolved().filter(Q(movie_id=movie.pk))
        odd = MovieWarning.objects.filter(movie_id=movie.pk)
        links = [
            (reverse("admin:importer_importfailure_change", args=[pk]), f"{kind}: {message}")
            for pk, kind, message in failures.values_list("pk", "error_type", "message")
        ] + [
            (reverse("admin:importer_moviewarning_change", args=[pk]), f"{part}: {message}")
            for pk, part, message in odd.values_list("pk", "part", "message")
        ]
        line = '<a href="{}">{}</a>'
        return format_html_join(SafeString("<br>"), line, links) or "nothing is known to be wrong"


def ledger(movie: Movie) -> TmdbMovie | None:
    return TmdbMovie.objects.filter(pk=movie.pk).first()
