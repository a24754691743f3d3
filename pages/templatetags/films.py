"""How the pages write a film's facts."""

from django import template
from django.conf import settings

from movies.country_names import name_in_sentence, other_names
from movies.films import Film
from movies.images import image_url
from movies.models import Country, Lens, Movie
from pages.film_rows import round_rating

register = template.Library()

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
