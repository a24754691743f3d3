"""Addresses of films, people and countries, of which a page has many: to find each by its view's
name takes longer than all else that is said of a film in a list."""

from functools import lru_cache

from django import template
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

register = template.Library()


@register.filter
def site_address(request: HttpRequest) -> str:
    """What the paths of pages come after."""
    return f"{request.scheme}://{request.get_host()}"


@register.filter
def film_address(movie_id: int) -> str:
    return numbered("film", movie_id)


@register.filter
def film_picture_address(movie_id: int) -> str:
    return numbered("film_picture", movie_id)


@register.filter
def person_address(person_id: int) -> str:
    return numbered("person", person_id)


@register.filter
def country_address(code: str) -> str:
    return of_country(code, get_script_prefix())


def numbered(name: str, number: int) -> str:
    """Of a view that takes a number."""
    before, after = around_number(name, get_script_prefix())
    return f"{before}{number}{after}"


@lru_cache
def around_number(name: str, prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[0]).rpartition("0")
    return before, after


@lru_cache(maxsize=1_000)
def of_country(code: str, prefix: str) -> str:
    return reverse("country", args=[code])
