"""People and providers in the back office."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from movies.admin.paginator import EstimatingPaginator
from movies.admin.read_only import ReadOnlyAdmin
from movies.models import Person, Provider
from movies.people.search import find_people

MOST_FOUND = 200


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    """Who directs films, and who is among the first of a cast."""

    list_display = ("name", "id", "weight")
    ordering = ("pk",)
    sortable_by = ()
    list_per_page = 50
    search_fields = ("name",)
    show_full_result_count = False
    paginator = EstimatingPaginator
    fields = ("name", "elsewhere", "weight", "films")

    def title_of(self, shown: Person) -> str:
        return shown.name

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Person], search_term: str
    ) -> tuple[QuerySet[Person], bool]:
        if not search_term.strip():
            return queryset, False
        found = find_people(search_term, offset=0, limit=MOST_FOUND)
        return queryset.filter(pk__in=[one.person.pk for one in found]).order_by("-weight"), False

    @admin.display
    def elsewhere(self, person: Person) -> SafeString:
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', person.tmdb_url)

    @admin.display
    def films(self, person: Person) -> SafeString | str:
        credits_ = person.credits.select_related("movie").order_by("-job", "-movie__release_date")
        lines = (
            (one.movie.year or "–", one.movie.title, one.get_job_display(), one.character)
            for one in credits_
        )
        return format_html_join(SafeString("<br>"), "{} {} ({}) {}", lines) or "–"


@admin.register(Provider)
class ProviderAdmin(ReadOnlyAdmin):
    """Who shows films."""

    list_display = ("name", "id")
    ordering = ("name", "pk")
    search_fields = ("name",)
    fields = ("name", "id", "logo_path")

    def title_of(self, shown: Any) -> str:
        return str(shown.name)
