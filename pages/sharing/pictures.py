"""The pictures that stand beside a link to a country, a film or the site: PNG, kept by edition."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from caching.bodies import Body, compress
from caching.kept import bodies
from movies.film_details import FilmDetails, film_details
from movies.models import Country, Lens, RankingState
from movies.slots import NoSlotFree, Slots
from pages.list_filters import ListFilters
from pages.sharing.drawing import Words, draw_country, draw_places, draw_world
from pages.sharing.world import shades
from pages.throttling import throttled

BEST = 3
DAY = 24 * 3600

slots = Slots()


def etag(request: HttpRequest, **named: Any) -> str | None:
    return RankingState.current().etag


def served(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A picture is good for a day; after that it is asked whether the edition is another."""
    decorated: Callable[..., HttpResponse] = require_safe(
        throttled(cache_control(public=True, max_age=DAY)(condition(etag_func=etag)(view)))
    )
    return decorated


def respond(key: tuple[str | int, ...], draw: Callable[[], bytes]) -> HttpResponse:
    """The picture of this edition, drawn where nobody has asked for it yet."""
    edition = RankingState.current().edition
    try:
        body = bodies.get_or_make((edition, *key), lambda: drawn(draw)) if edition else drawn(draw)
    except NoSlotFree:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    return HttpResponse(body.plain, content_type="image/png")


def drawn(draw: Callable[[], bytes]) -> Body:
    """Among the pages' bodies, which are compressed: one with some 30 KB is no smaller by it."""
    with slots.take():
        return Body(compress(draw()), {})


@served
def world_picture(request: HttpRequest) -> HttpResponse:
    def draw() -> bytes:
        countries = Country.objects.with_totals(Lens.HOME)
        rated = {country.code: country.rated for country in countries}
        return draw_world(Words("Where in the world films come from"), shades(rated))

    return respond(("world",), draw)


@served
def country_picture(request: HttpRequest, code: str) -> HttpResponse:
    country = get_country(code)
    return respond(("country", code), lambda: draw_country(country_words(country), code))


def get_country(code: str) -> Country:
    """With its totals; a 404 where there is none of this code."""
    found = Country.objects.with_totals(Lens.HOME).filter(code=code) if code.isalpha() else None
    country = found.first() if found else None
    if country is None:
        raise Http404
    return country


def country_words(country: Country) -> Words:
    best = [film.movie for film in ListFilters().country_list(country.code)[:BEST]]
    lines = tuple(f"{movie.title} ({movie.year})" if movie.year else movie.title for movie in best)
    number = f"{country.movies:,} film" + "s" * (country.movies != 1)
    return Words(country.name, number if country.movies else "No film of its own yet", lines)


@served
def film_picture(request: HttpRequest, movie_id: int) -> HttpResponse:
    film = film_details(movie_id)
    if film is None:
        raise Http404
    codes = [country.code for country in film.countries_at_home]
    return respond(("film", movie_id), lambda: draw_places(film_words(film), codes))


def film_words(film: FilmDetails) -> Words:
    countries = ", ".join(country.name for country in film.countries_at_home[:3])
    year = str(film.movie.year or "")
    directors = ", ".join(person.name for person in (film.directors or [])[:2])
    rating = "" if film.rating is None else f"{film.rating:.1f} from {film.votes:,} votes"
    lines = (f"Directed by {directors}" if directors else "", rating)
    return Words(film.movie.title, " · ".join(filter(None, [year, countries])), lines)
