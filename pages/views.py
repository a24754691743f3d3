"""The pages: whole ones, of which navigation.js takes the panel alone."""

from dataclasses import replace
from typing import Any, cast

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from importer.models import Absence, ImportRun, TmdbMovie
from movies.availability import SOURCE, film_availability
from movies.country_names import code_hint, country_called
from movies.film_details import film_details
from movies.films import Film, country_names
from movies.lists.facets import decades_with_films
from movies.lists.ranked import RankedList
from movies.models import Lens, Person, RankingState
from movies.people.filmography import filmography
from movies.search import RETRY_AFTER_SECONDS, NoSlotFree
from pages.continent import get_continent
from pages.country import continent_best, get_choices, get_country_page
from pages.film_rows import film_rows, rows_of_each, surprising_pair
from pages.finding import search_context
from pages.forms import HomeForm, ListForm, SearchForm
from pages.home import get_home
from pages.journey import JourneyForm, journey_answer
from pages.list_filters import CO_PRODUCTIONS, ListFilters
from pages.throttling import throttled
from pages.watching import offers_by_region
from watch_providers.freshness import refresh_availability

PAGE_SIZE = 10
# What says that something is searched for.
SEARCHED = {"name", "year", "country"}
# In which films can have been seen.
YEARS = range(1890, 2200)
# Letters of ISO 3166's codes.
CODE_LENGTH = 2


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    form = HomeForm(request.GET)
    form.full_clean()
    # What is not valid counts as not asked for.
    asked = form.cleaned_data
    found = get_home(asked.get("shelf") or 1, asked.get("from"), asked.get("to"))
    context = {
        "home": found,
        "catalogue": RankingState.current(),
        "running": ImportRun.objects.active().first(),
        "time": found.time,
    }
    return render_page(request, "pages/home.html", context, reverse("home"))


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {"catalogue": RankingState.current()}
    return render_page(request, "pages/about.html", context, reverse("about"))


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    if (meant := country_code(code)) != code:
        query = request.META["QUERY_STRING"]
        address = reverse("country", args=[meant])
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    form = ListForm(request.GET, auto_id="list-%s")
    form.full_clean()
    # What is not valid counts as not asked for.
    filters = ListFilters(**form.cleaned_data)
    found = get_country_page(code, filters.lens)
    if found is None:
        hint = code_hint(code)
        return render_not_found(
            request, f"There is no country “{code}”", hint[0].upper() + hint[1:]
        )
    asked, is_only_partner = filters, filters.by == Lens.HOME and found.is_only_partner
    if is_only_partner:
        filters = replace(asked, by=CO_PRODUCTIONS)
    films = page_of(filters.country_list(code), request)
    if films is None:
        return render_no_such_page(request, found.country.name)
    # Nothing here to be narrowed: the page leads on instead.
    is_empty = not films.paginator.count and not filters.is_narrowed
    leads_on = bool(found.country.rated or found.country.had_part or found.former_states)
    continent = continent_best(found.country) if is_empty and not leads_on else None
    rows, continent_rows, *former_rows = rows_of_each(
        [
            list(films),
            continent.films if continent else [],
            *(former.films for former in found.former_states),
        ]
    )
    context = {
        "country": found.country,
        "former_states": list(zip(found.former_states, former_rows, strict=True)),
        "successors": found.successors,
        "neighbours": found.neighbours,
        "shown": [found.country],
        "films": films,
        "rows": rows,
        "surprising": surprising_pair(row.film for row in rows),
        "least_votes": RankingState.current().least_votes,
        "is_empty": is_empty,
        "continent": continent,
        "continent_rows": continent_rows,
        "country_names": country_names() if continent else {},
        "form": form,
        "filters": filters,
        "is_only_partner": is_only_partner,
        "asked": asked,
        "at_home": replace(filters, by=Lens.HOME),
        "co_productions": replace(filters, by=CO_PRODUCTIONS),
        "next_query": filters.query_string(films.next_page_number()) if films.has_next() else None,
        **get_choices(code, filters, form),
    }
    address = reverse("country", args=[code]) + filters.query_string(films.number)
    return render_page(request, "pages/country.html", context, address)


@require_safe
def continent(request: HttpRequest, region: str) -> HttpResponse:
    found = get_continent(region)
    if found is None:
        return render_not_found(
            request, f"There is no continent “{region}”", "The world has seven."
        )
    films = page_of(found.films, request)
    if films is None:
        return render_no_such_page(request, found.name)
    rows = film_rows(films)
    context = {
        "continent": found,
        "films": films,
        "rows": rows,
        "surprising": surprising_pair(row.film for row in rows),
        "least_votes": RankingState.current().least_votes,
        "country_names": country_names(),
        "next_query": f"?page={films.next_page_number()}" if films.has_next() else None,
    }
    address = reverse("continent", args=[region])
    if films.number > 1:
        address += f"?page={films.number}"
    return render_page(request, "pages/continent_page.html", context, address)


