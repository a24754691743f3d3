"""The imports page: what runs, what can be started, how the catalogue is, and what ran before."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.text import Truncator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_POST, require_safe

from importer.admin.charts import charts, tiles
from importer.admin.failures import groups
from importer.admin.forms import GREATEST_LIMIT, StartForm
from importer.admin.live import amounts, live, moment, name, requester
from importer.admin.starting import StartsImports
from importer.errors import LossTooGreat
from importer.figures import figures, history
from importer.models import ImportFailure, ImportRun
from importer.runs import lifecycle
from importer.runs.progress import duration

KINDS = {
    ImportRun.Kind.DAILY: "Everything below, in the right order. This is what the schedule runs.",
    ImportRun.Kind.REFERENCE: "The names of countries, languages and genres.",
    ImportRun.Kind.DISCOVER: "The most voted films of every country: they are fetched first.",
    ImportRun.Kind.IDS: "TMDB’s daily export: new films become known, vanished ones leave.",
    ImportRun.Kind.CHANGES: "TMDB’s list of changed films: they become due.",
    ImportRun.Kind.IMDB_RATINGS: "IMDb’s ratings and votes of all titles.",
    ImportRun.Kind.MOVIES: (
        "The details of every film that is due: those discovered, then the most popular first."
    ),
    ImportRun.Kind.RANKING: "The weighted ratings and the lists that answers are read from.",
    ImportRun.Kind.CLEANUP: "Deletes what has been kept for long enough; see “Kept” below.",
}
# What `cleanup` goes by.
KEPT = [
    ("Resolved failures, with what came", "KEEP_FAILURES_DAYS", settings.KEEP_FAILURES_DAYS),
    ("Runs, but for the last of each kind", "KEEP_RUNS_DAYS", settings.KEEP_RUNS_DAYS),
    ("Downloaded files", "KEEP_FILES_DAYS", settings.KEEP_FILES_DAYS),
    (
        "Files that could not be used",
        "KEEP_REJECTED_FILES_DAYS",
        settings.KEEP_REJECTED_FILES_DAYS,
    ),
]
# States that were done to a run, rather than by it.
WAS_ENDED = (ImportRun.State.CANCELLED, ImportRun.State.INTERRUPTED)


class StartedBy(admin.ChoicesFieldListFilter):
    """How runs were requested, under the name that the list has for it."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.title = "started by"


