"""The pages: whole ones, of which navigation.js takes the panel alone."""

from dataclasses import replace
from typing import Any, cast

from django.core.paginator import InvalidPage, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from movies.film_details import film_details
from movies.films import country_names
from movies.models import Lens, RankingState
from movies.search import Match, SearchTooSlow, search
from pages.country import country_page
from pages.forms import ListForm, SearchForm
from pages.home import continents
from pages.list_filters import ListFilters
from pages.throttling import throttled

FILMS_OF_A_PAGE = 10
FILMS_FOUND = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {"continents": continents(), "catalogue": RankingState.current()}
    return page(request, "pages/home.html", context, reverse("home"))


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    if code != code.upper():
        query = request.META["QUERY_STRING"]
        address = reverse("country", args=[code.upper()])
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    form = ListForm(request.GET, auto_id="list-%s")
    form.full_clean()
    # What is not valid counts as not asked for.
    asked = ListFilters(**form.cleaned_data)
    found = country_page(code, asked.by)
    if found is None:
        return missing(
            request, f"There is no country “{code}”", "Codes are two letters, as in JP."
        )
    try:
        films = Paginator(cast("Any", asked.of(code)), FILMS_OF_A_PAGE).page(
            request.GET.get("page", 1)
        )
    except InvalidPage:
        return missing(request, "No such page", f"{found.country.name} has fewer films than that.")
    context = {
        "country": found.country,
        "formers": found.formers,
        "successors": found.successors,
        "shown": [found.country],
        "films": films,
        "form": form,
        "asked": asked,
        "lenses": [(lens, replace(asked, by=lens)) for lens in Lens],
        "more": asked.query(films.next_page_number()) if films.has_next() else None,
    }
    address = reverse("country", args=[code]) + asked.query(films.number)
    return page(request, "pages/country.html", context, address)


@require_safe
def film(request: HttpRequest, movie_id: int) -> HttpResponse:
    found = film_details(movie_id)
    if found is None:
        return missing(
            request,
            "This film is not in the catalogue",
            "TMDB may have deleted it, or its details have not been fetched yet.",
        )
    address = reverse("film", args=[movie_id])
    return page(request, "pages/film.html", {"film": found}, address)


@require_safe
@throttled
def search_page(request: HttpRequest) -> HttpResponse:
    asked = request.GET if "name" in request.GET else None
    form = SearchForm(asked, auto_id="search-%s", label_suffix="")
    context = {"form": form, "name": request.GET.get("name", "").strip()}
    if form.is_valid():
        context |= found_by(form)
    return page(request, "pages/search.html", context, request.get_full_path())


def found_by(form: SearchForm) -> dict[str, Any]:
    asked = form.cleaned_data
    country = asked["country"] and asked["country"].code
    found: list[Match] = []
    try:
        found = search(
            asked["name"], by=Lens.ORIGIN, year=asked["year"], country=country, limit=FILMS_FOUND
        )
    except SearchTooSlow:
        return {"is_too_slow": True}
    return {"found": found, "country_names": country_names()}


@require_safe
def my_films(request: HttpRequest) -> HttpResponse:
    return page(request, "pages/my_films.html", {}, reverse("my_films"))


@require_safe
def next_films(request: HttpRequest) -> HttpResponse:
    return page(request, "pages/next.html", {}, reverse("next"))


def page(
    request: HttpRequest, template: str, context: dict[str, Any], address: str
) -> HttpResponse:
    """The page, with the address that it should be linked by."""
    return render(request, template, context | {"canonical": address})


def missing(request: HttpRequest, heading: str, words: str) -> HttpResponse:
    """The page that says what there is not."""
    context = {"heading": heading, "words": words}
    return render(request, "404.html", context, status=404)