def page_of(films: RankedList, request: HttpRequest) -> Page[Film] | None:
    """What the address asks for of a list; None where that has no such page."""
    paginator: Paginator[Film] = Paginator(cast("Any", films), PAGE_SIZE)
    try:
        return paginator.page(request.GET.get("page", 1))
    except InvalidPage:
        return None


def country_code(given: str) -> str:
    """What the end of a country's address stands for: a code in any case, or a name."""
    code = given.upper()
    if len(given) == CODE_LENGTH:
        return code
    return country_called(given) or code


@require_safe
def film(request: HttpRequest, movie_id: int) -> HttpResponse:
    found = film_details(movie_id)
    if found is None:
        return render_absent_film(request, movie_id)
    refresh_availability(found.movie)
    available = film_availability(found.movie)
    context = {
        "film": found,
        "offers": None if available is None else offers_by_region(available),
        "availability_source": SOURCE,
    }
    return render_page(request, "pages/film.html", context, reverse("film", args=[movie_id]))


def render_absent_film(request: HttpRequest, movie_id: int) -> HttpResponse:
    """The page that says why the catalogue does not have this film: 410 for a deleted one."""
    absence = TmdbMovie.objects.absence(movie_id)
    words = {
        Absence.UNKNOWN: "TMDB has no film with this number.",
        Absence.NOT_FETCHED: "Its details have not been fetched yet.",
        Absence.DELETED: "TMDB has deleted it or merged it, or calls it no film of this kind.",
    }
    page = render_not_found(request, "This film is not in the catalogue", words[absence])
    if absence == Absence.DELETED:
        page.status_code = 410
    return page


@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    found = Person.objects.filter(id=person_id).first()
    if found is None:
        words = "No film in the catalogue was made by anybody with this number."
        return render_not_found(request, "There is nobody here", words)
    films = filmography(found, Lens.HOME)
    if films is None:
        words = "No film of theirs is in the catalogue any longer."
        return render_not_found(request, found.name, words)
    address = reverse("person", args=[person_id])
    return render_page(request, "pages/person.html", {"filmography": films}, address)


@require_safe
@throttled
def search_page(request: HttpRequest) -> HttpResponse:
    query = request.GET if SEARCHED & request.GET.keys() else None
    form = SearchForm(query, auto_id="search-%s", label_suffix="")
    context = {"form": form, "name": request.GET.get("name", "").strip()}
    if form.is_valid():
        try:
            context |= search_context(form)
        except NoSlotFree:
            context |= {"are_too_many": True}
    if context.get("next_number"):
        fields = request.GET.copy()
        fields["page"] = str(context["next_number"])
        context["next_query"] = f"?{fields.urlencode()}"
    page = render_page(request, "pages/search.html", context, request.get_full_path())
    if "are_too_many" in context:
        page.status_code = 503
        page["Retry-After"] = RETRY_AFTER_SECONDS
    return page


@require_safe
def my_films(request: HttpRequest) -> HttpResponse:
    return render_page(request, "pages/my_films.html", {}, reverse("my_films"))


@require_safe
def my_year(request: HttpRequest, year: int) -> HttpResponse:
    if year not in YEARS:
        return render_not_found(request, "No such year", "Nobody saw films then.")
    address = reverse("my_year", args=[year])
    return render_page(request, "pages/my_year.html", {"year": year}, address)


@require_safe
def next_films(request: HttpRequest) -> HttpResponse:
    form = JourneyForm(request.GET, auto_id="journey-%s")
    form.full_clean()
    form.offer_decades(decades_with_films())
    return render_page(request, "pages/next.html", {"form": form}, reverse("next"))


@require_safe
@throttled
def journey_films(request: HttpRequest) -> HttpResponse:
    """For the browser's part of that page, which knows what has been seen."""
    form = JourneyForm(request.GET)
    form.full_clean()
    return JsonResponse(journey_answer(form.journey))


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], address: str
) -> HttpResponse:
    """The page, with its canonical address, and what is searched for: nothing, on most."""
    return render(request, template, {"name": "", **context, "canonical": address})


def render_no_such_page(request: HttpRequest, name: str) -> HttpResponse:
    """Of the list of films of what is called so."""
    return render_not_found(request, "No such page", f"{name} has fewer films than that.")


def render_not_found(request: HttpRequest, heading: str, words: str) -> HttpResponse:
    """The 404 page, which says what there is not."""
    context = {"heading": heading, "words": words}
    return render(request, "404.html", context, status=404)
