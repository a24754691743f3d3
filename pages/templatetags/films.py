"""How the pages write a film's facts."""

import datetime
from collections.abc import Iterable

from django import template
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from movies.country_names import name_in_sentence, other_names
from movies.film_details import FilmDetails
from movies.films import Film
from movies.images import image_url
from movies.models import Country, Genre, Language, Lens, Movie
from pages.film_rows import round_rating
from pages.templatetags.addresses import country_address

register = template.Library()

MONTH_NAMES = {number: str(name) for number, name in MONTHS.items()}
NOT_KNOWN = SafeString('<span class="quiet">not known</span>')
# TMDB's own codes for languages, as BCP 47 has them.
LANGUAGE_TAGS = {"cn": "yue", "xx": "zxx", "mo": "ro", "sh": "sr-Latn"}


@register.filter
def poster_url(movie: Movie, width: int) -> str | None:
    """The address of its poster in one of TMDB's widths: 92, 154, 342."""
    return image_url(movie.poster_path, width)


@register.filter
def image(path: str, width: int) -> str | None:
    """The address of any picture of TMDB's, by its path."""
    return image_url(path, width)


@register.simple_tag
def images_url() -> str:
    """Where TMDB's pictures are, for the pages' modules."""
    return str(settings.TMDB_IMAGE_URL)


@register.filter
def format_number(number: float) -> str:
    """`1,234,567`; a fraction is kept only where there is one, as in `2.5`."""
    return f"{number:,.15g}"


@register.filter
def one_decimal(number: float) -> str:
    """`8.3` of 8.25; Django's `floatformat` takes ten times as long."""
    return f"{round_rating(number):.1f}"


@register.filter
def digits(number: int | None) -> str:
    """`1957`, and nothing where it is not known; Django looks for a language's way to write it."""
    return "" if number is None else str(number)


@register.filter
def full_date(date: datetime.date) -> str:
    """`20 July 2001`."""
    return f"{date.day} {MONTH_NAMES[date.month]} {date.year}"


@register.filter
def title_and_year(movie: Movie) -> str:
    """`Spirited Away (2001)`."""
    return f"{movie.title} ({movie.year})" if movie.year else movie.title


@register.filter
def cut(text: str, letters: int) -> str:
    """No longer than that, with an ellipsis for what is left out."""
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


@register.filter
def shortened(decade: int) -> str:
    """`’50s`, below a bar."""
    return f"’{decade % 100:02}s"


@register.filter
def language_tag(code: str) -> str:
    """For an element's `lang`."""
    return LANGUAGE_TAGS.get(code, code)


@register.filter
def map_codes(countries: list[Country]) -> str:
    """What the map has for these countries: it knows no former states, but what they became."""
    found = (code for country in countries for code in country.successors or [country.code])
    return " ".join(dict.fromkeys(found))


@register.filter
def duration(minutes: int) -> str:
    """`2 h 5 min`."""
    parts = divmod(minutes, 60)
    return " ".join(
        f"{part} {unit}" for part, unit in zip(parts, ("h", "min"), strict=True) if part
    )


@register.filter
def home_names(film: Film, names: dict[str, str]) -> str:
    """The names of the countries that it is from."""
    return ", ".join(names.get(code, code) for code in film.movie.country_codes(Lens.HOME))


@register.filter
def country_links(countries: list[Country], lens: str = "") -> SafeString:
    """Their names, which lead to their pages, to the films that they have through the lens."""
    if not countries:
        return NOT_KNOWN
    query = f"?by={lens}" if lens else ""
    links = ((country_address(country.code), query, country.name) for country in countries)
    return format_html_join(", ", '<a href="{}{}">{}</a>', links)


@register.filter
def names(named: Iterable[Country | Genre | Language]) -> str:
    return ", ".join(one.name for one in named)


@register.filter
def facts_line(film: FilmDetails) -> str:
    """`2001 · 2 h 5 min · Animation, Family`."""
    movie = film.movie
    runtime = duration(movie.runtime) if movie.runtime else ""
    known = [digits(movie.year) or "Year not known", runtime, names(film.genres)]
    return " · ".join(filter(None, known))


@register.filter
def languages(film: FilmDetails) -> str:
    """Those that are spoken, or where TMDB knows of none the one that it was made in."""
    made_in = [film.original_language] if film.original_language else []
    return names(film.spoken_languages or made_in)


@register.filter
def list_items(titles: list[str]) -> SafeString:
    """Of a list, each in its own direction of writing."""
    return format_html_join("", '<li dir="auto">{}</li>', ((title,) for title in titles))


@register.filter
def names_besides(country: Country) -> str:
    """What else people call it, for a filter that they type into; empty for most."""
    return ", ".join(other_names(country.code))


@register.filter
def in_sentence(country: Country) -> str:
    """Its name after a preposition: `the Netherlands`."""
    return name_in_sentence(country.code, country.name)


@register.filter
def films_in_words(country: Country) -> str:
    """How many rated films it has; of a country with totals and part. The same words wherever a
    country has none: it had a part in those of others, or in none."""
    if country.rated:
        return f"{country.rated:,} rated film{'' if country.rated == 1 else 's'}"
    return "co-productions only" if country.had_part else "no rated film"
