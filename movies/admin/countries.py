"""Countries and former states in the back office."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from movies.admin.read_only import ReadOnlyAdmin
from movies.models import Country, Lens


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
        return Country.objects.with_totals(Lens.HOME).order_by(*self.get_ordering(request))

    @admin.display(description="films", ordering="movies")
    def films(self, country: Any) -> str:
        return f"{country.movies:,}"

    @admin.display(description="with votes", ordering="rated")
    def rated_films(self, country: Any) -> str:
        return f"{country.rated:,}"

    @admin.display(description="successors")
    def successor_states(self, country: Country) -> SafeString | str:
        return country_links(country.successors)


def country_links(codes: list[str]) -> SafeString | str:
    """The countries' names, each linked to its page here."""
    names = dict(Country.objects.filter(code__in=codes).values_list("code", "name"))
    pages = ((reverse("admin:movies_country_change", args=[code]), names.get(code, code))
             for code in codes)  # fmt: skip
    return format_html_join(", ", '<a href="{}">{}</a>', pages) or "–"