@admin.register(ImportRun)
class ImportRunAdmin(StartsImports):
    """The imports page: what runs, what can be started, how the catalogue is, what ran before."""

    change_list_template = "admin/importer/importrun/change_list.html"
    change_form_template = "admin/importer/importrun/change_form.html"
    list_display = (
        "import_kind", "outcome", "asked_for", "begun", "took", "films", "failures", "trouble"
    )  # fmt: skip
    list_filter = ("kind", "state", ("requested_how", StartedBy))
    list_per_page = 25
    ordering = ("-pk",)
    sortable_by = ()
    show_full_result_count = False
    actions = None
    fields = (
        "outcome", "asked_for", "asked_with", "created", "started", "finished", "took",
        "last_sign", "last_progress", "step", "amount", "films", "failures", "left_out",
        "its_failures", "resumptions", "notes", "all_trouble",
    )  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            # The view says itself how its answers may be kept.
            path("live/", wrap(self.live_view, cacheable=True), name="importer_importrun_live"),
            path("start/", wrap(self.start_view), name="importer_importrun_start"),
            path("cancel/", wrap(self.cancel_view), name="importer_importrun_cancel"),
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        # A retry of a whole group keeps thousands of ids there.
        return super().get_queryset(request).defer("options")

    def title_of(self, shown: ImportRun) -> str:
        return f"{name(shown.kind)}, {shown.created_at:%-d %B %Y, %H:%M} UTC"

    # --- the imports page

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "title": "Imports",
            "live": live(),
            "may_start": self.has_start_permission(request),
            "kinds": [(kind.value, name(kind), does) for kind, does in KINDS.items()],
            "greatest_limit": GREATEST_LIMIT,
            "refused": refused_loss(),
            "stale_since": ImportRun.objects.stale_since(settings.STALE_AFTER),
            "kept": KEPT,
            "groups": (open_failures := groups()),
            **drawn_figures(sum(group["number"] for group in open_failures)),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    @method_decorator([require_safe, cache_control(private=True, no_cache=True), conditional_page])
    def live_view(self, request: HttpRequest) -> HttpResponse:
        """What the page asks for every second; costs a 304 while nothing has changed."""
        self.demand_view_permission(request)
        return JsonResponse(live())

    @method_decorator(require_POST)
    def start_view(self, request: HttpRequest) -> HttpResponse:
        self.demand_start_permission(request)
        form = StartForm(request.POST)
        if form.is_valid():
            self.start(request, form.cleaned_data["kind"], form.options)
        else:
            self.message_user(request, f"Not started: {form.complaint}", messages.ERROR)
        return redirect("admin:importer_importrun_changelist")

    @method_decorator(require_POST)
    def cancel_view(self, request: HttpRequest) -> HttpResponse:
        self.demand_start_permission(request)
        number = request.POST.get("run", "")
        known = ImportRun.objects.filter(pk=number) if number.isdecimal() else None
        run = known.first() if known else None
        self.cancel(request, run)
        return redirect("admin:importer_importrun_changelist")

    def cancel(self, request: HttpRequest, run: ImportRun | None) -> None:
        if run is None:
            self.message_user(request, "There is no such run.", messages.ERROR)
            return
        is_asked = lifecycle.cancel(run)
        run.refresh_from_db()
        if run.state in ImportRun.ACTIVE:
            self.message_user(request, f"The {name(run.kind)} import ends at its next commit.")
        elif is_asked:
            self.message_user(request, f"The {name(run.kind)} import is cancelled.")
        else:
            how = "was" if run.state in WAS_ENDED else "has"
            message = f"Nothing to cancel: the {name(run.kind)} import {how} {run.state} already."
            self.message_user(request, message, messages.WARNING)

    # --- the page of a run

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        may_start = self.has_start_permission(request)
        context = {"may_start": may_start, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    # --- columns and fields

    @admin.display(description="kind", ordering="kind")
    def import_kind(self, run: ImportRun) -> str:
        return name(run.kind)

    @admin.display(description="state")
    def outcome(self, run: ImportRun) -> str:
        return format_html('<span class="state state-{}">{}</span>', run.state, run.state)

    @admin.display(description="started by")
    def asked_for(self, run: ImportRun) -> str:
        return requester(run)

    @admin.display(description="with")
    def asked_with(self, run: ImportRun) -> str:
        apart = {"ids", "accepted"}
        given = {key: value for key, value in run.options.items() if key not in apart}
        words = [f"{key}: {value}" for key, value in given.items()]
        for kind, shown in run.options.get("accepted", {}).items():
            words.append(f"a loss of {shown:,} accepted in {name(kind)}")
        if ids := run.options.get("ids", []):
            words.append(f"{len(ids):,} films: {Truncator(str(ids)[1:-1]).chars(200)}")
        return "; ".join(words) or "–"

    @admin.display(description="started")
    def begun(self, run: ImportRun) -> str:
        return f"{run.started_at:%-d %b, %H:%M}" if run.started_at else "–"

    @admin.display(description="fetched")
    def films(self, run: ImportRun) -> str:
        return f"{run.fetched:,}"

    @admin.display(description="failed")
    def failures(self, run: ImportRun) -> str:
        return f"{run.failed:,}"

    @admin.display(description="odd parts left out")
    def left_out(self, run: ImportRun) -> str:
        return f"{run.warnings:,}"

    @admin.display(description="asked for")
    def created(self, run: ImportRun) -> str:
        return moment(run.created_at)

    @admin.display
    def started(self, run: ImportRun) -> str:
        return moment(run.started_at)

    @admin.display(description="ended")
    def finished(self, run: ImportRun) -> str:
        return moment(run.finished_at)

    @admin.display(description="last sign of life")
    def last_sign(self, run: ImportRun) -> str:
        return moment(run.heartbeat_at)

    @admin.display(description="last progress")
    def last_progress(self, run: ImportRun) -> str:
        return moment(run.progressed_at)

    @admin.display(description="took")
    def took(self, run: ImportRun) -> str:
        if run.started_at is None:
            return "–"
        took = (run.finished_at or timezone.now()) - run.started_at
        return duration(max(took.total_seconds(), 0))  # a clock may have been put back meanwhile

    @admin.display(description="done")
    def amount(self, run: ImportRun) -> str:
        return amounts(run)[0] or "–"

    @admin.display(description="failures last seen in it")
    def its_failures(self, run: ImportRun) -> str:
        number = run.failures.count()
        where = reverse("admin:importer_importfailure_changelist")
        query = f"?run__id__exact={run.pk}&resolved=all"
        return format_html('<a href="{}{}">{}</a>', where, query, f"{number:,}")

    @admin.display(description="error")
    def trouble(self, run: ImportRun) -> str:
        return Truncator(run.error).chars(90) or "–"

    @admin.display(description="error")
    def all_trouble(self, run: ImportRun) -> str:
        return format_html('<pre class="error-text">{}</pre>', run.error) if run.error else "–"


def refused_loss() -> ImportFailure | None:
    """What was refused because too much would have been lost, until somebody accepts it."""
    refused = ImportFailure.objects.unresolved().filter(error_type=LossTooGreat.__name__)
    return refused.defer("dump").order_by("last_at").last()


def drawn_figures(open_failures: int) -> dict[str, Any]:
    """What the template of the catalogue's figures draws."""
    now = figures()
    days = history(timezone.now().date())
    drawn = charts(days)
    cells = zip(*(chart.cells for chart in drawn), strict=True)
    return {
        "figures": now,
        "tiles": tiles(now, open_failures),
        "charts": drawn,
        "first_day": days[0].date,
        "last_day": days[-1].date,
        "rows": list(zip([day.date for day in days], cells, strict=True))[::-1],
    }
