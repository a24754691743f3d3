"""What search engines are told of: the pages, the countries, and the films that come first."""

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from movies.models import Country, Lens, RankingState, Standing

PAGES = ("home", "my_films", "next", "ghibli")
FILMS_EACH = 10_000
# What is a question, for staff or for programs.
NOT_FOR_ROBOTS = ("/admin/", "/api/v1/", "/search/", "/offline/")


if TYPE_CHECKING:
    PageNames = Sitemap[str]
    Countries = Sitemap[Country]
    Films = Sitemap[Any]
else:
    PageNames = Countries = Films = Sitemap


class PageSitemap(PageNames):
    """The pages that are there without a catalogue."""

    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return reverse(item)


class CountrySitemap(Countries):
    """Countries with a rated film; changed whenever the lists were made anew."""

    def __init__(self) -> None:
        super().__init__()
        self.ranked_at = RankingState.current().ranked_at

    def items(self) -> list[Country]:
        return [one for one in Country.objects.with_totals(Lens.HOME) if one.rated]

    def location(self, item: Country) -> str:
        return reverse("country", args=[item.code])

    def lastmod(self, item: Country) -> datetime.datetime | None:
        return self.ranked_at


class FilmSitemap(Films):
    """Films with votes enough to be listed first: those that people look for."""

    limit = FILMS_EACH

    def items(self) -> QuerySet[Any]:
        listed = Standing.objects.filter(few_votes=False).order_by("movie_id")
        return listed.values_list("movie_id", flat=True).distinct()

    def location(self, item: Any) -> str:
        return reverse("film", args=[item])


SITEMAPS = {"pages": PageSitemap, "countries": CountrySitemap, "films": FilmSitemap}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """https://www.rfc-editor.org/rfc/rfc9309"""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS),
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
