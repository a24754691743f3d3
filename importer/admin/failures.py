"""The pages of failures: what went wrong, in groups and one by one, as it came; and retrying."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Max, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.views.decorators.http import require_POST, require_safe

from importer.admin.dump import readable
from importer.admin.live import moment, name
from importer.admin.starting import StartsImports
from importer.models import ImportFailure, ImportRun

TMDB_PAGE = "https://www.themoviedb.org/movie/{}"
LARGEST_ID = 2**31 - 1


class Resolution(admin.SimpleListFilter):
    """Open failures, unless others are asked for."""

    title = "resolution"
    parameter_name = "resolved"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Resolved"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        choices = super().choices(changelist)
        yield next(choices) | {"display": "Open"}
        yield from choices

    def queryset(
        self, request: HttpRequest, failures: QuerySet[ImportFailure]
    ) -> QuerySet[ImportFailure]:
        if self.value() == "all":
            return failures
        return failures.filter(resolved_at__isnull=self.value() != "yes")


@admin.register(ImportFailure)
class ImportFailureAdmin(StartsImports):
    """Whatever could not be fetched, read or saved."""

    change_list_template = "admin/importer/importfailure/change_list.html"
    change_form_template = "admin/importer/importfailure/change_form.html"
    list_display = (
        "subject", "of_kind", "error_type", "brief_message", "http_status", "tmdb_code",
        "attempts", "last",
    )  # fmt: skip
    list_filter = (Resolution, "kind", "error_type")
    list_per_page = 50
    ordering = ("-last_at", "-pk")
    search_fields = ("movie_id",)
    search_help_text = "The id of a film at TMDB"
    show_full_result_count = False
    actions = ("retry_selected",)
    fields = (
        "error_type", "message", "of_kind", "origin", "answer", "attempts", "first_time",
        "last_time", "last_run",
    )  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("retry/", wrap(self.retry_group_view), name="importer_importfailure_retry_group"),
            path("<int:pk>/retry/", wrap(self.retry_view), name="importer_importfailure_retry"),
            path("<int:pk>/dump/", wrap(self.dump_view), name="importer_importfailure_dump"),
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportFailure]:
        return super().get_queryset(request).defer("dump")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ImportFailure], search_term: str
    ) -> tuple[QuerySet[ImportFailure], bool]:
        if not search_term:
            return queryset, False
        is_id = search_term.isdecimal() and int(search_term[:12]) <= LARGEST_ID
        return (queryset.filter(movie_id=search_term) if is_id else queryset.none()), False

    def title_of(self, shown: ImportFailure) -> str:
        return f"{shown.error_type}: {self.subject(shown)}"

    # --- pages

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "title": "Failures",
            "groups": groups(),
            "may_start": self.has_start_permission(request),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        failure = self.get_object(request, object_id)
        dump = failure.dump if failure and self.has_view_permission(request, failure) else None
        context = {
            "may_start": self.has_start_permission(request),
            "dump": None if dump is None else readable(bytes(dump)),
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    @method_decorator(require_safe)
    def dump_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The whole dump as it came, to be kept in a file and never shown by a browser."""
        self.demand_view_permission(request)
        failure = get_object_or_404(ImportFailure, pk=pk)
        if failure.dump is None:
            raise Http404
        return HttpResponse(
            bytes(failure.dump),
            content_type="application/octet-stream",
            headers={
                "Content-Disposition": f'attachment; filename="failure-{pk}.dump"',
                "X-Content-Type-Options": "nosniff",
            },
        )

    # --- retrying

    @admin.action(description="Retry the selected failures", permissions=["start"])
    def retry_selected(self, request: HttpRequest, failures: QuerySet[ImportFailure]) -> None:
        self.retry(request, failures)

    @method_decorator(require_POST)
    def retry_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.demand_start_permission(request)
        get_object_or_404(ImportFailure, pk=pk)
        self.retry(request, ImportFailure.objects.filter(pk=pk))
        return redirect("admin:importer_importrun_changelist")

    @method_decorator(require_POST)
    def retry_group_view(self, request: HttpRequest) -> HttpResponse:
        self.demand_start_permission(request)
        kind, error_type = request.POST.get("kind", ""), request.POST.get("error_type", "")
        self.retry(request, ImportFailure.objects.filter(kind=kind, error_type=error_type))
        return redirect("admin:importer_importrun_changelist")

    def retry(self, request: HttpRequest, failures: QuerySet[ImportFailure]) -> None:
        """Fetch the films anew that failed; where none did, start the kind that failed."""
        unresolved = failures.filter(resolved_at__isnull=True).order_by()
        films = unresolved.filter(kind=ImportRun.Kind.MOVIES, movie_id__isnull=False)
        found = films.order_by("movie_id").values_list("movie_id", flat=True)
        ids = [movie_id for movie_id in found if movie_id is not None]
        kinds = sorted(set(unresolved.values_list("kind", flat=True)))
        if not kinds:
            self.message_user(request, "Nothing to retry: that is resolved.", messages.WARNING)
            return
        kind = ImportRun.Kind.MOVIES if ids else kinds[0]
        later = ", ".join(name(other) for other in kinds if other != kind)
        if self.start(request, kind, {"ids": ids} if ids else {}) and later:
            message = f"One import runs at a time: retry {later} afterwards."
            self.message_user(request, message, messages.WARNING)

    # --- columns and fields

    @admin.display(description="what")
    def subject(self, failure: ImportFailure) -> str:
        if failure.movie_id is not None:
            return f"film {failure.movie_id}"
        if failure.line_number is not None:
            return f"line {failure.line_number:,}"
        if failure.country is not None:
            return f"country {failure.country}"
        return "the whole step"

    @admin.display(description="kind", ordering="kind")
    def of_kind(self, failure: ImportFailure) -> str:
        return name(failure.kind)

    @admin.display(description="message")
    def brief_message(self, failure: ImportFailure) -> str:
        return Truncator(failure.message).chars(90)

    @admin.display(description="last time", ordering="last_at")
    def last(self, failure: ImportFailure) -> str:
        return f"{failure.last_at:%-d %b, %H:%M}"

    @admin.display(description="what")
    def origin(self, failure: ImportFailure) -> SafeString | str:
        if failure.movie_id is None:
            return self.subject(failure)
        page = TMDB_PAGE.format(failure.movie_id)
        link = '{} · <a href="{}" rel="noreferrer">at TMDB</a>'
        return format_html(link, self.subject(failure), page)

    @admin.display(description="answer")
    def answer(self, failure: ImportFailure) -> str:
        said = {"HTTP": failure.http_status, "TMDB’s code": failure.tmdb_code}
        return ", ".join(f"{what} {code}" for what, code in said.items() if code) or "–"

    @admin.display(description="first time")
    def first_time(self, failure: ImportFailure) -> str:
        return moment(failure.first_at)

    @admin.display(description="last time")
    def last_time(self, failure: ImportFailure) -> str:
        return moment(failure.last_at)

    @admin.display(description="last run")
    def last_run(self, failure: ImportFailure) -> SafeString:
        page = reverse("admin:importer_importrun_change", args=[failure.run_id])
        when = f"{name(failure.run.kind)}, {failure.run.created_at:%-d %B, %H:%M} UTC"
        return format_html('<a href="{}">{}</a>', page, when)


def groups() -> list[dict[str, Any]]:
    """The open failures by kind and type of error, the most frequent first."""
    unresolved = ImportFailure.objects.unresolved().values("kind", "error_type")
    counted = unresolved.annotate(number=Count("pk"), first=Min("first_at"), last=Max("last_at"))
    return [
        group
        | {
            "name": name(group["kind"]),
            "words": f"{group['number']:,}",
            "query": urlencode({"kind__exact": group["kind"], "error_type": group["error_type"]}),
        }
        for group in counted.order_by("-number", "kind", "error_type")
    ]
