"""Pages for other sites' frames: the map of the world, and a country with its best films.

HTML and SVG alone, without a script; every link opens the site in a tab of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import condition, require_safe

from movies.models import Country, Lens
from pages.list_filters import ListFilters
from pages.sharing.pictures import etag, get_country
from pages.sharing.world import shades, world

BEST = 5
HOUR = 3600


@dataclass(frozen=True)
class Place:
    """A country on the map, with its shade and what is said of it."""

    country: Country
    path: str
    x: float
    y: float
    shade: int


def embeddable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """In anybody's frame: it shows nothing that is somebody's own, and changes nothing."""
    anywhere = csp_replace({"frame-ancestors": ["*"]})
    kept = cache_control(public=True, max_age=HOUR)(condition(etag_func=etag)(view))
    decorated: Callable[..., HttpResponseBase] = require_safe(
        xframe_options_exempt(anywhere(kept))
    )
    return decorated


@embeddable
def embedded_map(request: HttpRequest) -> HttpResponse:
    countries = {country.code: country for country in Country.objects.with_totals(Lens.HOME)}
    shade_of = shades({code: country.rated for code, country in countries.items()})
    places = [
        Place(countries[code], shape.path, shape.x, shape.y, shade_of[code])
        for code, shape in world().countries.items()
        if code in countries
    ]
    context = {"world": world(), "places": places}
    return render(request, "pages/sharing/embed_map.html", context)


@embeddable
def embedded_country(request: HttpRequest, code: str) -> HttpResponse:
    country = get_country(code)
    context: dict[str, Any] = {
        "country": country,
        "films": ListFilters().country_list(code)[:BEST],
        "shape": world().countries.get(code),
    }
    return render(request, "pages/sharing/embed_country.html", context)
